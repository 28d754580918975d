import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createFamilies,
  createGuests,
  createNotes,
  loadPersonRecord,
  type PersonRecord,
  createOwnAnswers,
} from '../../src/people/index.js';
import { locales } from '../../src/i18n/index.js';
import { pagesOfText, personRecord } from '../../src/features/mydata/record.js';
import type { Storage } from '../../src/storage/index.js';
import { databases } from '../support/databases.js';
import { at, group, texts, timeZone } from '../support/house.js';
import { onStage } from './onStage.js';
import { artClass, type Stage } from './stage.js';

const nobody: PersonRecord = {
  name: '王妈妈',
  locale: null,
  elder: false,
  since: at('2026-07-28T10:00'),
  identities: [],
  leftGroups: [],
  roles: [],
  households: [],
  signUps: [],
  consents: [],
  tasks: [],
  log: [],
};

describe.each(locales)('the record of a person in %s', (locale) => {
  const t = texts.in(locale);
  const reader = { t, locale, now: at('2026-07-28T10:00'), timeZone, sentence: ({ action }: { action: string }) => action };

  test('says of everything that there is none where there is none', () => {
    const text = personRecord(nobody, reader);
    expect(text.split(`\n${t('mydata.record.none')}`)).toHaveLength(8);
    expect(text).not.toContain('{{');
  });

  test('names every state, kind and bond that the database knows', () => {
    const signUp = { community: 'C', event: 'E', startsWall: '2026-08-01T10:00', timeZone, place: 'P', companions: 2, since: 0, note: 'N' };
    const states = ['held', 'confirmed', 'waiting', 'offered', 'leaving', 'cancelled', 'released'];
    const participants = [
      { type: 'self' },
      { type: 'guest', name: '' },
      { type: 'guest', name: 'H' },
      { type: 'former' },
      { type: 'held' },
      { type: 'dependant', name: 'D' },
    ] as const;
    const facts: PersonRecord = {
      ...nobody,
      elder: true,
      locale: 'en',
      identities: [{ platform: 'web', account: 'try', id: 'wang', name: 'W', since: 0 }],
      leftGroups: ['居民群'],
      roles: ['administrator', 'organiser', 'check-in helper', 'case worker'].map((role) => ({ community: 'C', role, since: 0, by: 'B' })),
      households: ['parent', 'guardian', 'grandparent', 'other'].map((bond) => ({
        others: ['O'],
        bond,
        apart: [{ name: 'D', bond: 'other' }],
        dependants: [
          { kind: 'child', name: 'D', birthDate: '2018-05-20' },
          { kind: 'elder', name: 'G', birthDate: '' },
        ],
      })),
      signUps: states.flatMap((status) =>
        participants.map((participant) => ({
          ...signUp,
          status,
          participant,
          answers: [{ question: 'Q', answer: 'X' }],
          attendances: ['attended', 'absent', 'leave'].map((state) => ({ startsWall: '2026-08-01T10:00', state })),
        })),
      ),
      consents: ['chat', 'paper'].map((method) => ({
        community: 'C',
        event: 'E',
        child: 'D',
        textVersion: '7',
        method,
        givenAt: 0,
        withdrawnAt: 1,
      })),
      tasks: ['help', 'offer', 'paper', 'call'].map((kind) => ({ community: 'C', kind, since: 0, doneAt: kind === 'help' ? null : 1 })),
      log: [{ id: 'r', at: 0, action: 'roster.seen', actor: 'A', subject: 'E', role: '' }],
    };
    const text = personRecord(facts, reader);
    expect(text).not.toContain('{{');
    for (const word of ['wang', 'N', 'D', 'G', '2018-05-20', 'O', '7', 'roster.seen']) expect(text).toContain(word);
  });
});

test('pages hold every line in its order, and none is longer than it may be unless one line is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('字', 'a', ' '), maxLength: 30 }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 60 }),
      (lines, most) => {
        const text = [...lines, 'end'].join('\n');
        const pages = pagesOfText(text, most);
        expect(pages.join('\n')).toBe(text);
        for (const page of pages) expect(page.length <= most || !page.includes('\n')).toBe(true);
      },
    ),
  );
});

