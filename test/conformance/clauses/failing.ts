import { expect } from 'vitest';
import type { SendFailure } from '../../../src/chat/index.js';
import { need, sendFailures, type Clause, type Rig } from '../rig.js';

/** What a reason is made of is the platform's business, as long as it names none of what was said. */
export const named = (failure: SendFailure) => ('reason' in failure ? { ...failure, reason: expect.any(String) as string } : failure);

/** How each failure is named: the outbox does another thing for each. */
export const failing: readonly Clause[] = sendFailures.map((failure): Clause => ({
  name: `a send that meets “${failure.type}” says so, throws nothing, and the next one goes`,
  needs: [`meets ${failure.type}`],
  prove: (rig) => proveNamed(rig, failure),
}));

async function proveNamed(rig: Rig, failure: SendFailure): Promise<void> {
  const to = { platform: rig.adapter.platform, account: rig.adapter.account, chat: rig.people[0].privateChat ?? '' };
  const expected = need(`meets ${failure.type}`, rig.meets(failure));
  const result = await rig.adapter.send(to, { text: '王小明报上了' }, 'fails');
  expect(result).toEqual({ ok: false, failure: named(expected) });
  for (const secret of ['王小明', ...rig.secrets]) expect(JSON.stringify(result)).not.toContain(secret);
  expect(await rig.adapter.send(to, { text: '明天见' }, 'goes')).toMatchObject({ ok: true });
  // What surely did not go is not there, and nothing is there twice: sending again is for the outbox. In doubt, it may be.
  const texts = (await rig.shown(to.chat)).map(({ text }) => text);
  expect(texts.filter((text) => text !== '王小明报上了')).toEqual(['明天见']);
  expect(texts.length).toBeLessThanOrEqual(expected.type === 'inDoubt' ? 2 : 1);
  expect(texts.at(-1)).toBe('明天见');
  // And people are heard as before.
  expect((await rig.says(rig.people[0], to.chat, '还在吗')).taken).toBe(true);
}
