-- AlterTable
ALTER TABLE "Event" ADD COLUMN "form" TEXT;
ALTER TABLE "Event" ADD COLUMN "teacherId" TEXT;

-- AlterTable
ALTER TABLE "Card" ADD COLUMN "withdrawnAt" DATETIME;
