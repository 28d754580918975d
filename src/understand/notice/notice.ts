import { longestAnnouncement, readAnnouncement } from '../announcement/announcement.js';
import type { Context } from '../dates/types.js';
import { aboutOf, momentsIn } from './moments.js';
import { clausesOf, opened, type Clause, type Field, type Turn } from './turns.js';
import type { Act, Notice, To } from './types.js';
import { bareValue, capacityByIn, capacityOf, placeOf, shiftIn, timeAt } from './values.js';

/** A longer text tells a story, or is an announcement. */
const longest = 300;

const courtesy =
  /^(?:请|望|敬请|麻烦|烦请)?(?:各位|大家|家长|居民|邻居|朋友|已?报名的?)*们?(?:家长|朋友|邻居|居民)?们?(?:互相|相互)?(?:转告|周知|知悉|悉知|知晓|留意|注意|谅解|见谅|理解|体谅|配合|支持|支持和理解)(?:一下|下)?$|^(?:非常|十分)?(?:谢谢|感谢|抱歉|不好意思|对不起)(?:大家|各位|您|理解|配合|支持|的)*$|^(?:给|由此)?.{0,6}不便.{0,8}$|^(?:其他|其它|其余|别的|地点|时间|内容|名额|地方|日期|人数|报名)[的、和及]?(?:安排|事项|内容|时间|地点|名额|日期)*(?:都|均|皆|也|保持|全)?(?:不变|照旧|照常|有效|保留)$|^特此(?:通知|告知|更正)$|^(?:收到|看到)请?回复$|^不见不散$|^(?:紧急|重要)?(?:通知|提醒|更正)$|^(?:thanks?|thank you|sorry|please note)(?: .{0,20})?$/iu;
const off = /取消|停课|停一?[次节]|不上|不办/u;
const notOld = /^(?:而)?(?:不是|并非|非)/u;
// Nobody is told why by a form of time and place: staff see that it is left over.
const because = /^(?:因|由于|鉴于|为了)/u;
const acts: readonly (readonly [Act, RegExp])[] = [
  ['close', /(?:停止|暂停|结束|关闭|不再)(?:接受)?报名|报名(?:停止|关闭)/u],
  ['reopen', /(?:恢复|重新|继续)(?:开放|接受)?报名/u],
  ['resume', /恢复(?:正常)?(?:上课|举[办行]|活动|开课|进行|开展)/u],
];

