import { menu, command, menuChoices, type Command, type Item, type Outcome, type Request } from '../../../command/index.js';
import { instant } from '../../../i18n/index.js';
import {
  ageOfOwnConsent,
  concerned,
  eventByRef,
  isOver,
  type ReadLocked,
  type Rosters,
  type SignUpDetails,
  type SignUps,
} from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { ageOn, today } from '../../../understand/index.js';
import { byWhom } from '../words/byWhom.js';
import { readerOf } from '../words/menus.js';
import { whenOf } from '../residents/mine.lines.js';
import { findOffered } from '../residents/offers.js';
import { ageOf, stateOf } from './roster.js';
import type { StaffSignUpEffects } from './signUp.effects.js';
import { consentBackItems } from './consentBack.js';
import { staffOnly } from '../form/manage.js';
import { nameOf, namesOf } from '../words/tellings.js';

/** What the commands about one sign-up work with, which staff call. */
export interface StaffSignUpParts {
  readonly signUps: SignUps;
  readonly rosters: Rosters;
  readonly effects: StaffSignUpEffects;
  readonly readLocked: ReadLocked;
}

const hidden = { words: [], hidden: true, ...staffOnly } as const;

/** What is said of a sign-up that is not there any more, or is another community's. */
export const signUpGone = ({ t }: Pick<Request, 't'>): Outcome =>
  menu(t('signup.staff.gone'), menuChoices(t, [{ label: t('event.manage.roster'), line: '/roster' }]));

/** Whether somebody still has, holds or waits for a place. */
export const stillThere = ({ signUp: { status } }: SignUpDetails): boolean => concerned.some((state) => state === status);

/** `/sign-up ID`: everything about one sign-up, and what staff can do about it. */
export const signUpCommand = ({ signUps, rosters, effects }: StaffSignUpParts): Command<Tx> =>
  command(
    { name: 'sign-up', ...hidden },
    {
      load: async (tx, { who, args }) => {
        const found = await rosters.details(tx, who.communityId, args);
        const waits = found?.signUp.status === 'waiting';
        // Whether there is room is looked at again, under the event's lock, when it is given.
        const offered = waits ? await findOffered({ signUps, readLocked: eventByRef }, tx, who.communityId, args) : null;
        return found && { found, room: offered?.room ?? false };
      },
      decide: (facts, request) => {
        if (!facts) return signUpGone(request);
        const { t } = request;
        const { found, room } = facts;
        return {
          ...menu(linesOf(found, request).join('\n'), menuChoices(t, actionsFor(found, room, request))),
          effects: [effects.seen.make({ signUpIds: [found.signUp.id] })],
        };
      },
    },
  );

function linesOf({ signUp, event, since, takenOver, note, consent, rank, guests }: SignUpDetails, request: Request): string[] {
  const { t, who, now } = request;
  const reader = readerOf(request);
  const state = rank === null ? stateOf(signUp, event, request) : t('signup.staff.waiting', { rank });
  const at = (when: number) => instant(when, reader.locale, now, who.timeZone);
  const minor = signUp.birthDate !== null && ageOn(signUp.birthDate, today(now, who.timeZone)) < ageOfOwnConsent;
  return [
    `${nameOf(signUp, t)}${ageOf(signUp, event, t)}`,
    t('signup.staff.about', { title: event.title, when: whenOf({ signUp, event }, request) }),
    t('signup.staff.state', { state }),
    t('signup.staff.by', { by: byWhom(signUp, takenOver, t), at: at(since) }),
    ...(signUp.companions > 0 ? [t('signup.staff.companions', { count: signUp.companions })] : []),
    ...(guests.length > 0 ? [t('signup.staff.guests', { names: namesOf(guests, reader) })] : []),
    ...(minor && consent === null ? [t('signup.staff.consent.missing')] : []),
    ...(consent === null ? [] : [t(`signup.staff.consent.${consent.method}`, { by: consent.by ?? t('log.nobody'), at: at(consent.at) })]),
    ...event.questions.flatMap(({ text }) => {
      const answer = signUp.answers[text];
      return answer === undefined ? [] : [t('signup.own.line', { text, answer })];
    }),
    ...(note === null ? [] : [t('signup.staff.note', { note })]),
  ];
}

function actionsFor(found: SignUpDetails, room: boolean, { t, now }: Request): Item[] {
  const { signUp, event, note } = found;
  const { id, status, until } = signUp;
  const alive = !isOver(event, now) && event.status !== 'cancelled';
  const undo = ['leaving', 'cancelled'].includes(status) && (until ?? 0) > now;
  return [
    ...(stillThere(found) ? [{ label: t(note === null ? 'signup.staff.write' : 'signup.staff.rewrite'), line: `/note ${id}` }] : []),
    ...(alive && stillThere(found) ? [{ label: t('signup.staff.cancel'), line: `/sign-up-cancel ${id}` }] : []),
    ...(stillThere(found) ? consentBackItems(found, { t, now }) : []),
    ...(alive && undo ? [{ label: t('signup.staff.undo'), line: `/sign-up-undo ${id}` }] : []),
    ...(alive && room ? [{ label: t('signup.staff.give'), line: `/give ${id}` }] : []),
    { label: t('event.manage.roster'), line: `/roster ${event.ref}` },
  ];
}

