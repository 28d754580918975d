/** How many places one participant takes: one, and one for each companion where staff say that they count. */
export const seatsFor = (
  { unit, companionsCount }: { readonly unit: string; readonly companionsCount: boolean },
  companions: number,
): number => (unit === 'household' || !companionsCount ? 1 : 1 + companions);

/** How full an event or a session is. */
export interface Places {
  /** Null: no limit. */
  readonly capacity: number | null;
  /** Places that are held, offered or confirmed. */
  readonly taken: number;
  /** Places given back that may still be taken back: nobody else gets them yet. */
  readonly leaving: number;
  /** Participants who wait. */
  readonly waiting: number;
}

/** What a participant gets: a place, or a rank (from 1) on the waiting list. */
export type Admission = { readonly status: 'confirmed' } | { readonly status: 'waiting'; readonly rank: number };

/** Somebody who wants to come. */
export interface Comer {
  /** Who shares a place with whom, where households are counted; otherwise each is a party of their own. */
  readonly party: string;
  /** How many places a party takes: one, and one for each companion where companions count. */
  readonly seats: number;
}

/** How many places are free; null where there is no limit. Never negative, also when the capacity was lowered below what is taken. */
export const freePlaces = ({ capacity, taken, leaving }: Places): number | null =>
  capacity === null ? null : Math.max(0, capacity - taken - leaving);

/**
 * Admits those who come, in their order: a place while there is one, then the waiting list. `inLine`: the free places are for
 * somebody on the list, who goes before whoever comes. Who belongs to a party that has a place (`seated`) needs none of their own.
 */
export function admit(
  places: Places,
  comers: readonly Comer[],
  { seated = new Set(), inLine = false }: { readonly seated?: ReadonlySet<string>; readonly inLine?: boolean } = {},
): Admission[] {
  const here = new Set(seated);
  let free = inLine ? 0 : freePlaces(places);
  let waiting = places.waiting;
  return comers.map(({ party, seats }): Admission => {
    if (here.has(party)) return { status: 'confirmed' };
    // Nobody goes past somebody who has just come to wait.
    const fits = free === null || (waiting === places.waiting && seats <= free);
    if (!fits) return { status: 'waiting', rank: (waiting += 1) };
    if (free !== null) free -= seats;
    here.add(party);
    return { status: 'confirmed' };
  });
}

/** Somebody on the waiting list. */
export interface Waiting extends Comer {
  readonly id: string;
  /** Those with the same key go together or not at all. */
  readonly pairKey: string | null;
}

/**
 * Whom the free places are for, in the order of the list. A pair for which there is not room enough is passed over and keeps its
 * position; so is a party that needs more places than are left.
 */
export function nextInLine<W extends Waiting>(places: Places, list: readonly W[], seated: ReadonlySet<string> = new Set()): W[] {
  const here = new Set(seated);
  let free = freePlaces(places);
  const chosen: W[] = [];
  const seen = new Set<string>();
  for (const one of list) {
    if (one.pairKey !== null && seen.has(one.pairKey)) continue;
    const together = one.pairKey === null ? [one] : list.filter(({ pairKey }) => pairKey === one.pairKey);
    if (one.pairKey !== null) seen.add(one.pairKey);
    const seats = seatsOf(together, here);
    if (free !== null && seats > free) continue;
    if (free !== null) free -= seats;
    chosen.push(...together);
    for (const { party } of together) here.add(party);
  }
  return chosen;
}

/** Somebody on the waiting list, and whether it is their turn for the places that are free now. */
export interface InTurn extends Waiting {
  /** `now`: not asked about these places yet; `again`: let one offer pass, and is asked once more; `over`: was asked as often as that. */
  readonly turn: 'now' | 'again' | 'over';
}

/**
 * Whom the free places are for, taking into account who was asked about them: first those who were not, in their order; what is left is
 * for those who let one offer pass, before anybody new gets it.
 */
export function nextInTurn<W extends InTurn>(places: Places, list: readonly W[], seated: ReadonlySet<string> = new Set()): W[] {
  const first = nextInLine(
    places,
    list.filter(({ turn }) => turn === 'now'),
    seated,
  );
  const left = { ...places, taken: places.taken + seatsOf(first, seated) };
  const here = new Set([...seated, ...first.map(({ party }) => party)]);
  return [
    ...first,
    ...nextInLine(
      left,
      list.filter(({ turn }) => turn === 'again'),
      here,
    ),
  ];
}

/** How many places these take together: a party counts once, and not where it has a place already. */
export function seatsOf(comers: readonly Comer[], seated: ReadonlySet<string> = new Set()): number {
  const seats = new Map<string, number>();
  for (const { party, seats: wanted } of comers) if (!seated.has(party)) seats.set(party, Math.max(seats.get(party) ?? 0, wanted));
  return [...seats.values()].reduce((sum, each) => sum + each, 0);
}
