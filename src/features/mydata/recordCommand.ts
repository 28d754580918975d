import { z } from 'zod';
import { command, effect, menuChoices, type Command, type Outcome, type PaperMaker, type Request } from '../../command/index.js';
import { asLocale, date } from '../../i18n/index.js';
import { mimeTypes } from '../../papers/index.js';
import {
  audit,
  communityById,
  loadPersonRecord,
  type Families,
  type Guests,
  type LogRow,
  type Notes,
  type OwnAnswers,
} from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { asFile, pagesOfText, personRecord } from './record.js';

/** What a record is read and written with. `sentence` writes a row of the log in words. */
export interface RecordParts {
  readonly families: Families;
  readonly guests: Guests;
  readonly notes: Notes;
  readonly ownAnswers: OwnAnswers;
  readonly sentence: (row: LogRow, t: Request['t']) => string;
}

/** Writes down that somebody looked at everything that is kept about them. */
export const exported = effect<Tx, null>('person.exported', (tx, _nothing, context) =>
  audit(tx, context, 'person.exported', context.actorId),
);

/** `/me-record [page]`: everything that is kept about a person, in messages that can be kept; or as one file. */
export const recordCommand = (parts: RecordParts): Command<Tx> =>
  command(
    { name: 'me-record', words: ['导出我的资料', 'export my data'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => loadPersonRecord(tx, who.personId, parts),
      decide: (facts, { t, who, now, args }): Outcome => {
        if (!facts) return { say: [{ text: t('mydata.gone') }] };
        const reader = {
          t,
          locale: asLocale(who.locale),
          now,
          timeZone: who.timeZone,
          sentence: (row: LogRow) => parts.sentence(row, t),
        };
        const pages = pagesOfText(personRecord(facts, reader));
        const asked = /^\d{1,3}$/u.test(args) ? Number(args) : 1;
        const page = asked >= 1 && asked <= pages.length ? asked : 1;
        const items = [
          ...(page < pages.length
            ? [{ label: t('mydata.next', { page: page + 1, pages: pages.length }), line: `/me-record ${page + 1}` }]
            : []),
          { label: t('mydata.file.get'), line: '/me-file' },
          { label: t('help.commands.me.label'), line: '/me' },
        ];
        return {
          say: [{ text: pages[page - 1] ?? '', choices: menuChoices(t, items) }],
          ...(page === 1 ? { effects: [exported.make(null)] } : {}),
        };
      },
    },
  );

/** `/me-file`: the same as one file. */
export const fileCommand = (): Command<Tx> =>
  command(
    { name: 'me-file', words: [], hidden: true, for: 'everyone', inGroup: 'privately' },
    {
      load: async () => null,
      decide: (_facts, { t, who }): Outcome => ({
        say: [
          {
            text: t('mydata.file.here'),
            choices: menuChoices(t, [{ label: t('help.commands.me.label'), line: '/me' }]),
            paper: { name: 'mydata.record', args: { personId: who.personId } },
          },
        ],
        effects: [exported.make(null)],
      }),
    },
  );

const recipe = z.object({ personId: z.string() });

/** The file of a record: plain text, because every phone opens that; its name tells nobody whose it is. */
export const recordPaper =
  (parts: RecordParts): PaperMaker<Tx> =>
  async (tx, args, { communityId, now, texts, locale }) => {
    const facts = await loadPersonRecord(tx, recipe.parse(args).personId, parts);
    if (!facts) return null;
    const { timeZone } = await communityById(tx, communityId);
    const t = texts(locale);
    const reader = { t, locale: asLocale(locale), now, timeZone, sentence: (row: LogRow) => parts.sentence(row, t) };
    return async () => ({
      name: `${t('mydata.file.name')}-${date(now, reader.locale, timeZone).replace(/[\s/,]+/gu, '-')}.txt`,
      mimeType: mimeTypes.txt,
      data: asFile(personRecord(facts, reader)),
    });
  };
