import { z } from 'zod';
import { command, dialogRoom, menuChoices, type Command } from '../../../command/index.js';
import { custom, dialog, type Effect, type Say } from '../../../dialog/index.js';
import type { Rosters, SignUpDetails } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { looksLikeIdNumber } from '../../../understand/index.js';
import { nameOf } from '../words/tellings.js';
import { lockedDetails, signUpGone, stillThere, type StaffSignUpParts } from './signUp.js';
import type { StaffSignUpEffects } from './signUp.effects.js';
import { staffOnly } from '../form/manage.js';

/** Code points of a note. */
const longest = 200;

/** What says that there is to be no note. */
const nothing = /^(?:删除|删掉|清空|去掉|不要备注|delete|clear|remove)[。.!！]?$/iu;

/** A note; empty where the one that is there is to go. */
const noteField = () =>
  custom({
    schema: z.string().max(2 * longest),
    reasons: ['empty', 'tooLong', 'idNumber'],
    numbersAreAnswers: false,
    read: (written) => {
      if (written === '') return { ok: false, reason: 'empty' };
      if (nothing.test(written)) return { ok: true, value: '' };
      if (looksLikeIdNumber(written)) return { ok: false, reason: 'idNumber' };
      return Array.from(written).length > longest ? { ok: false, reason: 'tooLong' } : { ok: true, value: written };
    },
    show: (note, { t }) => (note === '' ? t('note.none') : note),
  });

interface Facts {
  readonly staff: boolean;
  /** Null: another community's, or gone. */
  readonly found: SignUpDetails | null;
}

type Seed = { readonly signUp: string };

/** What staff write beside a sign-up. Wording: locales, `note.*`. */
export const noteDialog = (effects: Pick<StaffSignUpEffects, 'write'>) =>
  dialog<Facts, Seed>('note', {
    version: 1,
    readBack: 'simple',
    needs: ['staff', 'found'],
    seed: z.strictObject({ signUp: z.string() }),
  })
    .ask('note', noteField(), {
      params: (_answers, { facts: { found }, t }) => ({
        name: found ? nameOf(found.signUp, t) : '',
        now: !found || found.note === null ? '' : t('note.now', { note: found.note }),
        max: longest,
      }),
    })
    .complete(({ note }, { facts, t, seed }): { say: Say[]; effects: Effect[] } => {
      const { found, staff } = facts;
      if (!staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      if (!found || !stillThere(found)) return { say: [{ text: t('signup.staff.gone') }], effects: [] };
      const items = [
        { label: t('signup.staff.see'), line: `/sign-up ${seed.signUp}` },
        { label: t('event.manage.roster'), line: `/roster ${found.event.ref}` },
      ];
      return {
        say: [{ text: t(note === '' ? 'note.cleared' : 'note.kept'), choices: menuChoices(t, items) }],
        effects: [effects.write.make({ signUpId: seed.signUp, note: note === '' ? null : note })],
      };
    });

/** The dialog with its facts; of somebody who is not on the list any more nothing is written down. */
export const noteRoom = (parts: Pick<StaffSignUpParts, 'rosters' | 'readLocked' | 'effects'>) =>
  dialogRoom(
    noteDialog(parts.effects),
    async (tx: Tx, { who: { staff, communityId } }, { signUp }: Seed, deciding): Promise<Facts> => {
      const look = deciding ? lockedDetails(parts, tx, communityId, signUp) : parts.rosters.details(tx, communityId, signUp);
      return { staff, found: await look };
    },
    'staff',
    ({ found }, { t }) => (found && stillThere(found) ? null : t('signup.staff.gone')),
  );

/** `/note ID`: writes something beside a sign-up. What stands there is shown first. */
export const noteCommand = (rosters: Rosters, effects: Pick<StaffSignUpEffects, 'seen'>): Command<Tx> =>
  command(
    { name: 'note', words: [], hidden: true, ...staffOnly },
    {
      load: (tx, { who, args }) => rosters.details(tx, who.communityId, args),
      decide: (found, request) => {
        if (!found || !stillThere(found)) return signUpGone(request);
        return {
          open: { dialog: 'note', seed: { signUp: found.signUp.id } },
          effects: [effects.seen.make({ signUpIds: [found.signUp.id] })],
        };
      },
    },
  );
