-- CreateTable
CREATE TABLE "Absence" (
    "identityId" TEXT NOT NULL,
    "chatId" TEXT NOT NULL,

    CONSTRAINT "Absence_pkey" PRIMARY KEY ("identityId","chatId")
);

-- CreateIndex
CREATE INDEX "Absence_chatId_idx" ON "Absence"("chatId");

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_identityId_fkey" FOREIGN KEY ("identityId") REFERENCES "Identity"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Absence" ADD CONSTRAINT "Absence_chatId_fkey" FOREIGN KEY ("chatId") REFERENCES "Chat"("id") ON DELETE CASCADE ON UPDATE CASCADE;
