import { longestAnnouncement, readAnnouncement } from '../announcement/announcement.js';
import type { Context } from '../dates/types.js';
import { courtesy, goesOn, labelled, takePlain, takeTail, takeTurn, type Draft, type Taking } from './draft.js';
import { aboutOf, longestStretch, momentsIn } from './moments.js';
import { clausesOf, opened, type Clause } from './turns.js';
import type { Act, Notice, To } from './types.js';
import { capacityByIn, shiftIn } from './values.js';

/** A longer text tells a story, or is an announcement. */
const longest = 300;

/** More clauses than this are no notice; they are named, not read. */
const mostClauses = 30;
const off = /取消|停课|停一?[次节]|不上|不办/u;
const planned = /^\(?原(?:定|计划|本|来)?/u;
const notOld = /^(?:而)?(?:不是|并非|非)/u;
// Nobody is told why by a form of time and place: staff see that it is left over.
const because = /^(?:因|由于|鉴于|为了)/u;
const acts: readonly (readonly [Act, RegExp])[] = [
  ['close', /(?:停止|暂停|结束|关闭|不再)(?:接受)?报名|报名(?:停止|关闭)/u],
  ['reopen', /(?:恢复|重新|继续)(?:开放|接受)?报名/u],
  ['resume', /恢复(?:正常)?(?:上课|举[办行]|活动|开课|进行|开展)/u],
];

/**
 * Takes a notice of change apart, clause by clause: which event and which meeting of it, and what is otherwise now. Nothing is weighed against
 * the event; that is `meetingsMeant` and `newTime`. A text in which nothing turns (`更正：美术课名额10人`) is read as an announcement is.
 * @example readNotice('8月1日的美术课改到8月2日下午3点，地点改为三楼', { now, timeZone })
 */
export function readNotice(text: string, context: Context): Notice {
  const clauses = clausesOf(text.slice(0, longestAnnouncement));
  if (!clauses.some(turns)) return asAnnounced(text, clauses, context);
  const draft: Draft = { about: [], said: [], rest: [] };
  const read = clauses.slice(0, mostClauses);
  read.forEach((clause, index) => take(clause, { draft, context, ahead: read.slice(index + 1), turned: read.slice(0, index).some(turns) }));
  draft.rest.push(...clauses.slice(mostClauses).map(({ words }) => words));
  const { about, title } = aboutOf(draft.about);
  const { about: _about, ...found } = draft;
  return { ...found, title, about, several: false };
}

/** Whether a text says in a line that something is otherwise now: `美术课改到8月2日下午3点`, `地点改为三楼`, `美术课推迟半小时`. */
export function saysChange(text: string, context: Context): boolean {
  if (text.length > longest) return false;
  const clauses = clausesOf(text);
  if (!clauses.some(turns) || announces(clauses, context)) return false;
  const { to, place, capacity, capacityBy, renamed, act, said, rest, title, about } = readNotice(text, context);
  const isNamed =
    title !== '' ||
    about.number !== undefined ||
    clauses.some((clause) => clause.turns.some(({ field, after }) => field !== undefined && after !== ''));
  const read = [to, place, capacity, capacityBy, renamed, act].some((one) => one !== undefined) || said.length > 0;
  // 美术课改为收费50元: what it changes to is not understood, but it has a number.
  return isNamed && (read || (title !== '' && rest.some((words) => /\d/u.test(words))));
}

const old = /原|取消|停课|不上/u;

/** Whether what turns nothing is a whole announcement by itself: then 如场地有变则改到… is no more than a part of it. */
function announces(clauses: readonly Clause[], context: Context): boolean {
  const plain = clauses.filter((clause) => !turns(clause) && !old.test(clause.text)).map(({ words }) => words);
  const { title, sessions, place, capacity } = readAnnouncement(plain.join('\n'), context);
  return title !== undefined && sessions.length > 0 && (place !== undefined || capacity !== undefined);
}

/** Whether a clause says that something changes. */
const turns = ({ turns: found, text }: Clause): boolean =>
  found.length > 0 || [shiftIn(text), capacityByIn(text), actIn(text)].some((one) => one !== undefined);

const actIn = (text: string): Act | undefined => acts.find(([, words]) => words.test(text))?.[0];

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
  if (more !== undefined && draft.capacityBy === undefined) {
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
  if (notOld.test(text) && taking.turned) return;
  if (goesOn(clause, taking)) return;
  const turnsAhead = taking.ahead.some(turns);
  if (because.test(text)) {
    draft.rest.push(clause.words);
    return;
  }
  // The old day stands before what turns, or is called so. Beside another change a day is something else, and is named.
  if (
    (turnsAhead && !taking.turned && (momentsIn(text).length > 0 || off.test(text))) ||
    (planned.test(text) && momentsIn(text).length > 0)
  ) {
    draft.about.push(text.replace(off, ' '));
    return;
  }
  takePlain(clause, taking, turnsAhead && !named(draft.about) && !taking.ahead.some(nameIn));
}

const named = (stretches: readonly string[]): boolean => /\p{L}{2}/u.test(aboutOf(stretches).title);

/** Whether a clause that turns names the event itself. */
const nameIn = ({ turns: found, text }: Clause): boolean =>
  named(found.length > 0 ? found.map(({ name }) => name) : [shiftIn(text)?.before ?? capacityByIn(text)?.before ?? '']);

/** A text that turns nothing: the whole of it is an announcement, or as much of one as has changed. */
function asAnnounced(text: string, clauses: readonly Clause[], context: Context): Notice {
  const old = new Set(clauses.filter((clause, index) => index > 0 && notOld.test(clause.text)).map(({ words }) => words));
  const kept = old.size === 0 ? opened(text) : clauses.flatMap(({ words }) => (old.has(words) ? [] : [words])).join('\n');
  const said = labelled(kept);
  const { title = '', date, start, end, sessions, notes, rest } = readAnnouncement(said, context);
  const several = sessions.length > 1;
  const dated = notes.filter((note) => note.type === 'rolledOver' || note.type === 'weekdayMismatch');
  const moment: To = {
    type: 'read',
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
    ...(timed ? { to: bareWeekday(said) ?? moment } : {}),
    said: [said],
    rest: rest.filter((words) => !courtesy.test(words)),
  };
}

/** A weekday alone is counted from the old day, not from today. */
function bareWeekday(text: string): To | undefined {
  if (text.length > longestStretch) return undefined;
  const moments = momentsIn(text);
  const [day, ...others] = moments.filter(({ days }) => days.length > 0);
  if (day === undefined || others.length > 0 || !day.days.every(({ kind }) => kind === 'weekday')) return undefined;
  const clocks = day.clocks ?? moments.find((one) => one.clocks !== undefined)?.clocks;
  return { type: 'moment', moment: { ...day, ...(clocks === undefined ? {} : { clocks }) }, words: text.slice(day.from, day.to).trim() };
}
