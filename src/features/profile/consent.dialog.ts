import { z } from 'zod';
import { dialogRoom, menuChoices, type Command, type Request } from '../../command/index.js';
import { consent, dialog, type Effect, type Say, type Translate } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { asBond, consentWordings } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { bondQuestion } from './bondQuestion.js';
import { askedOf, awaitedBy, consentCode, mayNot, mustSay, type Asked, type ConsentEffects } from './consent.js';
import { hiddenHere, menu, type ProfileParts } from './parts.js';

/** What a parent decides on. */
interface Facts {
  /** Null: the code is used up, or what it is about is settled or over. */
  readonly asked: Asked | null;
}

/** By a code that was handed on, or at home: for the children of one's own family who wait for it. */
type Seed = { readonly code: string } | { readonly eventId: string };

const seed = z.union([z.strictObject({ code: z.string() }), z.strictObject({ eventId: z.string() })]);

/** A parent's consent to what somebody else signed a child up for, with a real choice to refuse. Wording: locales, `consent.*`. */
export const consentDialog = (effects: ConsentEffects) =>
  dialog<Facts, Seed>('consent', { version: 1, readBack: 'simple', needs: ['asked'], seed })
    .when(
      (_answers, { facts }) => facts.asked !== null && mustSay(facts.asked),
      (inner) =>
        inner.ask('bond', bondQuestion({ guardiansOnly: true }), {
          // What it is about, and nobody's name: whoever asks may have no more than a code.
          params: (_answers, { facts: { asked } }) => ({ title: asked?.title ?? '' }),
        }),
    )
    .ask('agree', consent({ textVersion: consentWordings.code, refusing: 'leadsOn' }), {
      params: (_answers, { facts: { asked }, t, locale }) => ({
        names: list(asked?.names ?? [], asLocale(locale)),
        also: alsoKept(asked?.questions ?? [], t, locale),
        said: saidAlready(asked?.said ?? [], t, locale),
        title: asked?.title ?? '',
        when: asked?.when ?? '',
        place: asked?.place ?? '',
        responsible: asked?.responsible ?? '',
      }),
    })
    .complete(({ bond, agree }, { t, facts: { asked }, seed, locale }): { say: Say[]; effects: Effect[] } => {
      if (!asked) return { say: [{ text: t('codes.expired') }], effects: [] };
      const { eventId, ref, householdId, dependantIds, title } = asked;
      const { agreed, textVersion } = agree;
      const names = list(asked.names, asLocale(locale));
      const items = [{ label: t('help.commands.mine.label'), line: '/mine' }];
      return {
        say: [{ text: t(agreed ? 'consent.given' : 'consent.refused', { names, title }), choices: menuChoices(t, agreed ? items : []) }],
        effects: [
          effects.answer.make({
            code: 'code' in seed ? seed.code : null,
            agreed,
            bond: asBond(bond ?? null),
            textVersion,
            eventId,
            ref,
            householdId,
            dependantIds,
          }),
        ],
      };
    });

/** What is kept besides name and birth date. */
const alsoKept = (questions: readonly string[], t: Translate, locale: string): string =>
  questions.length === 0 ? '' : t('consent.also', { questions: list(questions, asLocale(locale)) });

/** What whoever signed them up has answered: it is kept with the consent, so it is read before. */
const saidAlready = (said: Asked['said'], t: Translate, locale: string): string =>
  said
    .map(({ name, answers }) => {
      const each = Object.entries(answers).map(([question, answer]) => t('consent.answered', { question, answer }));
      return `\n${t('consent.said', { name, answers: list(each, asLocale(locale)) })}`;
    })
    .join('');

const load = async (parts: ProfileParts, tx: Tx, { who, now }: Request, seed: Seed, lock: boolean): Promise<Facts> => {
  const { personId, locale, communityName } = who;
  const reader = { personId, locale, now, communityName };
  if ('eventId' in seed) {
    const { eventId } = seed;
    const dependantIds = await awaitedBy(tx, { eventId, personId, lock });
    return { asked: dependantIds.length === 0 ? null : await askedOf(tx, parts, { eventId, dependantIds }, reader) };
  }
  const found = await parts.codes.read(tx, { code: seed.code, kinds: ['consent'], personId, now, lock });
  if (found.type !== 'open') return { asked: null };
  return { asked: await askedOf(tx, parts, consentCode.parse(found.payload), reader) };
};

/** The dialog with its facts; the code, or the event, is held while it is being confirmed. */
export const consentRoom = (parts: ProfileParts, effects: ConsentEffects) =>
  dialogRoom(
    consentDialog(effects),
    (tx: Tx, request, opened: Seed, deciding) => load(parts, tx, request, opened, deciding),
    'everyone',
    ({ asked }, { t }) => {
      if (asked === null) return t('consent.settled');
      // Whoever has said what they are is not asked until they say something else.
      return mayNot(asked) ? t(asked.guarded ? 'consent.guarded' : 'consent.bond.cannot') : null;
    },
  );

/** `/consent-to EVENT`: opens the consent for the children at home who are held a place until a guardian agrees. */
export const consentToCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'consent-to',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, args: eventId } = request;
    const { asked } = await load(parts, tx, request, { eventId }, false);
    const mine = { label: t('help.commands.mine.label'), line: '/mine' };
    if (!asked) return menu(t, t('consent.settled'), [mine]);
    const remarks = [t('consent.remarkHere', { count: asked.names.length, title: asked.title })];
    return { open: { dialog: 'consent', seed: { eventId }, remarks } };
  },
});

/** `/consent-code CODE`: opens the consent behind a code. Names are said only after somebody has said what they are to the children. */
export const consentCodeCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'consent-code',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, args } = request;
    const { asked } = await load(parts, tx, request, { code: args }, false);
    if (!asked) return menu(t, t('codes.expired'));
    return {
      open: { dialog: 'consent', seed: { code: args }, remarks: [t('consent.remark', { count: asked.names.length, title: asked.title })] },
    };
  },
});
