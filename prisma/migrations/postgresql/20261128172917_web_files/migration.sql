-- AlterTable
ALTER TABLE "WebMessage" ADD COLUMN     "content" BYTEA;
