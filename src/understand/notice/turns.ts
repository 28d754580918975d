import { clean, fold } from '../normalize.js';

const corrected = '修改|更正|更新|变更|勘误|改期';
// 【更正】, 更正： at the beginning.
const mark = new RegExp(
  `^\\s*(?:[【[(（][^】\\])）\\n]{0,6}?(?:${corrected})(?:版|后|通知|公告)?[】\\])）]|(?:${corrected})(?:通知)?\\s?[:：])\\s*`,
  'u',
);
/** Whether a pasted text says of itself that it corrects an earlier one: `【更正】…`. */
export const isMarked = (text: string): boolean => mark.test(text);

const greeting =
  /^\s*(?:[【[(（]?(?:(?:各位|亲爱的|尊敬的)?(?:家长|居民|邻居|邻里|朋友|同学)们?|大家|(?:紧急|重要|温馨|最新)?(?:通知|提醒|公告|提示)|注意|dear (?:parents|neighbours|all)|please note)(?:好|们好|您好)?[】\])）]?\s*[,，:：!！。\n]|[【[(（](?:紧急|重要|温馨|最新)?(?:通知|提醒|公告|提示)[】\])）])\s*/iu;

/** A notice without the words that only open it. */
export function opened(text: string): string {
  let rest = text.replace(mark, '');
  while (greeting.test(rest)) rest = rest.replace(greeting, '');
  return rest.replace(mark, '');
}

/** What of an event a clause may be about. */
export type Field = 'when' | 'place' | 'capacity' | 'ages' | 'deadline' | 'title' | 'teacher' | 'bring';

const fields: readonly (readonly [Field, string])[] = [
  ['deadline', '报名(?:截止)?(?:时间|日期)?|截止(?:时间|日期|报名)?'],
  ['when', '(?:活动|上课|开课|开始|课程)?(?:时间|日期)'],
  ['place', '(?:活动|上课|集合)?(?:地点|地方|教室|场地|会场)'],
  ['capacity', '名额|人数|限额'],
  ['ages', '年龄(?:要求|限制|范围)?'],
  ['title', '(?:活动)?名称'],
  ['teacher', '(?:授课|任课)?(?:老师|教师)'],
  ['bring', '要带的?'],
];
const label = new RegExp(fields.map(([name, words]) => `(?<${name}>${words})`).join('|'), 'gu');

const renames = /改名|更名/u;
const later = /推迟|延|顺延|推后|postponed/iu;
const sooner = /提前|提早/u;
const soft = '(?:临时|现|已|也|都|统一|均)?';
const towards =
  '(?:改期|更改|改动|改|换|变更|变|调整|调|移|挪|推迟|延迟|延后|延期|延长|延|顺延|推后|推|提前|提早|增加|增|扩大|扩|减少|缩减|减|缩短)(?:到(?!场(?!地)|达|位|岗|家)|至|为|成|在)';
const english = '(?:has been |have been |is |are |was )?(?:moved|changed|postponed|rescheduled) to';
const named = '(?:改名|更名)(?:为|叫|成)?';
// 改8月2日, 改线上: the word alone, where what follows can be nothing else.
const bare = '(?<![修更])改(?=\\d|[周星礼][一二三四五六日天期拜]|明天|后天|下周|线上)';
const turn = new RegExp(`\\s*(?:${soft}${named}|${soft}(?:${towards}|${bare})|${english})了?\\s?:?\\s*`, 'giu');

/** Whether a word says that the new time is later or sooner than the old one. */
export type Towards = 'later' | 'sooner';

/** A stretch of a notice that says what becomes of what: 美术课|时间|由8月15日|改为|8月16日. */
export interface Turn {
  /** What the label says it is about, and the label. */
  readonly field?: Field;
  readonly label: string;
  /** Before the label, or before the word that turns where there is none: the event. */
  readonly name: string;
  /** Between the two: the old value. */
  readonly old: string;
  /** The new value, and whatever stands behind it. */
  readonly after: string;
  /** 推迟到, 提前到: the new time is later, or sooner. */
  readonly towards?: Towards;
}

/** A stretch of a notice between punctuation, as written and half-width. `turns` is empty where it says nothing of a change. */
export interface Clause {
  readonly words: string;
  readonly text: string;
  readonly turns: readonly Turn[];
}

const stops = /[。；;！!？?\n]|[,，](?!\d{3}(?!\d))/u;

// 如遇下雨改到室内 changes nothing yet.
const perhaps = /^(?:如|若|遇|万一|假如|要是)/u;

/** The clauses of a notice, in order. */
export function clausesOf(written: string): Clause[] {
  return opened(clean(written))
    .split(stops)
    .map((words) => words.replace(/\s+/gu, ' ').trim())
    .filter((words) => /[\p{L}\p{N}]/u.test(words))
    .map((words) => ({ words, text: fold(words), turns: perhaps.test(words) ? [] : turnsIn(fold(words)) }));
}

/** The last label of a stretch, and where it stands. */
function labelIn(text: string): { readonly field: Field; readonly at: number; readonly words: string } | undefined {
  const last = [...text.matchAll(label)].at(-1);
  const found = fields.find(([name]) => last?.groups?.[name] !== undefined);
  return last === undefined || found === undefined ? undefined : { field: found[0], at: last.index, words: last[0] };
}

function turnsIn(text: string): Turn[] {
  const found = [...text.matchAll(turn)];
  let before = text.slice(0, found[0]?.index ?? 0);
  return found.map((match, index) => {
    const from = match.index + match[0].length;
    const next = found[index + 1];
    const between = text.slice(from, next?.index ?? text.length);
    // 时间改为周日 地点改为三楼: what stands before the next turn is partly the value of this one.
    const cut = next === undefined ? between.length : (labelIn(between)?.at ?? (between.lastIndexOf(' ') + 1 || between.length));
    const made = turnOf(before, between.slice(0, cut).trim(), match[0]);
    before = between.slice(cut);
    return made;
  });
}

function turnOf(before: string, after: string, word: string): Turn {
  if (renames.test(word)) return { field: 'title', label: '', name: before, old: '', after };
  const found = labelIn(before);
  const towards = later.test(word) ? { towards: 'later' as const } : sooner.test(word) ? { towards: 'sooner' as const } : {};
  if (found === undefined) return { label: '', name: before, old: '', after, ...towards };
  const { field, at, words } = found;
  return { field, label: words, name: before.slice(0, at), old: before.slice(at + words.length), after, ...towards };
}
