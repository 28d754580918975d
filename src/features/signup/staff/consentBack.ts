import { command, effect, menu, menuChoices, type Command, type Item, type Request } from '../../../command/index.js';
import type { Emit } from '../../../events/index.js';
import { withdrawPaper } from '../../../people/index.js';
import { isOver, type Rosters, type SignUpDetails } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { staffOnly } from '../form/manage.js';
import { nameOf } from '../words/tellings.js';

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** Whoever consented on paper may have no account: they say at the office that they take it back, and staff write it down. */
export const createConsentBack = ({ emit }: { readonly emit: Emit<Tx> }) =>
  effect<Tx, { dependantId: string; eventId: string }>('consent.paperBack', async (tx, about, context) => {
    const guardianId = await withdrawPaper(tx, about, context);
    if (guardianId !== null) await emit(tx, { type: 'consent.withdrawn', ...about, guardianId, onPaper: true }, context);
  });

const gone = ({ t }: Request) => menu(t('signup.staff.gone'), menuChoices(t, [{ label: t('event.manage.roster'), line: '/roster' }]));

/** Whether a sign-up stands on a consent on paper that is still to matter. */
const onPaper = ({ signUp, event, consent }: SignUpDetails, now: number): boolean =>
  consent?.method === 'paper' && signUp.dependantId !== null && !isOver(event, now) && event.status !== 'cancelled';

/** What is offered at such a sign-up. */
export const consentBackItems = (found: SignUpDetails, { t, now }: Pick<Request, 't' | 'now'>): Item[] =>
  onPaper(found, now) ? [{ label: t('signup.staff.consent.back'), line: `/consent-back ${found.signUp.id}` }] : [];

const about = ({ signUp, event, consent }: SignUpDetails, { t }: Request) => ({
  name: nameOf(signUp, t),
  title: event.title,
  by: consent?.by ?? t('log.nobody'),
});

/** `/consent-back ID`: asks before a consent on paper is taken back. */
export const consentBackCommand = ({ rosters }: { readonly rosters: Rosters }): Command<Tx> =>
  command(
    { name: 'consent-back', ...hidden },
    {
      load: (tx, { who, args }) => rosters.details(tx, who.communityId, args),
      decide: (found, request) => {
        const { t, now } = request;
        if (!found || !onPaper(found, now)) return gone(request);
        return menu(t('signup.staff.consent.backSure', about(found, request)), [
          { key: '1', label: t('signup.staff.consent.backYes'), value: `/consent-back-yes ${found.signUp.id}` },
          { key: '0', label: t('withdraw.no'), value: `/sign-up ${found.signUp.id}` },
        ]);
      },
    },
  );

/** `/consent-back-yes ID`: takes it back; the sign-up ends with it, and the family hears of it. */
export const consentBackYesCommand = (
  { rosters }: { readonly rosters: Rosters },
  back: ReturnType<typeof createConsentBack>,
): Command<Tx> =>
  command(
    { name: 'consent-back-yes', ...hidden },
    {
      load: (tx, { who, args }) => rosters.details(tx, who.communityId, args),
      decide: (found, request) => {
        const { t, now } = request;
        const dependantId = found?.signUp.dependantId ?? null;
        if (!found || dependantId === null || !onPaper(found, now)) return gone(request);
        return {
          ...menu(
            t('withdraw.done', about(found, request)),
            menuChoices(t, [{ label: t('event.manage.roster'), line: `/roster ${found.event.ref}` }]),
          ),
          effects: [back.make({ dependantId, eventId: found.event.id })],
        };
      },
    },
  );
