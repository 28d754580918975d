-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "form" TEXT,
ADD COLUMN     "teacherId" TEXT;

-- AlterTable
ALTER TABLE "Card" ADD COLUMN     "withdrawnAt" TIMESTAMP(3);
