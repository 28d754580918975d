import { z } from 'zod';
import { oneLine } from '../clean.js';
import { own } from '../engineKeys.js';
import type { Asking, Option, Prompt, Question, Reading } from '../question.js';
import type { Input } from '../types.js';
import { wordOf } from '../words.js';
import {
  beginning,
  candidates,
  chosenSchema,
  plainName,
  sameChosen,
  samePerson,
  saved,
  stepBack,
  type Candidate,
  type Choosing,
  type Chosen,
  type KnownPerson,
  type NewPerson,
} from './household.js';

import { nameAndDate } from './nameAndDate.js';

export type { Chosen, KnownPerson, NewPerson } from './household.js';

type NameRefusal = 'empty' | 'tooLong' | 'idNumber' | 'phone' | 'notAName' | 'digits';
type BirthDateRefusal = 'unreadable' | 'noSuchDay' | 'future' | 'tooOld' | 'ambiguous' | 'idNumber';

type FactNames<Facts> = { [K in keyof Facts]: Facts[K] extends readonly KnownPerson[] ? K : never }[keyof Facts];

/** How people of the household are listed, and how a new child is read. */
export interface PeopleOptions<Facts> {
  /** The fact that lists those who are known. */
  readonly from: FactNames<Facts>;
  readonly readName: (text: string) => { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: NameRefusal };
  readonly readBirthDate: (
    text: string,
    q: Asking<Facts>,
  ) => { readonly ok: true; readonly date: string } | { readonly ok: false; readonly reason: BirthDateRefusal };
  /** The birth date as people read it. */
  readonly showBirthDate: (date: string, q: Asking<Facts>) => string;
  /** Says in words why a new child cannot be chosen (too young), null when it can. */
  readonly refuse?: (child: NewPerson, q: Asking<Facts>) => string | null;
  /** Whether a new child may be named; always unless given. */
  readonly mayAdd?: (q: Asking<Facts>) => boolean;
  /** The name of a new child that was said before the question, where it may be added: its birth date is asked first. */
  readonly named?: (q: Asking<Facts>) => string | null;
  /** How many can be chosen; 8 unless given. */
  readonly max?: number;
}

/**
 * One or several people of the household; a new child is named inside the question and stays in the answer.
 * Half answers live in `state.partial`. Texts for a new child are the engine's own (`dialog.people.*`).
 */
