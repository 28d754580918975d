import { z } from 'zod';
import type { Json } from '../types.js';

/** Somebody of the household who can be chosen, as the feature loads them. */
export interface KnownPerson {
  readonly id: string;
  /** As the person is to be shown: `王小明（8岁）`. */
  readonly label: string;
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  /** False: shown, with `why` (such as "already signed up"), but not to be chosen. */
  readonly fits: boolean;
  readonly why?: string;
}

/** A child who was named in the dialog; stored nowhere before the dialog's effect. */
export type NewPerson = { readonly name: string; readonly birthDate: string };

/** One who was chosen. */
export type Chosen = { readonly id: string } | { readonly new: NewPerson };

const newPerson = z.object({ name: z.string().min(1), birthDate: z.iso.date() });

/** Checks one stored choice. */
export const chosenSchema: z.ZodType<Chosen> = z.union([z.strictObject({ id: z.string() }), z.strictObject({ new: newPerson })]);

const partialSchema = z.object({
  stage: z.enum(['pick', 'name', 'birthDate', 'more']),
  chosen: z.array(chosenSchema),
  /** Everyone named in this dialog, chosen or not, so that nobody is typed twice. */
  named: z.array(newPerson),
  /** The name that waits for its birth date. */
  name: z.string(),
});

/** How far the choosing has come. */
export interface Choosing {
  readonly stage: 'pick' | 'name' | 'birthDate' | 'more';
  readonly chosen: readonly Chosen[];
  readonly named: readonly NewPerson[];
  readonly name: string;
}

/** Somebody who stands in the list: known already, or named in this dialog. */
export interface Candidate {
  readonly value: string;
  readonly chosen: Chosen;
  readonly name: string;
  readonly birthDate: string;
  readonly label: string;
}

/** Where choosing begins: with the list, with a name where there is nobody to list, or after the name where it was said before. */
export function beginning(partial: Json, known: readonly KnownPerson[], named: string | null = null): Choosing {
  const parsed = partialSchema.safeParse(partial);
  if (parsed.success) return parsed.data;
  if (named !== null) return { stage: 'birthDate', chosen: [], named: [], name: named };
  return { stage: known.length > 0 ? 'pick' : 'name', chosen: [], named: [], name: '' };
}

/** The half answer as it is saved. */
export function saved({ stage, chosen, named, name }: Choosing): Json {
  return { stage, chosen: [...chosen], named: [...named], name };
}

/** All who may still be chosen. */
export function candidates(choosing: Choosing, known: readonly KnownPerson[], labelNew: (child: NewPerson) => string): Candidate[] {
  const old = known.filter(({ fits }) => fits).map((one) => ({ ...one, value: `known:${one.id}`, chosen: { id: one.id } }));
  const fresh = choosing.named.map((one, index) => ({ ...one, value: `named:${index}`, label: labelNew(one), chosen: { new: one } }));
  return [...old, ...fresh].filter((candidate) => !choosing.chosen.some((chosen) => sameChosen(chosen, candidate.chosen)));
}

/** Whether two choices are of the same person. */
export function sameChosen(one: Chosen, other: Chosen): boolean {
  if ('id' in one) return 'id' in other && one.id === other.id;
  return 'new' in other && samePerson(one.new, other.new);
}

/** A child is the same when name and birth date are. */
export function samePerson(one: NewPerson, other: NewPerson): boolean {
  return one.birthDate === other.birthDate && plainName(one.name) === plainName(other.name);
}

/** A name as it is compared. */
export function plainName(name: string): string {
  return name.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** One step back; undefined where it leaves the question. */
export function stepBack(choosing: Choosing, known: readonly KnownPerson[]): Choosing | undefined {
  const { stage, chosen, named } = choosing;
  const list = chosen.length > 0 ? 'more' : 'pick';
  const nobody = known.length === 0 && named.length === 0;
  if (stage === 'birthDate') return { ...choosing, stage: 'name', name: '' };
  if (stage === 'name') return list === 'pick' && nobody ? undefined : { ...choosing, stage: list };
  const last = chosen.at(-1);
  if (stage === 'pick' || !last) return undefined;
  const before = chosen.slice(0, -1);
  if ('id' in last) return { ...choosing, chosen: before, stage: before.length > 0 ? 'more' : 'pick' };
  // Back to the birth date that was just given, its name kept.
  return { stage: 'birthDate', chosen: before, named: named.filter((one) => !samePerson(one, last.new)), name: last.new.name };
}
