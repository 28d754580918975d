import { resume, step, type Context, type Dialog, type Effect, type Input, type Say, type Step } from '../../../src/dialog/index.js';
import { texts } from './texts.js';

/** A world that stands still: 28 July 2026, 10:00 in Shanghai. */
export function world<Facts>(facts: Facts, locale: 'zh-CN' | 'en' = 'zh-CN'): Context<Facts> {
  return { facts, now: Date.UTC(2026, 6, 28, 2), timeZone: 'Asia/Shanghai', locale, t: texts(locale).t };
}

/** A talk held in memory. The state goes through JSON between the turns, as a store would do it. */
export interface Talk<Facts, E extends Effect> {
  say(text: string): Step<E>;
  /** Presses the choice with this label under the last message. */
  press(label: string): Step<E>;
  choose(value: string): Step<E>;
  resume(): Step<E>;
  /** The facts from now on. */
  facts(facts: Facts): void;
  /** The last step. */
  readonly last: Step<E>;
  /** What the bot said last, choices and all. */
  readonly shown: string;
}

export function talk<Facts, E extends Effect>(dialog: Dialog<Facts, E>, first: Step<E>, at: Context<Facts>): Talk<Facts, E> {
  let ctx = at;
  let last = first;
  const saved = (): unknown => JSON.parse(JSON.stringify(last.state));
  const turn = (input: Input) => (last = step(dialog, saved(), input, ctx));
  return {
    say: (text) => turn({ type: 'text', text }),
    press: (label) => {
      const item = last.say.flatMap(({ choices = [] }) => choices).find((choice) => choice.label === label);
      if (!item) throw new Error(`Nothing is called ${label} under:\n${print(last.say)}`);
      return turn({ type: 'choice', value: item.value });
    },
    choose: (value) => turn({ type: 'choice', value }),
    resume: () => (last = resume(dialog, saved(), ctx)),
    facts: (facts) => {
      ctx = { ...ctx, facts };
    },
    get last() {
      return last;
    },
    get shown() {
      return print(last.say);
    },
  };
}

/** Messages as a transcript shows them: `<`, further lines indented, choices in brackets. */
export function print(says: readonly Say[]): string {
  return says
    .map(({ text, choices = [] }) => {
      const items = choices.map(({ key, label }) => `[${key === undefined ? label : `${key} ${label}`}]`);
      return [`< ${text.replaceAll('\n', '\n  ')}`, ...(items.length > 0 ? [`  ${items.join(' ')}`] : [])].join('\n');
    })
    .join('\n');
}
