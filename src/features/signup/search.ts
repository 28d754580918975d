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
  const sounds = words.flatMap((word) => {
    const syllables = pinyin(word, { toneType: 'none', type: 'array', nonZh: 'consecutive' });
    return [syllables.join(''), syllables.map((syllable) => syllable.slice(0, 1)).join('')];
  });
  return [...words, ...sounds].join('\n');
}
