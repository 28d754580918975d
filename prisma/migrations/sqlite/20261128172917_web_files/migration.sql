-- AlterTable
ALTER TABLE "WebMessage" ADD COLUMN "content" BLOB;
