-- CreateTable
CREATE TABLE "Absence" (
    "identityId" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,

    PRIMARY KEY ("identityId", "chatId"),
    CONSTRAINT "Absence_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Absence_chatId_fkey" FOREIGN KEY ("chatId") REFERENCES "Chat" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Absence_chatId_idx" ON "Absence"("chatId");
