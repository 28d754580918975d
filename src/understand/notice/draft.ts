import { readAnnouncement } from '../announcement/announcement.js';
import type { Context } from '../dates/types.js';
import { momentsIn } from './moments.js';
import type { Clause, Field, Turn } from './turns.js';
import type { Act, Notice, To } from './types.js';
import { bareValue, capacityOf, placeOf, timeAt } from './values.js';

/** What a notice says only to be polite, or to say that the rest stays. */
export const courtesy =
  /^(?:请|望|敬请|麻烦|烦请)?(?:各位|大家|家长|居民|邻居|朋友|已?报名的?)*们?(?:家长|朋友|邻居|居民)?们?(?:互相|相互)?(?:转告|周知|知悉|悉知|知晓|留意|注意|谅解|见谅|理解|体谅|配合|支持|支持和理解)(?:一下|下)?$|^(?:非常|十分)?(?:谢谢|感谢|抱歉|不好意思|对不起)(?:大家|各位|您|理解|配合|支持|的)*$|^(?:给|由此)?.{0,6}不便.{0,8}$|^(?:其他|其它|其余|别的|地点|时间|内容|名额|地方|日期|人数|报名)[的、和及]?(?:安排|事项|内容|时间|地点|名额|日期)*(?:都|均|皆|也|保持|全)?(?:不变|照旧|照常|有效|保留)$|^特此(?:通知|告知|更正)$|^(?:收到|看到)请?回复$|^不见不散$|^(?:紧急|重要)?(?:通知|提醒|更正)$|^(?:thanks?|thank you|sorry|please note)(?: .{0,20})?$/iu;

/** A notice while it is read. `about`: the stretches that say what it is about. */
export interface Draft {
  readonly about: string[];
  readonly said: string[];
  readonly rest: string[];
  to?: To;
  place?: string;
  capacity?: NonNullable<Notice['capacity']>;
  capacityBy?: number;
  renamed?: string;
  act?: Act;
}

/** What the reading of a clause goes by. */
export interface Taking {
  readonly draft: Draft;
  readonly context: Context;
  readonly ahead: readonly Clause[];
  /** A clause before this one has turned. */
  readonly turned: boolean;
}

/** 改到8月2日，下午3点到4点: the other half of the new time stands behind the comma. */
export function goesOn({ text }: Clause, { draft }: Taking): boolean {
  const found = draft.to?.type === 'moment' ? timeAt(text) : undefined;
  if (found?.to.type !== 'moment' || draft.to?.type !== 'moment' || found.tail !== '') return false;
  const [before, after] = [draft.to.moment, found.to.moment];
  const together = (before.clocks === undefined || after.clocks === undefined) && (before.days.length === 0 || after.days.length === 0);
  if (!together) return false;
  const clocks = after.clocks ?? before.clocks;
  const part = after.part ?? before.part;
  draft.to = {
    ...draft.to,
    words: `${draft.to.words} ${found.to.words}`,
    moment: {
      from: before.from,
      to: before.to,
      weak: false,
      several: before.several || after.several,
      days: [...before.days, ...after.days],
      ...(clocks === undefined ? {} : { clocks }),
      ...(part === undefined ? {} : { part }),
    },
  };
  return true;
}

/** What an announcement puts before these. */
const prefixes: Partial<Record<Field, string>> = { ages: '年龄：', teacher: '授课老师：', bring: '请带：' };

/** A clause that says what becomes of what. */
export function takeTurn({ field, label, name, old, after, towards }: Turn, taking: Taking): void {
  const { draft } = taking;
  const value = bareValue(after);
  const time = field === undefined || field === 'when' || field === 'place' ? timeAt(after, towards) : undefined;
  // A place before a new time is none: 书法教室改到周日. Else the old value may still say which meeting is meant: 时间由8月15日改为…
  draft.about.push(time !== undefined && field === 'place' ? `${name}${label}${old}` : `${name} ${momentWords(old)}`);
  if (time !== undefined) {
    takeTime(time.to, draft);
    takeTail(time.tail, taking);
  } else if (value === '') draft.rest.push(`${label}${old}` === '' ? name : `${label}${old}`);
  else if (field === undefined) takeUnlabelled(value, taking);
  else takeLabelled(field, label, value, taking);
}

