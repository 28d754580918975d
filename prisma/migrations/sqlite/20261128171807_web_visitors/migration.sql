-- CreateTable
CREATE TABLE "WebVisitor" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "name" BLOB NOT NULL,
    "kiosk" BOOLEAN NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "seenAt" BIGINT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "WebVisitor_tokenHash_key" ON "WebVisitor"("tokenHash");

-- CreateIndex
CREATE INDEX "WebVisitor_kiosk_seenAt_idx" ON "WebVisitor"("kiosk", "seenAt");
