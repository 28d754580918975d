import { z } from 'zod';
import { menu, command, dialogRoom, effect, menuChoices, pagesOf, tell, type Command } from '../../../command/index.js';
import { dialog, optional, text, type Effect, type Say } from '../../../dialog/index.js';
import { personName, type Unreached } from '../../../people/index.js';
import { eventByRef, isOpen, managedEvents } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import type { Reader } from '../words/cards.js';
import { nameField } from '../form/fields.js';
import type { Proxied } from './signup.facts.js';
import { linesOfResult, type Result } from './signup.result.js';
import { chooseEvent, staffOnly } from '../form/manage.js';

/** What staff see when they signed somebody up, and what that person hears: privately, or in the group in numbers only. */
export function proxyResult(
  { result, person, register }: { result: Result; person: Proxied; register: Effect },
  reader: Reader,
): { say: Say[]; effects: Effect[] } {
  const { t, now } = reader;
  const { event, given } = result;
  const { ref, title } = event;
  const count = given.reduce((sum, { got }) => sum + got.filter((one) => one !== undefined).length, 0);
  if (count === 0) return { say: [{ text: t('proxy.already', { title }) }], effects: [] };
  const items = [
    { label: t('event.manage.roster'), line: `/roster ${ref}` },
    { label: t('proxy.another'), line: `/sign-up-for ${ref}` },
  ];
  const theirs = { t: person.t, locale: person.locale, now };
  const told = tell({
    personId: person.personId,
    kind: 'confirmation',
    text: [person.t('proxy.told', { title }), ...linesOfResult(result, theirs)].join('\n'),
    inGroup: { groups: person.groups, text: person.t('proxy.toldInGroup', { title, count }) },
    key: `proxy:${event.id}:${person.personId}:${now}`,
  });
  return {
    say: [
      {
        text: [t('proxy.done', { name: person.name, title }), ...linesOfResult(result, reader)].join('\n'),
        choices: menuChoices(t, items),
      },
    ],
    effects: [register, told],
  };
}

/** Writes somebody without an account down. */
export const unreachedEffect = (unreached: Unreached) =>
  effect<Tx, { id: string; name: string; reach: string | null }>('proxy.add', (tx, person, context) => unreached.add(tx, person, context));

/** A number or a name that leads to somebody: 1 is neither. */
const isReach = (written: string): boolean => (written.match(/\p{L}/gu) ?? []).length >= 2 || (written.match(/\p{Nd}/gu) ?? []).length >= 5;

interface Facts {
  readonly staff: boolean;
}

type Seed = { readonly ref: string; readonly person: string };

/** Somebody without a phone: their name, and how staff reach them. Wording: locales, `proxy.*`. */
export const proxyDialog = (add: ReturnType<typeof unreachedEffect>) =>
  dialog<Facts, Seed>('proxy', {
    version: 1,
    readBack: 'simple',
    needs: ['staff'],
    seed: z.strictObject({ ref: z.string(), person: z.string() }),
  })
    .ask('name', nameField())
    .ask('reach', optional(text({ max: 80, reasons: ['tooShort'], check: (written) => (isReach(written) ? null : 'tooShort') })))
    .complete(({ name, reach }, { facts, t, seed }): { say: Say[]; effects: Effect[] } => {
      if (!facts.staff) return { say: [{ text: t('turn.staffOnly') }], effects: [] };
      const items = [{ label: t('proxy.goOn', { name }), line: `/sign-up-for ${seed.ref} ${seed.person}` }];
      return {
        say: [{ text: t('proxy.added', { name }), choices: menuChoices(t, items) }],
        effects: [add.make({ id: seed.person, name, reach })],
      };
    });

/** The dialog with its facts. */
export const proxyRoom = (add: ReturnType<typeof unreachedEffect>) =>
  dialogRoom(proxyDialog(add), async (_tx: Tx, { who }) => ({ staff: who.staff }), 'staff');

/** `/sign-up-for [EVENT [PERSON | page]]`: staff sign somebody up who has no phone. Whoever was written down before can be chosen. */
export const signUpForCommand = (unreached: Unreached): Command<Tx> =>
  command(
    { name: 'sign-up-for', words: ['代报名', 'sign up for somebody'], hidden: true, ...staffOnly },
    {
      load: async (tx, { who, args, now, newId }) => {
        const [ref = '', person = ''] = args.split(' ');
        const event = await eventByRef(tx, who.communityId, ref);
        const named = person === '' || /^\d{1,3}$/u.test(person) ? null : await personName(tx, person);
        return {
          events: /^\d{0,3}$/u.test(ref) ? (await managedEvents(tx, who.communityId, now)).filter((one) => isOpen(one, now)) : null,
          event,
          person: named === null ? null : { id: person, name: named },
          known: await unreached.of(tx, who.communityId),
          fresh: newId(),
        };
      },
      decide: ({ events, event, person, known, fresh }, request) => {
        const { t, args } = request;
        if (events) return chooseEvent(events, request, 'sign-up-for', 'sign-up-for');
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const { ref, title } = event;
        if (person)
          return { open: { dialog: 'signup', seed: { ref, person: person.id }, remarks: [t('proxy.remark', { name: person.name })] } };
        if (known.length === 0 || args.endsWith(' new')) return { open: { dialog: 'proxy', seed: { ref, person: fresh } } };
        const items = [
          { label: t('proxy.fresh'), line: `/sign-up-for ${ref} new` },
          ...known.map(({ personId, name }) => ({ label: name, line: `/sign-up-for ${ref} ${personId}` })),
        ];
        const paging = { ...pagesOf('sign-up-for', args.split(' ')[1] ?? ''), more: (page: number) => `/sign-up-for ${ref} ${page}` };
        return menu(t('proxy.which', { title }), menuChoices(t, items, paging));
      },
    },
  );
