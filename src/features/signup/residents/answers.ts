import { z } from 'zod';
import { menu, command, dialogRoom, effect, menuChoices, type Command, type LoadFacts, type Request } from '../../../command/index.js';
import { dialog, type Effect, type Say } from '../../../dialog/index.js';
import type { Answered, OwnAnswers } from '../../../people/index.js';
import { eventByRef, writeAnswers, type EventView, type ReadLocked, type SignUps, type SignUpView } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { ownAnswers, type Asked } from './own.field.js';

/** Somebody who takes part by name, with all their sign-ups for the event: in several sessions they answer once. */
interface Participant extends Asked {
  readonly signUpIds: readonly string[];
}

/** Until when answers may be changed, ms: the deadline, or the start of the last session. */
const answersUntil = ({ deadlineAt, sessions }: EventView): number => deadlineAt ?? (sessions.at(-1) ?? sessions[0]).startsAt;

/** Whether what was answered may still be changed: also where nobody new may sign up. */
export const mayAnswer = (event: EventView, now: number): boolean =>
  event.questions.length > 0 && event.status !== 'cancelled' && now < answersUntil(event);

/** Those of these sign-ups who are there by name, each once. A place that is held for nobody yet is asked nothing. */
function participantsOf(signUps: readonly SignUpView[]): Participant[] {
  const there = signUps.filter(({ name, status }) => name !== '' && status !== 'cancelled' && status !== 'leaving');
  return [...new Set(there.map(({ participant }) => participant))].flatMap((key) => {
    const [first, ...others] = there.filter(({ participant }) => participant === key);
    return first ? [{ name: first.name, before: first.answers, signUpIds: [first, ...others].map(({ id }) => id) }] : [];
  });
}

/** Whether one of them has not answered a question that must be. */
export const isUnanswered = ({ questions }: EventView, { name, answers }: SignUpView): boolean =>
  name !== '' && questions.some(({ text, optional }) => !optional && answers[text] === undefined);

/** Writes what was answered, sealed to each sign-up. */
export const answerEffect = (seals: OwnAnswers) =>
  effect<Tx, { readonly signUpId: string; readonly answers: Answered }>('signup.answer', async (tx, { signUpId, answers }) => {
    await writeAnswers(tx, signUpId, seals.seal(signUpId, answers));
  });

/** `/answers EVENT`: answers the event's own questions, or changes what was answered. */
export const answersCommand = (signUps: SignUps): Command<Tx> =>
  command(
    { name: 'answers', words: [], hidden: true, for: 'everyone', inGroup: 'privately' },
    {
      load: async (tx, { who, args, now }) => {
        const event = await eventByRef(tx, who.communityId, args);
        return event && { event, mine: participantsOf(await mineIn(tx, signUps, { personId: who.personId, event, now })) };
      },
      decide: (found, request) => {
        const { t, args } = request;
        const why = whyNot({ event: found?.event ?? null, mine: found?.mine ?? [] }, request);
        if (why === null) return { open: { dialog: 'answers', seed: { ref: args } } };
        return menu(why, menuChoices(t, found && found.mine.length > 0 ? [{ label: t('signup.mine.show'), line: '/mine' }] : []));
      },
    },
  );

const mineIn = async (tx: Tx, signUps: SignUps, { personId, event, now }: { personId: string; event: EventView; now: number }) =>
  (await signUps.ofPerson(tx, personId, now)).filter((one) => one.event.id === event.id).map(({ signUp }) => signUp);

interface Facts {
  readonly event: EventView | null;
  readonly mine: readonly Participant[];
}

type Seed = { readonly ref: string };

/** Why nothing can be answered (any more), in words; null where it can. */
function whyNot({ event, mine }: Facts, { t, now }: Pick<Request, 't' | 'now'>): string | null {
  if (!event || mine.length === 0) return t('signup.gone');
  if (event.questions.length === 0) return t('answers.nothing', { title: event.title });
  return mayAnswer(event, now) ? null : t('answers.tooLate', { title: event.title });
}

/** An event's own questions, asked anew of those who are in. Wording: locales, `answers.*` and `signup.own.*`. */
export const answersDialog = (answer: ReturnType<typeof answerEffect>) =>
  dialog<Facts, Seed>('answers', {
    version: 1,
    readBack: 'simple',
    wordsOf: 'signup',
    needs: ['event', 'mine'],
    seed: z.strictObject({ ref: z.string() }),
  })
    .ask('own', ownAnswers<Facts>({ questions: ({ facts }) => facts.event?.questions ?? [], people: ({ facts }) => facts.mine }), {
      params: (_answers, { facts, t }) => ({ intro: t('answers.intro', { title: facts.event?.title ?? '' }) }),
    })
    .complete(({ own }, { facts, t }): { say: Say[]; effects: Effect[] } => ({
      say: [{ text: t('answers.done'), choices: menuChoices(t, [{ label: t('signup.mine.show'), line: '/mine' }]) }],
      effects: facts.mine.flatMap(({ signUpIds }, at) => signUpIds.map((signUpId) => answer.make({ signUpId, answers: own[at] ?? {} }))),
    }));

/** The dialog with its facts; whoever is late hears so before another question. */
export function answersRoom(parts: { answer: ReturnType<typeof answerEffect>; signUps: SignUps; readLocked: ReadLocked }) {
  const load: LoadFacts<Tx, Facts, Seed> = async (tx, { who, now }, { ref }, deciding) => {
    const event = await (deciding ? parts.readLocked : eventByRef)(tx, who.communityId, ref);
    return { event, mine: event ? participantsOf(await mineIn(tx, parts.signUps, { personId: who.personId, event, now })) : [] };
  };
  return dialogRoom(answersDialog(parts.answer), load, 'everyone', whyNot);
}
