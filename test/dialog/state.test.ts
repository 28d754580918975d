import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadState, open, resume, step } from '../../src/dialog/index.js';
import { camp, knownFamily } from './sample/camp.js';
import { talk, world, print } from './sample/driver.js';
import { loadFixtures } from './sample/fixtures.js';
import { newEvent } from './sample/newEvent.js';

const fixtures = new URL('./fixtures/', import.meta.url);
const at = world(knownFamily);
const campV2 = () => loadFixtures(camp, fixtures)[1]?.saved as Record<string, unknown>;

describe('states of every version', () => {
  test.each([camp, newEvent])('$name: all of them load', (dialog) => {
    expect(loadFixtures(dialog, fixtures).map(({ loaded }) => loaded.ok)).toEqual(Array(dialog.version).fill(true));
  });

  test('an answer that was called otherwise is taken over, and the talk goes on where it makes sense', () => {
    const old = loadFixtures(camp, fixtures)[0]?.saved;
    expect(loadState(camp, old)).toMatchObject({ ok: true, state: { version: 2, answers: { allergies: '花生' } } });
    const first = step(camp, old, { type: 'text', text: '虾' }, at);
    expect(print(first.say)).toBe(
      '< 上次的美术课报名还没填完，停在这里：\n  有几个大人一起来？\n  [1 接着填] [2 重新开始] [0 不要了] [9 帮忙]',
    );
    const one = talk(camp, first, at);
    one.say('2');
    expect(one.shown).toContain('给哪个孩子报名');
  });

  test('without an upgrade it is answered kindly and begins anew with what it was opened with', () => {
    const stuck = { ...camp, upgrades: new Map() };
    const old = loadFixtures(camp, fixtures)[0]?.saved;
    expect(loadState(stuck, old)).toEqual({ ok: false, reason: 'noUpgrade' });
    const answer = step(stuck, old, { type: 'text', text: '1' }, at);
    expect(print(answer.say)).toMatch(/^< 不好意思，上次填的接不上了，我们重新来一遍。\n {2}给哪个孩子报名/);
    expect(answer.state).toMatchObject({ version: 2, answers: {}, seed: { eventId: 'e1' } });
  });

  test('where even the seed is lost, the talk ends kindly', () => {
    const answer = resume(camp, { dialog: 'camp' }, at);
    expect(answer).toMatchObject({
      say: [{ text: '不好意思，上次填的接不上了，什么都没有记下。请从头再点一次。' }],
      state: null,
      ended: 'left',
    });
  });

  test('of another dialog, or of a newer program', () => {
    expect(loadState(newEvent, campV2())).toEqual({ ok: false, reason: 'otherDialog' });
    expect(loadState(camp, { ...campV2(), version: 3 })).toEqual({ ok: false, reason: 'newer' });
    expect(loadState(camp, { ...campV2(), seed: { eventId: 7 } })).toEqual({ ok: false, reason: 'unreadable' });
  });

  test('the same saved state is read as each dialog reads it', () => {
    const saved = campV2();
    expect(loadState(camp, saved)).toMatchObject({ ok: true });
    expect(loadState(newEvent, saved)).toEqual({ ok: false, reason: 'otherDialog' });
    expect(loadState(camp, saved)).toMatchObject({ ok: true });
  });

  test('an answer that no longer parses is asked again, the others are kept', () => {
    const answers = { children: [{ id: 'd1' }], session: 17, surplus: 'x' };
    expect(loadState(camp, { ...campV2(), answers })).toMatchObject({ ok: true, state: { answers: { children: [{ id: 'd1' }] } } });
  });

  test('keys such as __proto__ do no harm', () => {
    const text = JSON.stringify(campV2()).replace('"answers":{', '"answers":{"__proto__":{"polluted":true},"constructor":1,');
    const loaded = loadState(camp, JSON.parse(text));
    expect(loaded.ok && Object.keys(loaded.state.answers)).toEqual(['children']);
    expect('polluted' in {}).toBe(false);
  });

  test('whatever stands in the store, nobody sees a crash', () => {
    const damaged = fc.oneof(
      fc.jsonValue(),
      fc
        .record({ key: fc.constantFrom(...Object.keys(campV2())), value: fc.jsonValue() })
        .map(({ key, value }) => ({ ...campV2(), [key]: value })),
    );
    fc.assert(
      fc.property(damaged, fc.string(), (saved, text) => {
        expect(step(camp, saved, { type: 'text', text }, at).say[0]?.text).not.toBe('');
        expect(resume(camp, saved, at).say[0]?.text).not.toBe('');
      }),
      { numRuns: 150 },
    );
  });

  test('a menu is what the person saw, also when the list has changed since', () => {
    const opened = talk(camp, open(camp, at, { seed: { eventId: 'e1' } }), at);
    opened.say('1 2');
    opened.facts({ ...knownFamily, openSessions: [{ value: 's3', label: '8月2日 合唱' }, ...knownFamily.openSessions] });
    opened.say('1');
    expect(opened.last.state?.answers).toMatchObject({ session: 's1' });
  });
});
