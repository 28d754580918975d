import type { Storage } from '../../src/storage/index.js';

/** A published event with one session of the same id, without a talk. */
export async function addEvent(storage: Storage, id: string, title = id): Promise<void> {
  await storage.read.event.create({
    data: {
      id,
      communityId: 'here',
      ref: `ref-${id}`,
      title,
      status: 'published',
      createdBy: 'staff',
      sessions: {
        create: {
          id,
          communityId: 'here',
          startsWall: '2026-08-01T10:00',
          endsWall: '2026-08-01T11:30',
          timeZone: 'Asia/Shanghai',
          startsAt: new Date('2026-08-01T02:00:00Z'),
          endsAt: new Date('2026-08-01T03:30:00Z'),
          place: '党群活动中心二楼',
        },
      },
    },
  });
}

/** A sign-up as it stands in the table. */
export async function addSignUp(
  storage: Storage,
  { participant, ...row }: { id: string; eventId: string; participant: string; status: string; position: number; registrantId?: string },
): Promise<void> {
  const dependantId = participant.startsWith('d:') ? participant.slice(2) : null;
  const times = { createdAt: new Date(0), updatedAt: new Date(0) };
  await storage.read.signUp.create({
    data: { registrantId: 'mother', ...row, communityId: 'here', scope: 'all', participant, party: participant, dependantId, ...times },
  });
}

/** Who stands where: `art d:CHILD confirmed 3`. */
export async function signUpLines(storage: Storage): Promise<string[]> {
  const rows = await storage.read.signUp.findMany({ orderBy: [{ eventId: 'asc' }, { position: 'asc' }] });
  return rows.map(({ eventId, participant, status, position }) => `${eventId} ${participant} ${status} ${position}`);
}
