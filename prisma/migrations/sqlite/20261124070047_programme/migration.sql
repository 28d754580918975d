-- AlterTable
ALTER TABLE "HouseholdMember" ADD COLUMN "bond" TEXT;
ALTER TABLE "HouseholdMember" ADD COLUMN "confirmedAt" DATETIME;
ALTER TABLE "HouseholdMember" ADD COLUMN "confirmedBy" TEXT;

-- CreateTable
CREATE TABLE "Code" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdBy" TEXT NOT NULL,
    "payload" BLOB,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "usedAt" DATETIME,
    "usedBy" TEXT
);

-- CreateTable
CREATE TABLE "Task" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "personId" TEXT,
    "payload" BLOB,
    "createdAt" DATETIME NOT NULL,
    "doneAt" DATETIME,
    "doneBy" TEXT
);

-- CreateTable
CREATE TABLE "Attendance" (
    "signUpId" TEXT NOT NULL,
    "sessionId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "by" TEXT NOT NULL,

    PRIMARY KEY ("signUpId", "sessionId"),
    CONSTRAINT "Attendance_signUpId_fkey" FOREIGN KEY ("signUpId") REFERENCES "SignUp" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Attendance_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Community" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "locale" TEXT NOT NULL,
    "namesOnCards" BOOLEAN NOT NULL DEFAULT false,
    "fairness" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "new_Community" ("createdAt", "id", "locale", "name", "timeZone") SELECT "createdAt", "id", "locale", "name", "timeZone" FROM "Community";
DROP TABLE "Community";
ALTER TABLE "new_Community" RENAME TO "Community";
CREATE TABLE "new_Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "locale" TEXT,
    "elder" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "new_Person" ("createdAt", "id", "locale", "name") SELECT "createdAt", "id", "locale", "name" FROM "Person";
DROP TABLE "Person";
ALTER TABLE "new_Person" RENAME TO "Person";
CREATE TABLE "new_Dependant" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "householdId" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'child',
    "name" BLOB NOT NULL,
    "birthDate" BLOB,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Dependant_householdId_fkey" FOREIGN KEY ("householdId") REFERENCES "Household" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Dependant" ("birthDate", "createdAt", "householdId", "id", "name") SELECT "birthDate", "createdAt", "householdId", "id", "name" FROM "Dependant";
DROP TABLE "Dependant";
ALTER TABLE "new_Dependant" RENAME TO "Dependant";
CREATE TABLE "new_Consent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "dependantId" TEXT NOT NULL,
    "guardianId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "textVersion" TEXT NOT NULL,
    "method" TEXT NOT NULL DEFAULT 'chat',
    "recordedBy" TEXT,
    "givenAt" DATETIME NOT NULL,
    "withdrawnAt" DATETIME,
    CONSTRAINT "Consent_dependantId_fkey" FOREIGN KEY ("dependantId") REFERENCES "Dependant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Consent" ("communityId", "dependantId", "eventId", "givenAt", "guardianId", "id", "purpose", "textVersion", "withdrawnAt") SELECT "communityId", "dependantId", "eventId", "givenAt", "guardianId", "id", "purpose", "textVersion", "withdrawnAt" FROM "Consent";
DROP TABLE "Consent";
ALTER TABLE "new_Consent" RENAME TO "Consent";
CREATE UNIQUE INDEX "Consent_dependantId_eventId_textVersion_key" ON "Consent"("dependantId", "eventId", "textVersion");
CREATE TABLE "new_Event" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "ref" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "aliases" TEXT NOT NULL DEFAULT '',
    "bring" TEXT,
    "teacher" TEXT,
    "organisation" TEXT,
    "minAge" INTEGER,
    "maxAge" INTEGER,
    "sector" TEXT,
    "sectors" TEXT NOT NULL DEFAULT '',
    "serviceType" TEXT,
    "signUpFor" TEXT NOT NULL DEFAULT 'all',
    "oneEach" BOOLEAN NOT NULL DEFAULT false,
    "capacity" INTEGER,
    "unit" TEXT NOT NULL DEFAULT 'person',
    "companions" TEXT NOT NULL DEFAULT 'none',
    "companionsCount" BOOLEAN NOT NULL DEFAULT false,
    "deadlineWall" TEXT,
    "deadlineAt" DATETIME,
    "questions" TEXT NOT NULL DEFAULT '[]',
    "groups" TEXT NOT NULL DEFAULT '[]',
    "search" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "createdBy" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "publishedAt" DATETIME,
    CONSTRAINT "Event_communityId_fkey" FOREIGN KEY ("communityId") REFERENCES "Community" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Event" ("bring", "communityId", "createdAt", "createdBy", "id", "maxAge", "minAge", "publishedAt", "ref", "status", "title") SELECT "bring", "communityId", "createdAt", "createdBy", "id", "maxAge", "minAge", "publishedAt", "ref", "status", "title" FROM "Event";
DROP TABLE "Event";
ALTER TABLE "new_Event" RENAME TO "Event";
CREATE UNIQUE INDEX "Event_ref_key" ON "Event"("ref");
CREATE INDEX "Event_communityId_status_idx" ON "Event"("communityId", "status");
CREATE TABLE "new_Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "number" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'planned',
    "startsWall" TEXT NOT NULL,
    "endsWall" TEXT,
    "timeZone" TEXT NOT NULL,
    "startsAt" DATETIME NOT NULL,
    "endsAt" DATETIME NOT NULL,
    "place" TEXT NOT NULL,
    "capacity" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Session_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Session" ("capacity", "communityId", "endsAt", "endsWall", "eventId", "id", "place", "revision", "startsAt", "startsWall", "timeZone") SELECT "capacity", "communityId", "endsAt", "endsWall", "eventId", "id", "place", "revision", "startsAt", "startsWall", "timeZone" FROM "Session";
DROP TABLE "Session";
ALTER TABLE "new_Session" RENAME TO "Session";
CREATE INDEX "Session_communityId_startsAt_idx" ON "Session"("communityId", "startsAt");
CREATE UNIQUE INDEX "Session_eventId_number_key" ON "Session"("eventId", "number");
CREATE TABLE "new_SignUp" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "communityId" TEXT NOT NULL,
    "eventId" TEXT NOT NULL,
    "sessionId" TEXT,
    "scope" TEXT NOT NULL,
    "participant" TEXT NOT NULL,
    "dependantId" TEXT,
    "guestName" BLOB,
    "registrantId" TEXT NOT NULL,
    "recordedBy" TEXT,
    "status" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "party" TEXT NOT NULL,
    "companions" INTEGER NOT NULL DEFAULT 0,
    "pairKey" TEXT,
    "heldFor" TEXT,
    "until" DATETIME,
    "lapses" INTEGER NOT NULL DEFAULT 0,
    "answers" BLOB,
    "note" BLOB,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "SignUp_eventId_fkey" FOREIGN KEY ("eventId") REFERENCES "Event" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SignUp_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "SignUp_dependantId_fkey" FOREIGN KEY ("dependantId") REFERENCES "Dependant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
-- Until now every event had one session, and a sign-up stood in it: now it stands in the event as a whole.
INSERT INTO "new_SignUp" ("id", "communityId", "eventId", "scope", "participant", "dependantId", "registrantId", "status", "position", "party", "createdAt", "updatedAt")
    SELECT u."id", u."communityId", s."eventId", 'all', u."participant", u."dependantId", u."registrantId", u."status", u."position", u."participant", u."createdAt", u."updatedAt"
    FROM "SignUp" u JOIN "Session" s ON s."id" = u."sessionId";
DROP TABLE "SignUp";
ALTER TABLE "new_SignUp" RENAME TO "SignUp";
CREATE INDEX "SignUp_eventId_scope_status_idx" ON "SignUp"("eventId", "scope", "status");
CREATE INDEX "SignUp_registrantId_idx" ON "SignUp"("registrantId");
CREATE INDEX "SignUp_dependantId_idx" ON "SignUp"("dependantId");
CREATE UNIQUE INDEX "SignUp_eventId_scope_participant_key" ON "SignUp"("eventId", "scope", "participant");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- The places of an event with one sign-up for all stand at the event.
UPDATE "Event" SET "capacity" = (SELECT "capacity" FROM "Session" WHERE "Session"."eventId" = "Event"."id"), "search" = lower("title");
UPDATE "Session" SET "capacity" = NULL;

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
