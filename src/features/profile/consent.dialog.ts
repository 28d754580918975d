import { z } from 'zod';
import { dialogRoom, menuChoices, type Command } from '../../command/index.js';
import { consent, dialog, type Effect, type Say, type Translate } from '../../dialog/index.js';
import { asLocale, list } from '../../i18n/index.js';
import { asBond, consentWordings } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { bondQuestion } from './bondQuestion.js';
import { askedOf, consentCode, mayNot, mustSay, type Asked, type ConsentEffects } from './consent.js';
import { hiddenHere, menu, type ProfileParts } from './parts.js';

/** What a parent decides on. */
interface Facts {
  /** Null: the code is used up, or what it is about is over. */
  readonly asked: Asked | null;
}

type Code = { readonly code: string };

/** A parent's consent by a code that was handed on, with a real choice to refuse. Wording: locales, `consent.*`. */
export const consentDialog = (effects: ConsentEffects) =>
  dialog<Facts, Code>('consent', { version: 1, readBack: 'simple', needs: ['asked'], seed: z.strictObject({ code: z.string() }) })
    .when(
      (_answers, { facts }) => facts.asked !== null && mustSay(facts.asked),
      (inner) => inner.ask('bond', bondQuestion({ guardiansOnly: true })),
    )
    .ask('agree', consent({ textVersion: consentWordings.code, refusing: 'leadsOn' }), {
      params: (_answers, { facts: { asked }, t, locale }) => ({
        names: list(asked?.names ?? [], asLocale(locale)),
        also: alsoKept(asked?.questions ?? [], t, locale),
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
            code: seed.code,
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

const load = async (
  { codes, families }: ProfileParts,
  tx: Tx,
  { who, now }: Parameters<Command<Tx>['answer']>[1],
  code: string,
  lock: boolean,
): Promise<Facts> => {
  const { personId, locale, communityName } = who;
  const found = await codes.read(tx, { code, kinds: ['consent'], personId, now, lock });
  if (found.type !== 'open') return { asked: null };
  return { asked: await askedOf(tx, families, consentCode.parse(found.payload), { personId, locale, now, communityName }) };
};

/** The dialog with its facts; the code is held while it is being confirmed. */
export const consentRoom = (parts: ProfileParts, effects: ConsentEffects) =>
  dialogRoom(
    consentDialog(effects),
    (tx: Tx, request, { code }, deciding) => load(parts, tx, request, code, deciding),
    'everyone',
    // Whoever has said what they are is not asked until they say something else.
    ({ asked }, { t }) => (asked && mayNot(asked) ? t('consent.bond.cannot') : null),
  );

/** `/consent-code CODE`: opens the consent behind a code. Names are said only after somebody has said what they are to the children. */
export const consentCodeCommand = (parts: ProfileParts): Command<Tx> => ({
  name: 'consent-code',
  ...hiddenHere,
  answer: async (tx, request) => {
    const { t, args } = request;
    const { asked } = await load(parts, tx, request, args, false);
    if (!asked) return menu(t, t('codes.expired'));
    return {
      open: { dialog: 'consent', seed: { code: args }, remarks: [t('consent.remark', { count: asked.names.length, title: asked.title })] },
    };
  },
});