describe.each(databases)('what is kept about a person, on $name', ({ open }) => {
  let storage: Storage;
  let stage: Stage;
  onStage(open, async (ground) => {
    ({ storage, stage } = ground);
    await stage.publish();
    await stage.claims('社工小李');
    await stage.joins('王妈妈', '王小明 2018-05-20');
    await stage.joins('张爸爸', '张乐乐 2017-03-08');
    await stage.says('社工小李', '名单');
  });
  const parts = () => ({
    families: createFamilies(stage.house.sealer),
    guests: createGuests(stage.house.sealer),
    notes: createNotes(stage.house.sealer),
    ownAnswers: createOwnAnswers(stage.house.sealer),
  });
  const load = async (name: string) => {
    const personId = await stage.personId(name);
    return storage.transaction((tx) => loadPersonRecord(tx, personId, parts()));
  };

  test('is all there, and nothing about anybody else', async () => {
    const record = await load('王妈妈');
    expect(record).toMatchObject({
      name: '王妈妈',
      identities: [{ platform: 'memory', id: '王妈妈', since: stage.house.now() }],
      households: [{ others: [], dependants: [{ name: '王小明', birthDate: '2018-05-20' }] }],
      signUps: [
        { event: artClass, startsWall: '2026-08-01T10:00', status: 'confirmed', participant: { type: 'dependant', name: '王小明' } },
      ],
      consents: [{ event: artClass, child: '王小明', textVersion: '2', method: 'chat', withdrawnAt: null }],
      log: [{ action: 'roster.seen', actor: '社工小李', subject: artClass }],
    });
    expect(JSON.stringify(record)).not.toMatch(/张/u);
    expect(await storage.transaction((tx) => loadPersonRecord(tx, 'nobody', parts()))).toBeNull();
  });

  test('is one file in private, and never in a group, whoever presses there', async () => {
    const files = (chat: string) => stage.house.adapter.shown(chat).filter(({ file }) => file?.name.endsWith('.txt'));
    await stage.forges('王妈妈', '/me-file', group.id);
    await stage.inGroup('王妈妈', '/me-file', { mentioned: true });
    expect(files(group.id)).toEqual([]);
    expect(stage.heard(group.id).join()).not.toMatch(/王小明|2018-05-20/u);
    // Control: at home it comes.
    const before = files('王妈妈').length;
    await stage.talks('王妈妈', '导出我的资料', '存成一个文件');
    expect(files('王妈妈')).toHaveLength(before + 1);
  });

  test('a child of a household that they left is no held place, and a guest is named', async () => {
    await stage.publish({ title: '书法班', minAge: 18, maxAge: null });
    await stage.inGroup('王妈妈', '报名 赵客人', { mentioned: true, replyTo: stage.house.adapter.shown('group').at(-1)?.id ?? '' });
    const personId = await stage.personId('王妈妈');
    const other = await stage.personId('张爸爸');
    await storage.read.householdMember.updateMany({ where: { personId }, data: { personId: other } }).catch(() => undefined);
    const record = await load('王妈妈');
    expect(record?.signUps.map(({ participant }) => participant)).toEqual([{ type: 'former' }, { type: 'guest', name: '赵客人' }]);
  });

  test('is one file too, which old phones read, in the person’s language, and names nobody outside', async () => {
    await stage.talks('王妈妈', '导出我的资料', '存成一个文件');
    const { file, text } = stage.house.adapter.shown('王妈妈').at(-1) ?? {};
    expect(text).toContain('请自己收好');
    expect(file?.name).toMatch(/^我的资料-2026年7月28日[^王]*\.txt$/u);
    const written = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file?.data);
    expect(written.startsWith('\uFEFF我的资料\r\n')).toBe(true);
    expect(written).toContain('· 王小明，2018-05-20出生');
    expect(written).toContain('【报名】');
    expect(written).not.toMatch(/张乐乐|##/u);
    expect(await storage.read.auditEntry.count({ where: { action: 'person.exported' } })).toBe(2);
    // What leaves the outbox keeps nothing of it.
    expect((await storage.read.outbox.findMany({ where: { state: 'sent' } })).every(({ payload }) => payload === null)).toBe(true);
  });

  test('is shown page by page, in the person’s language, and that is written down', async () => {
    const text = await stage.says('王妈妈', '导出我的资料');
    expect(text).toContain('# 我的资料');
    expect(text).toContain('- 王小明，2018-05-20出生');
    expect(text).toContain(`社工小李看了“${artClass}”的名单`);
    await stage.says('王妈妈', '/language en');
    expect(await stage.says('王妈妈', 'export my data')).toContain('# What is kept about me');
    expect(await storage.read.auditEntry.count({ where: { action: 'person.exported' } })).toBe(2);
  });

  test('of many sign-ups pages to the end', async () => {
    const many = 24;
    for (let n = 0; n < many; n += 1) {
      const ref = await stage.publish({ title: `第${n}次活动`, minAge: 18, maxAge: null });
      await stage.talks('王妈妈', `/join ${ref}`, '1', '1');
    }
    let text = await stage.says('王妈妈', '导出我的资料');
    const pages = [text];
    while (stage.buttons('王妈妈')[0]?.startsWith('下一页')) pages.push((text = await stage.says('王妈妈', '1')));
    expect(pages.length).toBeGreaterThan(1);
    for (let n = 0; n < many; n += 1) expect(pages.join('\n')).toContain(`“第${n}次活动”`);
    expect(text).toContain('## 操作记录');
  });
});
