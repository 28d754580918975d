import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outbound, SendFailure, SendResult } from '../../src/chat/index.js';
import { databases, type TestDatabase } from '../support/databases.js';
import { createPlatform, createRig, drawn, type Rig } from './rig.js';

const minute = 60_000;
const throttled: SendFailure = { type: 'throttled', retryAfterMs: 5_000 };

/** A part went out; the next met this. */
const after = (failure: SendFailure, rest?: Outbound) => async (): Promise<SendResult> => ({
  ok: false,
  failure,
  ...(rest === undefined ? {} : { rest }),
});

describe.each(databases)('a long text of which a part went out, on $name', ({ open }) => {
  let database: TestDatabase;
  let rig: Rig;

  beforeEach(async () => {
    database = await open();
    rig = createRig(database.storage);
  });

  afterEach(async () => {
    await rig.stop();
    await database.close();
  });

  it.each([throttled, { type: 'unreachable' }, { type: 'inDoubt', reason: '502' }] as const)(
    'goes on with the rest alone, under its key, also from another process ($type)',
    async (failure) => {
      const platform = createPlatform();
      platform.next(after(failure, { text: 'end' }));
      await rig.write(rig.planned('a', 'confirmation', 'long', { message: { text: 'beginning, end' } }));
      const first = rig.sender([platform.adapter]);
      await first.drain();
      await first.stop();
      rig.pass(minute);
      await rig.sender([platform.adapter]).drain();
      expect(platform.sends).toEqual([
        { chat: 'a', text: 'beginning, end', key: 'long' },
        { chat: 'a', text: 'end', key: 'long' },
      ]);
      expect(await rig.states()).toEqual(['long sent']);
    },
  );

  it('control: where nothing is said of a rest, all of it goes once more', async () => {
    const platform = createPlatform();
    platform.next(after(throttled));
    await rig.write(rig.planned('a', 'confirmation', 'long', { message: { text: 'beginning, end' } }));
    const sender = rig.sender([platform.adapter]);
    await sender.drain();
    rig.pass(minute);
    await sender.drain();
    expect(platform.sends.map(({ text }) => text)).toEqual(['beginning, end', 'beginning, end']);
  });

  it('goes on in the new chat where the old one has moved', async () => {
    const platform = createPlatform();
    platform.next(after({ type: 'migrated', chat: 'b' }, { text: 'end' }));
    await rig.write(rig.planned('a', 'confirmation', 'long', { message: { text: 'beginning, end' } }));
    await rig.sender([platform.adapter]).drain();
    expect(platform.sends.map(({ chat, text }) => `${chat}: ${text}`)).toEqual(['a: beginning, end', 'b: end']);
  });

  it('keeps nothing of what nobody will send any more', async () => {
    const platform = createPlatform();
    platform.next(after({ type: 'gone' }, { text: 'end' }));
    await rig.write(rig.planned('a', 'confirmation', 'long'));
    await rig.sender([platform.adapter]).drain();
    expect(await rig.row('long')).toMatchObject({ state: 'dead', payload: null });
  });

  it.each([
    ['a file that is still to come is made again', { text: 'end', file: drawn('roster') }, ['roster', 'roster']],
    ['one that was a line of the text is not', { text: 'end' }, ['roster']],
  ])('%s', async (_name, rest, files) => {
    const platform = createPlatform();
    platform.next(after(throttled, rest));
    const paper = { name: 'roster', args: {}, locale: 'zh-CN' };
    await rig.write(rig.planned('a', 'confirmation', 'long', { paper }));
    const sender = rig.sender([platform.adapter]);
    await sender.drain();
    rig.pass(minute);
    await sender.drain();
    expect(platform.sends.flatMap(({ file }) => file ?? [])).toEqual(files);
    expect(platform.shown('a')).toEqual(['end']);
  });
});
