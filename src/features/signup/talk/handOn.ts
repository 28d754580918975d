import type { z } from 'zod';
import { menu, command, menuChoices, type Command, type Request } from '../../../command/index.js';
import type { Emit } from '../../../events/index.js';
import { communityById, makeConsentCode, type Tasks } from '../../../people/index.js';
import { eventByRef, type EventView, type SignUps, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { untilWords } from '../places/holds.js';
import { readerOf } from '../words/menus.js';
import { cannotSay, closedSay } from './filling.js';
import { heldCode, loadSignup, type LoadParts, type SignupSeed } from './signup.facts.js';
import { cannotFill } from './signup.rules.js';

/** What completing held places works with. */
export type HandOnParts = LoadParts & {
  readonly tasks: Tasks;
  readonly emit: Emit<Tx>;
  readonly texts: Request['texts'];
};

/** What is reached by menus alone. */
export const hidden = { words: [], for: 'everyone', inGroup: 'privately', hidden: true } as const;

/** What somebody holds in an event and what is missing for it, in order of arrival. */
export interface Holding {
  readonly event: EventView;
  readonly unnamed: readonly SignUpView[];
  readonly forConsent: readonly SignUpView[];
  /** When the first of them ends, ms; null while the event has no date. */
  readonly until: number | null;
}

/** What whoever asks holds in the event whose reference they gave; null where that is nothing. */
export async function holdingOf(tx: Tx, signUps: SignUps, { who, args }: Request): Promise<Holding | null> {
  const event = await eventByRef(tx, who.communityId, args);
  if (!event || event.status === 'cancelled') return null;
  const mine = (await signUps.ofEvent(tx, event.id)).filter(
    ({ registrantId, heldFor }) => registrantId === who.personId && heldFor !== null,
  );
  if (mine.length === 0) return null;
  const last = event.sessions.at(-1) ?? event.sessions[0];
  // Whoever waits holds nothing yet; their code stands as long as the event is to come.
  const ends = mine.map(({ until, status }) => (status === 'held' ? until : last.startsAt));
  return {
    event,
    unnamed: mine.filter(({ heldFor }) => heldFor === 'participant'),
    forConsent: mine.filter(({ heldFor }) => heldFor === 'consent'),
    until: ends.includes(null) ? null : Math.min(...ends.flatMap((end) => end ?? [])),
  };
}

/** The children for whom a consent is missing. */
export const childrenOf = ({ forConsent }: Holding): string[] => [...new Set(forConsent.flatMap(({ dependantId }) => dependantId ?? []))];

/** Nothing is held any more that could be completed. */
export const nothingHeld = ({ t }: Request) =>
  menu(t('signup.handOn.nothing'), menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]));

/** `/hand-on EVENT`: a code with which a parent names the children of held places, or consents for those that were named. */
export const handOnCommand = ({ signUps, codes }: HandOnParts): Command<Tx> => ({
  name: 'hand-on',
  ...hidden,
  answer: async (tx, request) => {
    const { t, who, now } = request;
    const holding = await holdingOf(tx, signUps, request);
    if (!holding) return nothingHeld(request);
    const { event, unnamed, until } = holding;
    const about = { communityId: who.communityId, createdBy: who.personId, expiresAt: codeStands(until, now), now };
    const time = untilWords(until, event, readerOf(request));
    const made = [];
    if (unnamed.length > 0) {
      const code = await codes.make(tx, { ...about, kind: 'held', payload: heldCodeOf(event) });
      made.push(t('signup.handOn.told', { code, until: time }));
    }
    const dependantIds = childrenOf(holding);
    if (dependantIds.length > 0) {
      const code = await makeConsentCode(tx, codes, { eventId: event.id, dependantIds }, about);
      made.push(t('signup.handOn.toldOnce', { code, until: time }));
    }
    const items = [
      // Whoever presses 1 twice looks once more, and calls nobody.
      { label: t('signup.mine.show'), line: '/mine' },
      { label: t('signup.handOn.paper'), line: `/on-paper ${event.ref}` },
    ];
    return menu(made.join('\n'), menuChoices(t, items));
  },
});

/** How long past the end of what it is good for a code is kept, ms: places may be held longer, and an event may be postponed. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

/** Until when a code stands for places that are held until then, ms: what it is good for is looked at when somebody types it. */
export const codeStands = (until: number | null, now: number): number => (until ?? now) + keptMs;

/** What a code for held places carries. */
export const heldCodeOf = ({ ref }: EventView): z.infer<typeof heldCode> => ({ ref });

/** `/fill EVENT`: the holder says for whom the places are, where they may; how many there are is known. */
export const fillCommand = (parts: HandOnParts): Command<Tx> =>
  command(
    { name: 'fill', ...hidden },
    {
      load: (tx, request) => loadSignup(parts)(tx, request, { ref: request.args, fill: true }, false),
      decide: (facts, request) => {
        const { t, args: ref } = request;
        const show = menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]);
        const seed: SignupSeed = { ref, fill: true };
        if (!facts.event) return menu(t('signup.gone'), show);
        if (facts.closed !== null) return menu(closedSay(facts.closed, t), show);
        return cannotFill({}, seed, facts) ? { say: [cannotSay(facts, seed, readerOf(request))] } : { open: { dialog: 'signup', seed } };
      },
    },
  );

/** `/held-code CODE`: a parent fills in the places that somebody else holds. Whoever may not keeps the code good for those who may. */
export const heldCodeCommand = (parts: HandOnParts): Command<Tx> => ({
  name: 'held-code',
  ...hidden,
  answer: async (tx, request) => {
    const { t, who, args, now } = request;
    const found = await parts.codes.read(tx, { code: args, kinds: ['held'], personId: who.personId, now });
    if (found.type !== 'open') return menu(t(`codes.${found.type === 'taken' ? 'filled' : found.type}`), menuChoices(t, []));
    const { ref } = heldCode.parse(found.payload);
    if (found.communityId !== who.communityId) {
      const { name } = await communityById(tx, found.communityId);
      const go = [{ label: t('signup.heldCode.go'), line: `/held-code ${args}` }];
      return { community: found.communityId, ...menu(t('signup.heldCode.elsewhere', { community: name }), menuChoices(t, go)) };
    }
    // Whoever made the code holds the places, by whatever account they do so now.
    const own = found.createdBy === who.personId;
    const seed: SignupSeed = own ? { ref, fill: true } : { ref, code: args };
    const facts = await loadSignup(parts)(tx, request, seed, false);
    if (!facts.event) return menu(t('codes.expired'), menuChoices(t, []));
    if (facts.closed !== null) return menu(closedSay(facts.closed, t), menuChoices(t, []));
    const cannot = cannotFill({}, seed, facts);
    if (own) {
      const fill = cannot ? [] : [{ label: t('signup.heldCode.ownFill'), line: `/fill ${ref}` }];
      return menu(t('signup.heldCode.own'), menuChoices(t, [...fill, { label: t('signup.mine.show'), line: '/mine' }]));
    }
    if (cannot) return { say: [cannotSay(facts, seed, readerOf(request))] };
    // How many are left may be another number by the read-back: others fill in by the same code.
    const remarks = [t('signup.heldCode.remark', { title: facts.event.title })];
    return { open: { dialog: 'signup', seed, remarks } };
  },
});
