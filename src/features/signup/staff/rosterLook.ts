import type { SignUpView } from '../../../programme/index.js';
import { nameWords, searchableName } from '../words/search.js';

/** The states that a roster shows, in the order in which staff care for them. */
const states = ['confirmed', 'offered', 'held', 'waiting'] as const;

/** What of a roster somebody looks at: a page, one state, a name. */
export interface Look {
  /** From 1. */
  readonly page: number;
  readonly state: string | null;
  /** The name that is looked for, as it was written; null: everybody. */
  readonly name: string | null;
  /** Digits alone, which are the number of nobody on this page: those are chosen before. */
  readonly number: boolean;
}

/** Reads `p2 =waiting ~CURSOR` or `=waiting 王小明`, what stands behind an event's reference. `open` gives the name behind a cursor. */
export function readLook(written: string, open: (cursor: string) => string | null): Look {
  const [, page, state, rest = ''] = /^(?:p(\d{1,3})(?=\s|$)\s*)?(?:=([a-z]+)(?=\s|$)\s*)?([\s\S]*)$/u.exec(written.trim()) ?? [];
  const name = open(rest) ?? rest;
  return {
    page: Math.max(1, Number(page ?? 1)),
    state: states.find((one) => one === state) ?? null,
    name: name === '' ? null : name,
    number: /^\d+$/u.test(name),
  };
}

/** The same look as a command's text: the name stands in it as a cursor. */
export const lookLine = ({ page, state, cursor }: { page?: number; state: string | null; cursor: string | null }): string =>
  [...(page === undefined ? [] : [`p${page}`]), ...(state === null ? [] : [`=${state}`]), ...(cursor === null ? [] : [cursor])].join(' ');

/** The people of a roster whose name, or whose registrant's, is what somebody looks for. */
export function namedLike(people: readonly SignUpView[], name: string | null): SignUpView[] {
  if (name === null) return [...people];
  const words = nameWords(name);
  if (words === null) return [];
  return people.filter((one) => {
    const searchable = [one.name, one.registrantName].map(searchableName).join('\n');
    return words.every((word) => searchable.includes(word));
  });
}

/** The states that occur, with how many are in each, in the order of the way of a place. */
export const statesOf = (people: readonly SignUpView[]): { state: string; count: number }[] =>
  states.flatMap((state) => {
    const count = people.filter(({ status }) => status === state).length;
    return count === 0 ? [] : [{ state, count }];
  });

/** Where a page of so many stands; a page that is not there is the last. */
export function partOf(count: number, asked: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(count / perPage));
  const page = Math.min(asked, pages);
  return { page, pages, first: (page - 1) * perPage, take: perPage };
}
