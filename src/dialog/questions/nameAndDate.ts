/** A name as it was read, or why there is none. */
type Name<Why extends string> = { readonly ok: true; readonly name: string } | { readonly ok: false; readonly reason: Why };

/** A day as it was read, or why there is none. */
type Day<Why extends string> = { readonly ok: true; readonly date: string } | { readonly ok: false; readonly reason: Why };

/** A parsed name and birth date are never longer than this together; longer lines are not tried for both. */
const longestLine = 120;

/** Where a line may be cut in two: at every space or comma, and before the first digit. */
function cutsOf(line: string): (readonly [string, string])[] {
  const words = line.split(/[\s,，、]+/u);
  const cuts = words.slice(1).map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')] as const);
  const [, before, after] = /^(\D+)(\d.*)$/u.exec(line.normalize('NFKC')) ?? [];
  return before !== undefined && after !== undefined ? [...cuts, [before.trim(), after]] : cuts;
}

/**
 * Name and birth date in one line: `王小明 2018-05-20`. `why`: there is a name, and a day behind it that cannot be; undefined where it
 * does not look like both.
 */
export function nameAndDate<NameWhy extends string, DayWhy extends string>(
  line: string,
  readName: (text: string) => Name<NameWhy>,
  readDate: (text: string) => Day<DayWhy>,
): { readonly name: string; readonly birthDate: string } | { readonly name: string; readonly why: DayWhy } | undefined {
  if (line.length > longestLine) return undefined;
  let impossible: { readonly name: string; readonly why: DayWhy } | undefined;
  for (const [first, second] of cutsOf(line)) {
    const name = readName(first);
    const birth = readDate(second);
    if (!name.ok) continue;
    if (birth.ok) return { name: name.name, birthDate: birth.date };
    // What is unreadable as a day was none.
    if (birth.reason !== 'unreadable') impossible ??= { name: name.name, why: birth.reason };
  }
  return impossible;
}