export function people<Facts>(options: PeopleOptions<Facts>): Question<readonly Chosen[], Facts> {
  const max = options.max ?? 8;
  const mayAdd = (q: Asking<Facts>) => options.mayAdd?.(q) ?? true;
  const knownIn = (q: Asking<Facts>) => q.facts[options.from] as readonly KnownPerson[];
  const begun = (q: Asking<Facts>) => beginning(q.partial, knownIn(q), mayAdd(q) ? (options.named?.(q) ?? null) : null);
  const labelNew = (q: Asking<Facts>) => (child: NewPerson) =>
    own(q.t, 'people.child', { name: child.name, birthDate: options.showBirthDate(child.birthDate, q) });
  const labelOf = (one: Chosen, q: Asking<Facts>) =>
    'new' in one ? labelNew(q)(one.new) : (knownIn(q).find(({ id }) => id === one.id)?.label ?? '');
  const names = (chosen: readonly Chosen[], q: Asking<Facts>) => chosen.map((one) => labelOf(one, q)).join(own(q.t, 'separator'));
  const remaining = (choosing: Choosing, q: Asking<Facts>) => candidates(choosing, knownIn(q), labelNew(q));

  const ask = (q: Asking<Facts>): Prompt => {
    const choosing = begun(q);
    const { t } = q;
    if (choosing.stage === 'name') {
      // Where it begins with a name, nobody has read yet what it is about.
      const first = choosing.chosen.length === 0 && choosing.named.length === 0 && knownIn(q).length === 0;
      return free(
        [...(first ? [t(`${q.base}.ask`, q.params)] : []), own(t, 'people.name.ask')].join('\n'),
        own(t, 'people.name.help'),
        false,
      );
    }
    if (choosing.stage === 'birthDate') {
      return free(own(t, 'people.birthDate.ask', { name: choosing.name }), own(t, 'people.birthDate.help'), true);
    }
    const left = remaining(choosing, q);
    const listed: Option[] = left.map(({ value, label }) => ({ value, label }));
    const help = t(`${q.base}.help`, q.params);
    if (choosing.stage === 'more') {
      const text = [own(t, 'people.chosen', { names: names(choosing.chosen, q) }), own(t, 'people.more')].join('\n');
      const ends = [
        ...(mayAdd(q) ? [{ value: 'add', label: own(t, 'people.another') }] : []),
        { value: 'done', label: own(t, 'people.done') },
      ];
      return { text, options: [...listed, ...ends], free: false, help };
    }
    const out = knownIn(q).filter(({ fits }) => !fits);
    const lines = out.map(({ label, why }) => own(t, 'people.unavailable', { label, why: why ?? '' }));
    const several = left.length > 1 ? [own(t, 'people.several')] : [];
    const nobody = left.length === 0 && !mayAdd(q);
    const text = [nobody ? own(t, 'people.nobody') : t(`${q.base}.ask`, q.params), ...lines, ...several].join('\n');
    return { text, options: mayAdd(q) ? [...listed, { value: 'add', label: own(t, 'people.add') }] : listed, free: false, help };
  };

  /** Takes picked people in and decides whether to ask for more. */
  const pick = (
    choosing: Choosing,
    picked: readonly Candidate[],
    then: 'decide' | 'add' | 'done',
    q: Asking<Facts>,
  ): Reading<readonly Chosen[]> => {
    const chosen = [...choosing.chosen, ...picked.map((one) => one.chosen)];
    const next = { ...choosing, chosen };
    if (chosen.length > max) return { type: 'wrong', text: own(q.t, 'people.tooMany', { max }) };
    if (then === 'add') {
      if (chosen.length === max) return { type: 'wrong', text: own(q.t, 'people.tooMany', { max }) };
      return { type: 'partial', partial: saved({ ...next, stage: 'name', name: '' }) };
    }
    const over = then === 'done' || chosen.length === max || remaining(next, q).length === 0;
    return over ? { type: 'answer', answer: chosen } : { type: 'partial', partial: saved({ ...next, stage: 'more' }) };
  };

  /** Takes a newly named child in, unless it is there already or does not fit. */
  const add = (choosing: Choosing, child: NewPerson, q: Asking<Facts>): Reading<readonly Chosen[]> => {
    const known = knownIn(q).find((one) => samePerson(one, child));
    const list = (from: Choosing): Choosing => ({ ...from, name: '', stage: from.chosen.length > 0 ? 'more' : 'pick' });
    const start = (from: Choosing): Choosing => {
      const nobody = from.chosen.length === 0 && from.named.length === 0 && knownIn(q).length === 0;
      return nobody ? { ...from, stage: 'name', name: '' } : list(from);
    };
    const chosenAs: Chosen = known ? { id: known.id } : { new: child };
    const refusal = known
      ? known.fits
        ? null
        : own(q.t, 'people.unavailable', { label: known.label, why: known.why ?? '' })
      : (options.refuse?.(child, q) ?? null);
    if (choosing.chosen.some((one) => sameChosen(one, chosenAs))) {
      return { type: 'partial', partial: saved(list(choosing)), note: own(q.t, 'people.again', { name: child.name }) };
    }
    if (refusal !== null) return { type: 'partial', partial: saved(start(choosing)), note: refusal };
    const named = known || choosing.named.some((one) => samePerson(one, child)) ? choosing.named : [...choosing.named, child];
    const chosen = [...choosing.chosen, chosenAs];
    if (chosen.length >= max) return { type: 'answer', answer: chosen };
    const partial = saved(list({ ...choosing, chosen, named }));
    return { type: 'partial', partial, ...(known ? { note: own(q.t, 'people.known', { name: child.name }) } : {}) };
  };

  const both = (line: string, q: Asking<Facts>) => nameAndDate(line, options.readName, (text) => options.readBirthDate(text, q));

  const readName = (choosing: Choosing, line: string, q: Asking<Facts>): Reading<readonly Chosen[]> => {
    const child = both(line, q);
    if (child && 'birthDate' in child) return add(choosing, child, q);
    const name = options.readName(line);
    const asked = (of: string) => saved({ ...choosing, stage: 'birthDate', name: of });
    if (name.ok) return { type: 'partial', partial: asked(name.name) };
    // The name is kept, and the day asked for once more.
    if (child && name.reason !== 'idNumber')
      return { type: 'partial', partial: asked(child.name), note: own(q.t, `people.birthDate.invalid.${child.why}`, { name: child.name }) };
    return { type: 'wrong', text: own(q.t, `people.name.invalid.${name.reason}`) };
  };

  const readBirthDate = (choosing: Choosing, line: string, q: Asking<Facts>): Reading<readonly Chosen[]> => {
    const birth = options.readBirthDate(line, q);
    if (!birth.ok) return { type: 'wrong', text: own(q.t, `people.birthDate.invalid.${birth.reason}`, { name: choosing.name }) };
    return add(choosing, { name: choosing.name, birthDate: birth.date }, q);
  };

  const readList = (choosing: Choosing, input: Input, q: Asking<Facts>): Reading<readonly Chosen[]> => {
    const left = remaining(choosing, q);
    const wrong = { type: 'wrong', text: q.t(`${q.base}.invalid`, q.params) } as const;
    if (input.type === 'choice') {
      if (input.value === 'add' || input.value === 'done') return pick(choosing, [], input.value, q);
      return pick(
        choosing,
        left.filter(({ value }) => value === input.value),
        'decide',
        q,
      );
    }
    const line = oneLine(input.text);
    const word = wordOf(line, choosing.stage === 'more' ? ['all', 'add', 'done'] : ['all', 'add']);
    if (word === 'all') return left.length > 0 ? pick(choosing, left, 'done', q) : wrong;
    if (word === 'add' && !mayAdd(q)) return wrong;
    if (word) return pick(choosing, [], word, q);
    const child = mayAdd(q) ? both(line, q) : undefined;
    if (child && 'birthDate' in child) return add(choosing, child, q);
    const parts = line.split(/[\s,，、;；+&和]+/u).filter((part) => part !== '');
    const meant = parts.map(
      (part) => q.shown.get(part.normalize('NFKC')) ?? left.filter(({ name }) => plainName(name) === plainName(part)),
    );
    const values = meant.flatMap((one) => (typeof one === 'string' ? [one] : one.length === 1 ? [one[0]?.value ?? ''] : []));
    if (values.length === 0 || values.length < parts.length) return wrong;
    const picked = left.filter(({ value }) => values.includes(value));
    if (picked.length === 0 && !values.includes('add') && !values.includes('done')) return wrong;
    if (values.includes('add')) return pick(choosing, picked, 'add', q);
    return pick(choosing, picked, parts.length > 1 || values.includes('done') ? 'done' : 'decide', q);
  };

  return {
    optional: false,
    schema: z.array(chosenSchema).min(1).max(max),
    keys: ['invalid'],
    ask,
    read: (input, q) => {
      const choosing = begun(q);
      const line = input.type === 'text' ? oneLine(input.text) : '';
      if (choosing.stage === 'name') return readName(choosing, line, q);
      if (choosing.stage === 'birthDate') return readBirthDate(choosing, line, q);
      return readList(choosing, input, q);
    },
    show: (answer, q) => names(answer, q),
    fits: (answer, q) => answer.every((one) => 'new' in one || knownIn(q).some(({ id, fits }) => fits && id === one.id)),
    back: (q) => {
      const before = stepBack(begun(q), knownIn(q));
      return before && saved(before);
    },
    reopen: (answer, q) => {
      const named = answer.flatMap((one) => ('new' in one ? [one.new] : []));
      const stage = knownIn(q).length + named.length > 0 ? 'pick' : 'name';
      return saved({ stage, chosen: [], named, name: '' });
    },
  };
}

function free(text: string, help: string, numbersAreAnswers: boolean): Prompt {
  return { text, options: [], free: true, numbersAreAnswers, help };
}