/** A sign-up as it is under its event's lock: between a first look and the lock somebody may have changed it. */
export async function lockedDetails(
  { rosters, readLocked }: Pick<StaffSignUpParts, 'rosters' | 'readLocked'>,
  tx: Tx,
  communityId: string,
  signUpId: string,
): Promise<SignUpDetails | null> {
  const first = await rosters.details(tx, communityId, signUpId);
  const event = first && (await readLocked(tx, communityId, first.event.ref));
  return event ? rosters.details(tx, communityId, signUpId) : null;
}

const titled = ({ signUp, event }: SignUpDetails, { t }: Request) => ({ name: nameOf(signUp, t), title: event.title });

const seeIt = ({ signUp: { id }, event }: SignUpDetails, { t }: Request): Item[] => [
  { label: t('signup.staff.see'), line: `/sign-up ${id}` },
  { label: t('event.manage.roster'), line: `/roster ${event.ref}` },
];

/** Why a sign-up cannot be cancelled, in words; null where it can. */
function notCancelled(found: SignUpDetails, request: Request): Outcome | null {
  const { t, now } = request;
  const over = isOver(found.event, now) || found.event.status === 'cancelled';
  if (stillThere(found) && !over) return null;
  return menu(
    t(over ? 'signup.staff.over' : 'signup.staff.cancelledBefore', titled(found, request)),
    menuChoices(t, seeIt(found, request)),
  );
}

/** `/sign-up-cancel ID`: asks before staff cancel it. */
export const signUpCancelCommand = ({ rosters }: StaffSignUpParts): Command<Tx> =>
  command(
    { name: 'sign-up-cancel', ...hidden },
    {
      load: (tx, { who, args }) => rosters.details(tx, who.communityId, args),
      decide: (found, request) => {
        if (!found) return signUpGone(request);
        const { t } = request;
        const about = { ...titled(found, request), when: whenOf(found, request), registrant: found.signUp.registrantName };
        return (
          notCancelled(found, request) ??
          menu(t('signup.staff.sure', about), [
            { key: '1', label: t('signup.staff.yes'), value: `/sign-up-cancel-yes ${found.signUp.id}` },
            { key: '0', label: t('signup.cancel.no'), value: `/sign-up ${found.signUp.id}` },
          ])
        );
      },
    },
  );

/** `/sign-up-cancel-yes ID`: cancels it as its owner would, with the same time to take it back, and tells whoever signed up. */
export const signUpCancelYesCommand = (parts: StaffSignUpParts): Command<Tx> =>
  command(
    { name: 'sign-up-cancel-yes', ...hidden },
    {
      load: (tx, { who, args }) => lockedDetails(parts, tx, who.communityId, args),
      decide: (found, request) => {
        if (!found) return signUpGone(request);
        const { t } = request;
        const refused = notCancelled(found, request);
        if (refused) return refused;
        const { id, eventId } = found.signUp;
        const items = [{ label: t('signup.staff.undo'), line: `/sign-up-undo ${id}` }, ...seeIt(found, request)];
        return {
          ...menu(
            t('signup.staff.cancelled', { ...titled(found, request), registrant: found.signUp.registrantName }),
            menuChoices(t, items),
          ),
          effects: [parts.effects.cancel.make({ signUpId: id, eventId })],
        };
      },
    },
  );

/** `/sign-up-undo ID`: takes back what was just cancelled. */
export const signUpUndoCommand = (parts: StaffSignUpParts): Command<Tx> =>
  command(
    { name: 'sign-up-undo', ...hidden },
    {
      load: (tx, { who, args }) => lockedDetails(parts, tx, who.communityId, args),
      decide: (found, request) => {
        if (!found) return signUpGone(request);
        const { t, now } = request;
        const { id, eventId, status, until } = found.signUp;
        const choices = menuChoices(t, seeIt(found, request));
        if (stillThere(found)) return menu(t('signup.staff.restoredBefore', titled(found, request)), choices);
        if (!['leaving', 'cancelled'].includes(status) || (until ?? 0) <= now) return menu(t('signup.staff.tooLate'), choices);
        return {
          ...menu(t('signup.staff.restored', titled(found, request)), choices),
          effects: [parts.effects.undo.make({ signUpId: id, eventId })],
        };
      },
    },
  );
