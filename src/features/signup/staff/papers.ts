import { z } from 'zod';
import { menu, command, menuChoices, type Command, type PaperFile, type PaperMaker } from '../../../command/index.js';
import { asLocale } from '../../../i18n/index.js';
import { calendar, csv, mimeTypes, poster, xlsx } from '../../../papers/index.js';
import { communityById, takenOverIn } from '../../../people/index.js';
import { attendanceOfEvent, droppedSessions, eventByRef, type Rosters, type SignUps } from '../../../programme/index.js';
import type { Tx } from '../../../storage/index.js';
import { details, type Reader } from '../words/cards.js';
import type { SignupEffects } from '../places/effects.js';
import { rosterSheet } from './rosterSheet.js';
import { staffOnly } from '../form/manage.js';

const recipe = z.object({ ref: z.string() });
const rosterRecipe = z.object({ ref: z.string(), as: z.enum(['xlsx', 'csv']) });

/** The files about an event: its roster for staff, an entry for a calendar and a poster for everybody. */
export function createPapers({ signUps, rosters }: { signUps: SignUps; rosters: Rosters }): Readonly<Record<string, PaperMaker<Tx>>> {
  return {
    'signup.roster': async (tx, args, { communityId, now, texts, locale }) => {
      const { ref, as } = rosterRecipe.parse(args);
      const event = await eventByRef(tx, communityId, ref);
      if (!event) return null;
      const people = await signUps.ofEvent(tx, event.id);
      const t = texts(locale);
      const notes = await rosters.notesOf(tx, event.id);
      const marks = await attendanceOfEvent(tx, event.id);
      const takenOver = await takenOverIn(tx, communityId, [event.id]);
      const sheet = rosterSheet({ event, people, notes, marks, takenOver }, { t, now, locale: asLocale(locale) });
      return async (): Promise<PaperFile> => ({
        // No name of a person stands in it, and the title of an event does.
        name: `${t('signup.files.roster')}-${safe(event.title)}.${as}`,
        mimeType: mimeTypes[as],
        data: as === 'xlsx' ? await xlsx(sheet) : await csv(sheet),
      });
    },
    'signup.calendar': async (tx, args, { communityId, now, texts, locale }) => {
      const event = await eventByRef(tx, communityId, recipe.parse(args).ref);
      if (!event) return null;
      const t = texts(locale);
      const reader: Reader = { t, now, locale: asLocale(locale) };
      const dropped = await droppedSessions(tx, event.id);
      const entries = [...event.sessions, ...dropped].map((session) => ({
        uid: `${session.id}@linli`,
        title: event.title,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        place: session.place,
        description: details(event, reader).join('\n'),
        revision: session.revision + event.revision,
        cancelled: event.status === 'cancelled' || session.postponed || dropped.includes(session),
      }));
      return async () => ({ name: `${safe(event.title)}.ics`, mimeType: mimeTypes.ics, data: await calendar(entries, now) });
    },
    'signup.poster': async (tx, args, { communityId, now, texts, locale }) => {
      const event = await eventByRef(tx, communityId, recipe.parse(args).ref);
      if (!event) return null;
      const community = await communityById(tx, communityId);
      const t = texts(locale);
      const lines = details(event, { t, now, locale: asLocale(locale) }).map(labelled);
      const page = {
        title: event.title,
        lines,
        qrText: `/join ${event.ref}`,
        qrCaption: t('signup.files.scan'),
        community: community.name,
      };
      return async () => ({
        name: `${t('signup.files.poster')}-${safe(event.title)}.png`,
        mimeType: mimeTypes.png,
        data: await poster(page),
      });
    },
  };
}

/** `时间：8月1日` as a label and its value. */
function labelled(line: string): { label: string; value: string } {
  const [, label = '', value = line] = /^([^：:]{1,12})[：:]\s?([\s\S]*)$/u.exec(line) ?? [];
  return { label, value };
}

/** What a file may be called on every system. */
const safe = (title: string): string =>
  Array.from(title.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ').trim())
    .slice(0, 40)
    .join('');

/** Everything that a file is asked for by. */
export const paperCommands = (effects: SignupEffects): Command<Tx>[] => [
  command(
    { name: 'export', words: [], hidden: true, ...staffOnly },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args.split(' ')[0] ?? ''),
      decide: (event, { t, args }) => {
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const as = args.endsWith(' csv') ? 'csv' : 'xlsx';
        const other = as === 'xlsx' ? [{ label: t('signup.files.asCsv'), line: `/export ${event.ref} csv` }] : [];
        const choices = menuChoices(t, [...other, { label: t('event.roster.manage'), line: `/manage-event ${event.ref}` }]);
        const say = {
          text: t('signup.files.rosterOf', { title: event.title }),
          choices,
          paper: { name: 'signup.roster', args: { ref: event.ref, as } },
        };
        return { say: [say], effects: [effects.seen.make({ eventId: event.id })] };
      },
    },
  ),
  fileCommand('poster', 'signup.poster'),
  fileCommand('calendar', 'signup.calendar'),
];

/** A file about an event that everybody may have. */
const fileCommand = (name: 'poster' | 'calendar', paper: string): Command<Tx> =>
  command(
    { name, words: [], hidden: true, for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who, args }) => eventByRef(tx, who.communityId, args),
      decide: (event, { t }) => {
        if (!event) return menu(t('signup.gone'), menuChoices(t, []));
        const choices = menuChoices(t, [{ label: t('signup.files.back'), line: `/event ${event.ref}` }]);
        return {
          say: [{ text: t(`signup.files.${name}Of`, { title: event.title }), choices, paper: { name: paper, args: { ref: event.ref } } }],
        };
      },
    },
  );
