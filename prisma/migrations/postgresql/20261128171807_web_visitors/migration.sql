-- CreateTable
CREATE TABLE "WebVisitor" (
    "id" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "name" BYTEA NOT NULL,
    "kiosk" BOOLEAN NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "seenAt" BIGINT NOT NULL,

    CONSTRAINT "WebVisitor_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "WebVisitor_tokenHash_key" ON "WebVisitor"("tokenHash");

-- CreateIndex
CREATE INDEX "WebVisitor_kiosk_seenAt_idx" ON "WebVisitor"("kiosk", "seenAt");
