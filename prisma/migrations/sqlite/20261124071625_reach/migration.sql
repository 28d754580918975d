-- AlterTable
ALTER TABLE "Person" ADD COLUMN "reach" BLOB;
