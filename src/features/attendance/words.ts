import type { Mark } from '../../programme/index.js';
import type { Listed } from './rules.js';

/** What staff wrote to mark people. */
export interface Told {
  readonly state: Mark;
  readonly chosen: readonly Listed[];
  /** What fits nobody on the list. */
  readonly unknown: readonly string[];
  /** Names that fit several. */
  readonly several: readonly { readonly name: string; readonly numbers: readonly number[] }[];
  /** Numbers were among it, which mean what the writer saw. */
  readonly byNumber: boolean;
}

const said: readonly (readonly [Mark, string])[] = [
  ['absent', '缺席|缺勤|缺|没来|没到|未到|absent'],
  ['leave', '请假|假|leave'],
  ['attended', '到了|来了|到|签到|here|present'],
];

/** `缺 3`, `3缺`, `3号没来`: how, and who. Without a word for it they came. */
function stateOf(text: string): { state: Mark; rest: string } {
  for (const [state, words] of said) {
    const [, behind] = new RegExp(`^(?:${words})[\\s:]*(.*\\S.*)$`, 'u').exec(text) ?? [];
    const [, before] = new RegExp(`^(.*?\\S)\\s*(?:${words})$`, 'u').exec(text) ?? [];
    const rest = behind ?? before;
    if (rest !== undefined) return { state, rest };
  }
  return { state: 'attended', rest: text };
}

const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** `全到`, `其余都缺`: how all are marked who are not marked yet; null for anything else. */
export function readRest(text: string): 'attended' | 'absent' | null {
  const plain = fold(text).replace(/[\s。.!]+$/u, '');
  if (/^(?:全到了?|都到了?|全来了|都来了|all here)$/u.test(plain)) return 'attended';
  return /^(?:(?:其余|其他|剩下)(?:的|人)*都?(?:缺|没来|没到)|the rest absent)$/u.test(plain) ? 'absent' : null;
}

/** Reads who is meant by numbers (`1 3 5`, `1-5`, `3号`, full-width too) and names, and how they are marked. Pure. */
export function readMarking(text: string, list: readonly Listed[]): Told {
  const plain = fold(text).replace(/\s+/gu, ' ');
  // Before the word for "here" is looked for, since 1到5 says it too.
  const ranged = plain.replace(/(\d+)号?\s*(?:[-~–—]|到|至|to)\s*(\d+)/gu, '$1-$2').replace(/(?<=\d)号?\s*[和跟与]\s*(?=\d)/gu, ' ');
  const whole = list.filter(({ name }) => name !== '' && fold(name) === ranged);
  const { state, rest: said } = whole.length > 0 ? { state: 'attended' as Mark, rest: ranged } : stateOf(ranged);
  let rest = said;
  const chosen = new Set<Listed>();
  const unknown: string[] = [];
  const several: { name: string; numbers: number[] }[] = [];
  let byNumber = false;
  const named = (name: string, found: readonly Listed[]) => {
    const [one, ...others] = found;
    if (!one) unknown.push(name);
    else if (others.length > 0) several.push({ name, numbers: found.map(({ number }) => number) });
    else chosen.add(one);
  };
  // Names of several words are taken out first.
  for (const name of new Set(list.map((one) => fold(one.name)).filter((each) => /\s/u.test(each)))) {
    if (!rest.includes(name)) continue;
    named(
      name,
      list.filter((one) => fold(one.name) === name),
    );
    rest = rest.replaceAll(name, ' ');
  }
  for (const word of rest.split(/[\s,、;。.]+/u).filter((each) => each !== '')) {
    const [, from, to] = /^第?(\d{1,4})(?:-(\d{1,4}))?(?:号|位)?$/u.exec(word) ?? [];
    if (from !== undefined) {
      byNumber = true;
      const ends = [Number(from), Number(to ?? from)] as const;
      const found = list.filter(({ number }) => number >= Math.min(...ends) && number <= Math.max(...ends));
      if (found.length === 0) unknown.push(word);
      for (const one of found) chosen.add(one);
      continue;
    }
    const exact = list.filter(({ name }) => fold(name) === word);
    const part = Array.from(word).length > 1 ? list.filter(({ name }) => fold(name).includes(word)) : [];
    named(word, exact.length > 0 ? exact : part);
  }
  return { state, chosen: [...chosen].sort((one, other) => one.number - other.number), unknown, several, byNumber };
}
