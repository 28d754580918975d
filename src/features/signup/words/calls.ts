import { effect } from '../../../command/index.js';
import type { Effect } from '../../../dialog/index.js';
import type { Tasks } from '../../../people/index.js';
import type { EventView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { ChangeFacts, Recipient } from './tellings.js';

/** Who has to be called because of what. The words are in the community's language. */
interface Calls {
  /** Names it: the same is not asked for twice. */
  readonly occasion: string;
  readonly people: readonly { readonly personId: string; readonly name: string }[];
  readonly about: string;
  /** Where staff see what is so now. */
  readonly line: string;
  readonly label: string;
}

/** Whom the bot cannot write to is called: each household is a task, once for an occasion. */
export const createCallList = (tasks: Tasks) =>
  effect<Tx, Calls>('call.list', async (tx, { occasion, people, ...payload }, { communityId, now, newId }) => {
    for (const { personId, name } of people) {
      const task = { communityId, kind: 'call', key: `call:${occasion}:${personId}`, personId, payload: { name, ...payload } } as const;
      await tasks.make(tx, task, { newId, now });
    }
  });

/** The effect that makes tasks of calls. */
export type CallList = ReturnType<typeof createCallList>;

/** Makes tasks of the calls; nothing where everybody can be written to. */
export function callEffects(
  callList: CallList,
  { occasion, event, toCall }: { occasion: string; event: Pick<EventView, 'title' | 'ref'>; toCall: readonly Recipient[] },
  { communityTexts: t }: Pick<ChangeFacts, 'communityTexts'>,
): Effect[] {
  if (toCall.length === 0) return [];
  const people = toCall.map(({ personId, name }) => ({ personId, name }));
  const about = t('callOff.callAbout', { title: event.title });
  return [callList.make({ occasion, people, about, line: `/manage-event ${event.ref}`, label: t('event.roster.manage') })];
}
