-- DropIndex
DROP INDEX "Session_eventId_idx";

-- DropIndex
DROP INDEX "SignUp_sessionId_status_position_idx";

-- DropIndex
DROP INDEX "SignUp_sessionId_participant_key";

-- AlterTable
ALTER TABLE "Community" ADD COLUMN     "fairness" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "namesOnCards" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "elder" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "HouseholdMember" ADD COLUMN     "bond" TEXT,
ADD COLUMN     "confirmedAt" TIMESTAMP(3),
ADD COLUMN     "confirmedBy" TEXT;

-- AlterTable
ALTER TABLE "Dependant" ADD COLUMN     "kind" TEXT NOT NULL DEFAULT 'child',
ALTER COLUMN "birthDate" DROP NOT NULL;

-- AlterTable
ALTER TABLE "Consent" ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'chat',
ADD COLUMN     "recordedBy" TEXT;

-- AlterTable
ALTER TABLE "Event" ADD COLUMN     "aliases" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "capacity" INTEGER,
ADD COLUMN     "companions" TEXT NOT NULL DEFAULT 'none',
ADD COLUMN     "companionsCount" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "deadlineAt" TIMESTAMP(3),
ADD COLUMN     "deadlineWall" TEXT,
ADD COLUMN     "groups" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "oneEach" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "organisation" TEXT,
ADD COLUMN     "questions" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "search" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "sector" TEXT,
ADD COLUMN     "sectors" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "serviceType" TEXT,
ADD COLUMN     "signUpFor" TEXT NOT NULL DEFAULT 'all',
ADD COLUMN     "teacher" TEXT,
ADD COLUMN     "unit" TEXT NOT NULL DEFAULT 'person';

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "number" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "status" TEXT NOT NULL DEFAULT 'planned';

-- AlterTable
ALTER TABLE "SignUp" ADD COLUMN     "answers" BYTEA,
ADD COLUMN     "companions" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "eventId" TEXT,
ADD COLUMN     "guestName" BYTEA,
ADD COLUMN     "heldFor" TEXT,
ADD COLUMN     "lapses" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "note" BYTEA,
ADD COLUMN     "pairKey" TEXT,
ADD COLUMN     "party" TEXT,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "recordedBy" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "scope" TEXT,
ADD COLUMN     "until" TIMESTAMP(3),
ALTER COLUMN "sessionId" DROP NOT NULL;

-- Until now every event had one session, and a sign-up stood in it: now it stands in the event as a whole, and so do its places.
UPDATE "SignUp" SET "eventId" = (SELECT "eventId" FROM "Session" WHERE "Session"."id" = "SignUp"."sessionId"), "scope" = 'all', "party" = "participant";
UPDATE "SignUp" SET "sessionId" = NULL;
UPDATE "Event" SET "capacity" = (SELECT "capacity" FROM "Session" WHERE "Session"."eventId" = "Event"."id"), "search" = lower("title");
UPDATE "Session" SET "capacity" = NULL;
ALTER TABLE "SignUp" ALTER COLUMN "eventId" SET NOT NULL,
ALTER COLUMN "scope" SET NOT NULL,
ALTER COLUMN "party" SET NOT NULL;

-- CreateTable
CREATE TABLE "Code" (
    "hash" TEXT NOT NULL,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "payload" BYTEA,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    "usedBy" TEXT,

    CONSTRAINT "Code_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "Task" (
    "id" TEXT NOT NULL,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "personId" TEXT,
    "payload" BYTEA,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "doneAt" TIMESTAMP(3),
    "doneBy" TEXT,

    CONSTRAINT "Task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attendance" (
    "signUpId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "Attendance_pkey" PRIMARY KEY ("signUpId","sessionId")
);

-- CreateIndex
CREATE INDEX "Code_createdBy_kind_idx" ON "Code"("createdBy", "kind");

-- CreateIndex
CREATE INDEX "Code_expiresAt_idx" ON "Code"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "Task_key_key" ON "Task"("key");

-- CreateIndex
CREATE INDEX "Task_communityId_doneAt_createdAt_idx" ON "Task"("communityId", "doneAt", "createdAt");

-- CreateIndex
CREATE INDEX "Attendance_sessionId_idx" ON "Attendance"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_eventId_number_key" ON "Session"("eventId", "number");

-- CreateIndex
CREATE INDEX "SignUp_eventId_scope_status_idx" ON "SignUp"("eventId", "scope", "status");

-- CreateIndex
CREATE INDEX "SignUp_dependantId_idx" ON "SignUp"("dependantId");

-- CreateIndex
CREATE UNIQUE INDEX "SignUp_eventId_scope_participant_key" ON "SignUp"("eventId", "scope", "participant");

-- AddForeignKey
ALTER TABLE "SignUp" ADD CONSTRAINT "SignUp_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_signUpId_fkey" FOREIGN KEY ("signUpId") REFERENCES "SignUp"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attendance" ADD CONSTRAINT "Attendance_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
