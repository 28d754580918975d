import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claim, createCodes, createInvitations, endRole, firstCommunity, invitationMs, openClaim } from '../../src/people/index.js';
import { createSealer } from '../../src/seal/index.js';
import type { Storage } from '../../src/storage/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { countingIds } from '../support/house.js';

describe.each(databases)('an invitation on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let communityId: string;
  const sealer = createSealer(new Uint8Array(randomBytes(32)));
  const ids = countingIds();
  const invitations = createInvitations({ codes: createCodes({ sealer, make: ids.code }), sealer });

  const inviting = (now = 0, where = communityId) => ({ communityId: where, actorId: 'li', now, newId: ids.id });
  const invites = (role: 'organiser' | 'administrator' = 'organiser', where?: string) =>
    storage.transaction((tx) => invitations.invite(tx, role, inviting(0, where)));
  const types = (personId: string, code: string, now = 1_000, lookingAt = communityId) =>
    storage.transaction(async (tx) => {
      const looked = await invitations.look(tx, { code, personId, communityId: lookingAt, now, newId: ids.id });
      if (looked.type !== 'open') return looked;
      expect(await invitations.accept(tx, looked, { personId, now, newId: ids.id })).toBe(true);
      return { ...looked, type: 'granted' };
    });
  const team = async () =>
    (await storage.read.role.findMany()).map(({ communityId: where, personId, role }) => `${where} ${role} ${personId}`).sort();

  beforeEach(async () => {
    database = await open();
    storage = database.storage;
    communityId = (
      await storage.transaction((tx) => firstCommunity(tx, { name: '费家营社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' }, ids.id, 0))
    ).id;
    await storage.read.community.create({ data: { id: 'other', name: '别的社区', timeZone: 'Asia/Shanghai', locale: 'zh-CN' } });
    for (const id of ['li', 'chen', 'liu']) await storage.read.person.create({ data: { id, name: id } });
  });
  afterEach(() => database.close());

  test('gives its role once; the one who used it hears so, another does not come in', async () => {
    const code = await invites();
    expect(await types('chen', code)).toMatchObject({ type: 'granted', communityId, role: 'organiser', invitedBy: 'li' });
    expect(await types('chen', code)).toEqual({ type: 'again', held: true });
    expect(await types('liu', code)).toEqual({ type: 'usedBefore' });
    expect(await team()).toEqual([`${communityId} organiser chen`]);
    expect(await storage.read.role.findFirstOrThrow()).toMatchObject({ grantedBy: 'li', grantedAt: new Date(1_000) });
  });

  test('is good for 72 hours, to the ms', async () => {
    const code = await invites();
    expect(await types('chen', code, invitationMs)).toEqual({ type: 'expired' });
    expect(await types('chen', code, invitationMs - 1)).toMatchObject({ type: 'granted' });
  });

  test('is for somebody else', async () => {
    const code = await invites();
    expect(await types('li', code)).toEqual({ type: 'own' });
    expect(await team()).toEqual([]);
    expect(await types('chen', code)).toMatchObject({ type: 'granted' });
  });

  test('of a role that is held already is left open for somebody else', async () => {
    const [first, second] = [await invites(), await invites()];
    await types('chen', first);
    expect(await types('chen', second)).toMatchObject({ type: 'already' });
    expect(await types('liu', second)).toMatchObject({ type: 'granted' });
  });

  test('is understood without its hyphen, in small letters and full width', async () => {
    const code = await invites();
    expect(await types('chen', ` ${code.toLowerCase().replace('-', '').replaceAll('0', '０')} `)).toMatchObject({ type: 'granted' });
  });

  test('typed by two at once lets one in; control: with the code made new after each use, both', async () => {
    const code = await invites();
    const came = (await Promise.all([types('chen', code), types('liu', code)])).map(({ type }) => type).sort();
    expect(came).toEqual(['granted', 'usedBefore']);
    expect(await team()).toHaveLength(1);
    await storage.read.code.updateMany({ data: { usedAt: null, usedBy: null, payload: null } });
    // What it is good for was forgotten with its use, so it stays worth nothing even then.
    expect(await types('liu', code)).toEqual({ type: 'expired' });
    const payload = sealer.seal(JSON.stringify({ role: 'organiser' }), `code:${(await storage.read.code.findFirstOrThrow()).hash}`);
    await storage.read.code.updateMany({ data: { payload } });
    await Promise.all([types('chen', code), types('liu', code)]);
    expect(await team()).toHaveLength(2);
  });

  test('counts in the community that invited, also for somebody who looks at another one', async () => {
    const code = await invites('organiser', 'other');
    expect(await types('chen', code, 1_000, communityId)).toMatchObject({ type: 'granted', communityId: 'other' });
    expect(await team()).toEqual(['other organiser chen']);
  });

  test('taken back is worth nothing; by another community it cannot be', async () => {
    const code = await invites();
    const list = () => storage.transaction((tx) => invitations.open(tx, communityId, 500));
    const [only] = await list();
    expect(only).toMatchObject({ role: 'organiser', by: 'li', expiresAt: invitationMs });
    const takesBack = (where: string) => storage.transaction((tx) => invitations.takeBack(tx, only?.id ?? '', inviting(500, where)));
    expect(await takesBack('other')).toBe(false);
    expect(await takesBack(communityId)).toBe(true);
    expect(await takesBack(communityId)).toBe(false);
    expect(await list()).toEqual([]);
    expect(await types('chen', code)).toEqual({ type: 'expired' });
  });

  test('goes together with the role of whoever made it; others stay', async () => {
    for (const [id, personId] of [
      ['r1', 'li'],
      ['r2', 'liu'],
    ] as const)
      await storage.read.role.create({ data: { id, communityId, personId, role: 'administrator' } });
    const code = await invites();
    const others = await storage.transaction((tx) => invitations.invite(tx, 'organiser', { ...inviting(), actorId: 'liu' }));
    await storage.transaction((tx) => endRole(tx, { roleId: 'r1', communityId, actorId: 'liu', now: 500, newId: ids.id }));
    expect(await types('chen', code)).toEqual({ type: 'expired' });
    expect(await types('chen', others)).toMatchObject({ type: 'granted' });
  });

  test('cannot be guessed: after five wrong codes none is looked at for an hour, of either kind and in any community', async () => {
    const code = await invites();
    await storage.transaction((tx) => openClaim(tx, { sealer, communityId, given: 'LINLI-2026', make: ids.code }));
    const claims = (typed: string) =>
      storage.transaction((tx) => claim(tx, { code: typed, personId: 'chen', communityId, now: 1_000, newId: ids.id }));
    for (let n = 0; n < 5; n += 1) expect(await claims(`WRONG-${n}`)).toBe('wrong');
    expect(await types('chen', code)).toEqual({ type: 'tooMany' });
    expect(await types('chen', code, 1_000, 'other')).toEqual({ type: 'tooMany' });
    expect(await claims('LINLI-2026')).toBe('tooMany');
    expect(await types('liu', code, 1_000)).toMatchObject({ type: 'granted' });
    const another = await invites();
    expect(await types('chen', another, 1_001 + 60 * 60 * 1000)).toMatchObject({ type: 'granted' });
  });

  test('cannot be read in the table', async () => {
    const code = await invites();
    const stored = JSON.stringify(await storage.read.code.findMany(), (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value,
    );
    expect(stored).not.toContain(code);
    expect(stored).not.toContain('organiser');
  });
});
