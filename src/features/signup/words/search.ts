import { pinyin } from 'pinyin-pro';

/** The service types that every community has, by their key, as residents call them. The list is open: others are kept as they are written. */
export const serviceNames: Readonly<Record<string, string>> = {
  family: '家庭综合',
  employment: '就业',
  older: '为老',
  disability: '助残',
  young: '青少年',
};

/** Words as they are compared. */
export const fold = (words: string): string => words.normalize('NFKC').toLowerCase().trim();

/** What of an event can be found by words. */
export interface Findable {
  readonly title: string;
  readonly aliases: readonly string[];
  readonly teacher: string | null;
  readonly organisation: string | null;
  readonly serviceType: string | null;
}

/** What a search for an event looks in: its names, teacher, organisation and service type as they are written, and their pinyin, whole and by first letters. */
export function searchOf({ title, aliases, teacher, organisation, serviceType }: Findable): string {
  const kind = serviceType === null ? null : (serviceNames[serviceType] ?? serviceType);
  const words = [title, ...aliases, teacher, organisation, kind].filter((word) => word !== null).map(fold);
  return [...words, ...words.flatMap((word) => soundsOf(word))].join('\n');
}

/** How words sound: their pinyin, whole and by first letters; `as` says that they begin with a surname. */
function soundsOf(word: string, as: { surname?: 'head' } = {}): string[] {
  const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true, ...as });
  return [syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')];
}

/** What a search for a person looks in: the name as it is written and its pinyin, whole and by first letters, the surname as surnames sound (曾 zeng, 单 shan). */
export function searchableName(name: string): string {
  const word = fold(name);
  return [word, ...soundsOf(word, { surname: 'head' })].join('\n');
}

/** What is looked for longer than this is nobody's name. */
const longestName = 40;

/** The words of a search for a person, each of which has to stand in the name; null where nobody can be meant. What LIKE would read as a sign is a letter like any other. */
export function nameWords(written: string): string[] | null {
  if (Array.from(written.slice(0, 2 * longestName + 1)).length > longestName) return null;
  const words = written
    .split(/\s+/u)
    .map(fold)
    .filter((word) => word !== '');
  return words.length === 0 ? null : words;
}

/** Those that a line names best, by the pairs of letters that it shares with their titles: `美术课不上了` means 美术公益课堂. */
export function namedBest<Event extends { readonly title: string }>(text: string, events: readonly Event[]): Event[] {
  const pairs = (words: string) => {
    const letters = Array.from(words.replace(/[\s\p{P}\p{S}]/gu, ''));
    return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`));
  };
  const said = pairs(text);
  const shared = events.map((event) => [...pairs(event.title)].filter((pair) => said.has(pair)).length);
  const most = Math.max(0, ...shared);
  return most === 0 ? [] : events.filter((_, at) => shared[at] === most);
}
