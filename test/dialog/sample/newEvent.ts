import { z } from 'zod';
import { choice, custom, date, dialog, number, optional, text, yesNo, type Json } from '../../../src/dialog/index.js';
import { readDay } from './camp.js';

/** A staff form: opened with what was understood from a pasted text. */
export type NewEventEffect = { readonly type: 'publish'; readonly answers: Json };

export const newEvent = dialog<object>('newEvent', { version: 1, readBack: 'form' })
  .ask('title', text({ max: 40, reasons: ['phone'], check: (written) => (/\d{11}/.test(written) ? 'phone' : null) }))
  .ask('kind', choice(['class', 'festival', 'outing']))
  .ask(
    'day',
    date({
      reasons: ['unreadable', 'noSuchDay'],
      parse: (written) => (written === '周六' ? { ok: true, value: '2026-08-01', note: '周六是8月1日。' } : readDay(written)),
      show: (day) => day,
    }),
  )
  .ask('place', text({ max: 30 }))
  .ask('capacity', optional(number({ min: 1, max: 1000, read: (written) => (/^\d+人?$/.test(written) ? parseInt(written, 10) : null) })))
  .ask(
    'ages',
    optional(
      custom({
        schema: z.object({ min: z.int(), max: z.int() }),
        reasons: ['unreadable'],
        read: (written) => {
          const [, min, max] = /^(\d+)-(\d+)岁$/.exec(written) ?? [];
          return min && max ? { ok: true, value: { min: Number(min), max: Number(max) } } : { ok: false, reason: 'unreadable' };
        },
        show: ({ min, max }) => `${min}-${max}岁`,
      }),
    ),
  )
  .when(
    ({ kind }) => kind === 'outing',
    (d) => d.ask('bus', yesNo()),
  )
  .complete<NewEventEffect>((answers, { t }) => ({ say: [{ text: t('newEvent.done') }], effects: [{ type: 'publish', answers }] }));