interface Draft {
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

/**
 * Takes a notice of change apart, clause by clause: which event and which meeting of it, and what is otherwise now. Nothing is weighed against
 * the event; that is `meetingsMeant` and `newTime`. A text in which nothing turns (`更正：美术课名额10人`) is read as an announcement is.
 * @example readNotice('8月1日的美术课改到8月2日下午3点，地点改为三楼', { now, timeZone })
 */
export function readNotice(text: string, context: Context): Notice {
  const clauses = clausesOf(text.slice(0, longestAnnouncement));
  if (!clauses.some(turns)) return asAnnounced(text, clauses, context);
  const draft: Draft = { about: [], said: [], rest: [] };
  clauses.forEach((clause, index) => take(clause, { draft, context, ahead: clauses.slice(index + 1), first: index === 0 }));
  const { about, title } = aboutOf(draft.about);
  const { about: _about, ...read } = draft;
  return { ...read, title, about, several: false };
}

/** Whether a text says in a line that something is otherwise now: `美术课改到8月2日下午3点`, `地点改为三楼`, `美术课推迟半小时`. */
export function saysChange(text: string, context: Context): boolean {
  if (text.length > longest) return false;
  const clauses = clausesOf(text);
  if (!clauses.some(turns)) return false;
  const { to, place, capacity, capacityBy, renamed, act, said, rest, title, about } = readNotice(text, context);
  const isNamed =
    title !== '' ||
    about.number !== undefined ||
    clauses.some((clause) => clause.turns.some(({ field, after }) => field !== undefined && after !== ''));
  const read = [to, place, capacity, capacityBy, renamed, act].some((one) => one !== undefined) || said.length > 0;
  // 美术课改为收费50元: what it changes to is not understood, but it has a number.
  return isNamed && (read || (title !== '' && rest.some((words) => /\d/u.test(words))));
}

/** Whether a clause says that something changes. */
const turns = ({ turns: found, text }: Clause): boolean =>
  found.length > 0 || [shiftIn(text), capacityByIn(text), actIn(text)].some((one) => one !== undefined);

const actIn = (text: string): Act | undefined => acts.find(([, words]) => words.test(text))?.[0];

interface Taking {
  readonly draft: Draft;
  readonly context: Context;
  readonly ahead: readonly Clause[];
  readonly first: boolean;
}

function take(clause: Clause, taking: Taking): void {
  const { draft } = taking;
  const { text } = clause;
  if (courtesy.test(text)) return;
  if (clause.turns.length > 0) {
    for (const turn of clause.turns) takeTurn(turn, taking);
    return;
  }
  const shift = shiftIn(text);
  if (shift !== undefined && draft.to === undefined && !/报名|截止/u.test(shift.before)) {
    draft.to = shift.to;
    draft.about.push(shift.before);
    takeTail(shift.tail, taking);
    return;
  }
  const more = capacityByIn(text);
  if (more !== undefined) {
    draft.capacityBy = more.by;
    draft.about.push(more.before);
    return;
  }
  const act = actIn(text);
  if (act !== undefined && draft.act === undefined) {
    draft.act = act;
    draft.about.push(text.slice(0, text.search(acts.find(([name]) => name === act)?.[1] ?? /$/u)));
    return;
  }
  // 地点是三楼，不是二楼: the old value is said after the new one.
  if (notOld.test(text) && !taking.first) return;
  if (goesOn(clause, taking)) return;
  const turnsAhead = taking.ahead.some(turns);
  if (because.test(text)) {
    draft.rest.push(clause.words);
    return;
  }
  if (turnsAhead && (momentsIn(text).length > 0 || off.test(text))) {
    draft.about.push(text.replace(off, ' '));
    return;
  }
  takePlain(clause, taking, turnsAhead && !named(draft.about) && !taking.ahead.some(nameIn));
}

const named = (stretches: readonly string[]): boolean => /\p{L}{2}/u.test(aboutOf(stretches).title);

/** Whether a clause that turns names the event itself. */
const nameIn = ({ turns: found, text }: Clause): boolean =>
  named(found.length > 0 ? found.map(({ name }) => name) : [shiftIn(text)?.before ?? capacityByIn(text)?.before ?? '']);

/** 改到8月2日，下午3点到4点: the other half of the new time stands behind the comma. */
function goesOn({ text }: Clause, { draft }: Taking): boolean {
  const found = draft.to?.type === 'moment' ? timeAt(text) : undefined;
  if (found?.to.type !== 'moment' || draft.to?.type !== 'moment' || found.tail !== '') return false;
  const [before, after] = [draft.to.moment, found.to.moment];
  const together = (before.clocks === undefined || after.clocks === undefined) && (before.days.length === 0 || after.days.length === 0);
  if (!together) return false;
  const clocks = after.clocks ?? before.clocks;
  const part = after.part ?? before.part;
  draft.to = {
    type: 'moment',
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
function takeTurn({ field, label, name, old, after }: Turn, taking: Taking): void {
  const { draft } = taking;
  const value = bareValue(after);
  const time = field === undefined || field === 'when' || field === 'place' ? timeAt(after) : undefined;
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
      draft.place ??= value;
      break;
    case 'title':
      draft.renamed ??= value.replace(/^[“"「《]|[”"」》]$/gu, '');
      break;
    case 'capacity': {
      const capacity = capacityOf(value, true);
      if (capacity === undefined) draft.rest.push(`${label}${value}`);
      else draft.capacity ??= capacity;
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
function takeTail(tail: string, { draft, context }: Taking): void {
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
function takePlain({ words, text }: Clause, { draft, context }: Taking, mayName: boolean): void {
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
  if (place !== undefined) draft.place ??= place;
  if (there !== undefined) return;
  if (told) draft.said.push(place === undefined ? plain : plain.replace(place, ' '));
  const left = [...(read.title === undefined ? [] : [read.title]), ...read.rest].filter((one) => !courtesy.test(one));
  if (mayName) draft.about.push(...left);
  else draft.rest.push(...left);
}

/** 地点是三楼 as announcements put it. */
const labelled = (text: string): string => text.replace(/(时间|地点|名额|年龄|报名截止|老师)(?:应该|应当|应)?[是为](?!否)/u, ' $1：');

/** A text that turns nothing: the whole of it is an announcement, or as much of one as has changed. */
function asAnnounced(text: string, clauses: readonly Clause[], context: Context): Notice {
  const old = new Set(clauses.filter((clause, index) => index > 0 && notOld.test(clause.text)).map(({ words }) => words));
  const kept = old.size === 0 ? opened(text) : clauses.flatMap(({ words }) => (old.has(words) ? [] : [words])).join('\n');
  const said = labelled(kept);
  const { title = '', date, start, end, sessions, notes, rest } = readAnnouncement(said, context);
  const several = sessions.length > 1;
  const dated = notes.filter((note) => note.type === 'rolledOver' || note.type === 'weekdayMismatch');
  const moment = {
    type: 'read' as const,
    ...(date === undefined ? {} : { date }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    notes: dated,
  };
  const timed = !several && (date !== undefined || start !== undefined);
  return {
    title,
    about: { moments: [], once: false },
    several,
    ...(timed ? { to: moment } : {}),
    said: [said],
    rest: rest.filter((words) => !courtesy.test(words)),
  };
}