/** Two new times contradict each other: the second is named, and staff look. */
function takeTime(to: To, draft: Draft): void {
  if (draft.to === undefined) draft.to = to;
  else if ('words' in to) draft.rest.push(to.words);
}

function takeLabelled(field: Field, label: string, value: string, { draft, context }: Taking): void {
  switch (field) {
    case 'when':
      takeTime({ type: 'unread', words: value }, draft);
      break;
    case 'place':
      if (draft.place === undefined) draft.place = value;
      else draft.rest.push(`${label}${value}`);
      break;
    case 'title':
      if (draft.renamed === undefined) draft.renamed = value.replace(/^[“"「《]|[”"」》]$/gu, '');
      else draft.rest.push(value);
      break;
    case 'capacity': {
      const capacity = capacityOf(value, true);
      if (capacity === undefined || draft.capacity !== undefined) draft.rest.push(`${label}${value}`);
      else draft.capacity = capacity;
      break;
    }
    case 'deadline': {
      const line = `报名截止${value.replace(/(?:截止|为止)$/u, '')}`;
      if (readAnnouncement(line, context).deadline === undefined) draft.rest.push(`${label}${value}`);
      else draft.said.push(line);
      break;
    }
    case 'ages':
    case 'teacher':
    case 'bring':
      draft.said.push(`${prefixes[field] ?? ''}${value}`);
  }
}

/** 改到文化站, 改为10人: what is named says what it is. */
function takeUnlabelled(value: string, { draft, context }: Taking): void {
  const capacity = capacityOf(value, false);
  const place = capacity === undefined ? placeOf(value, context) : undefined;
  if (capacity !== undefined && draft.capacity === undefined) draft.capacity = capacity;
  else if (place !== undefined && draft.place === undefined) draft.place = place;
  else draft.rest.push(value);
}

/** What stands behind a new time: mostly the place. */
export function takeTail(tail: string, { draft, context }: Taking): void {
  if (tail === '') return;
  const place = draft.place === undefined ? placeOf(tail, context) : undefined;
  if (place === undefined) draft.rest.push(tail);
  else draft.place = place;
}

/** Of some words, those alone that name a day or a time. */
const momentWords = (text: string): string =>
  momentsIn(text)
    .map(({ from, to }) => text.slice(from, to))
    .join(' ');

/** A clause in which nothing turns, in a notice that turns elsewhere: as an announcement says it, but for its days. `mayName`: it may name the event. */
export function takePlain({ words, text }: Clause, { draft, context }: Taking, mayName: boolean): void {
  const plain = labelled(text);
  const read = readAnnouncement(plain, context);
  const fields = [read.capacity, read.minAge, read.maxAge, read.bring, read.deadline, read.companions, read.teacher, read.organisation];
  const told = fields.some((field) => field !== undefined);
  const there = /^(?:在|到)/u.test(text) && draft.place === undefined ? placeOf(text, context) : undefined;
  const place = there ?? (/地点|场地|地址/u.test(plain) ? read.place : undefined);
  const timed = read.date !== undefined || read.start !== undefined || read.sessions.length > 0;
  if (timed || (!told && place === undefined)) {
    if (mayName && !timed && read.title !== undefined) draft.about.push(text);
    else draft.rest.push(words);
    return;
  }
  if (place !== undefined && draft.place === undefined) draft.place = place;
  else if (place !== undefined && place !== draft.place) draft.rest.push(place);
  if (there !== undefined) return;
  if (told) draft.said.push(place === undefined ? plain : plain.replace(place, ' '));
  const left = [...(read.title === undefined ? [] : [read.title]), ...read.rest].filter((one) => !courtesy.test(one));
  if (mayName) draft.about.push(...left);
  else draft.rest.push(...left);
}

/** 地点是三楼 as announcements put it. */
export const labelled = (text: string): string =>
  text.replace(/(时间|地点|名额|年龄|报名截止|老师)(?:应该|应当|应)?[是为](?!否)/u, ' $1：');
