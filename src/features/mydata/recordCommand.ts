import { command, effect, menuChoices, type Command, type Request } from '../../command/index.js';
import { asLocale } from '../../i18n/index.js';
import { audit, loadPersonRecord, type Families, type LogRow } from '../../people/index.js';
import type { Tx } from '../../storage/index.js';
import { pagesOfText, personRecord } from './record.js';

/** Writes down that somebody looked at everything that is kept about them. */
export const exported = effect<Tx, null>('person.exported', (tx, _nothing, context) =>
  audit(tx, context, 'person.exported', context.actorId),
);

/** `/me-record [page]`: everything that is kept about a person, in messages that can be kept. */
export const recordCommand = (families: Families, sentence: (row: LogRow, t: Request['t']) => string): Command<Tx> =>
  command(
    { name: 'me-record', words: ['导出我的资料', 'export my data'], for: 'everyone', inGroup: 'privately' },
    {
      load: (tx, { who }) => loadPersonRecord(tx, who.personId, families),
      decide: (facts, { t, who, now, args }) => {
        if (!facts) return { say: [{ text: t('mydata.gone') }] };
        const reader = {
          t,
          locale: asLocale(who.locale),
          now,
          timeZone: who.timeZone,
          sentence: (row: LogRow) => sentence(row, t),
        };
        const pages = pagesOfText(personRecord(facts, reader));
        const asked = /^\d{1,3}$/u.test(args) ? Number(args) : 1;
        const page = asked >= 1 && asked <= pages.length ? asked : 1;
        const items = [
          ...(page < pages.length
            ? [{ label: t('mydata.next', { page: page + 1, pages: pages.length }), line: `/me-record ${page + 1}` }]
            : []),
          { label: t('help.commands.me.label'), line: '/me' },
        ];
        return {
          say: [{ text: pages[page - 1] ?? '', choices: menuChoices(t, items) }],
          ...(page === 1 ? { effects: [exported.make(null)] } : {}),
        };
      },
    },
  );
