-- AlterTable
ALTER TABLE "Person" ADD COLUMN "usedId" TEXT;

-- CreateTable
CREATE TABLE "ChildBond" (
    "householdId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "dependantId" TEXT NOT NULL,
    "bond" TEXT,
    "confirmedBy" TEXT,

    PRIMARY KEY ("householdId", "personId", "dependantId"),
    CONSTRAINT "ChildBond_householdId_personId_fkey" FOREIGN KEY ("householdId", "personId") REFERENCES "HouseholdMember" ("householdId", "personId") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ChildBond_dependantId_fkey" FOREIGN KEY ("dependantId") REFERENCES "Dependant" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "ChildBond_dependantId_idx" ON "ChildBond"("dependantId");

-- Whoever has several accounts was written to on the one that came last.
UPDATE "Person" SET "usedId" = (
    SELECT i."id" FROM "Identity" i WHERE i."personId" = "Person"."id" ORDER BY i."createdAt" DESC, i."id" DESC LIMIT 1
) WHERE (SELECT COUNT(*) FROM "Identity" i WHERE i."personId" = "Person"."id") > 1;
