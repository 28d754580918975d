import type { Context } from '../dates/types.js';
import { parseDeadline, type Deadline } from '../deadline.js';
import { idNumbersIn, phonesIn, type Span } from '../identifiers.js';
import { findBring } from './bring.js';
import { doubtsOf } from './doubts.js';
import { findOrganisation, findTeacher } from './hosts.js';
import type { ScheduledSession } from '../schedule/types.js';
import { labelsIn, type Labelled } from './labels.js';
import { pageOf, remains, trimmed, type Page } from './page.js';
import { findPlace } from './place.js';
import { findTitle } from './title.js';
import type { Announcement, Note } from './types.js';
import { findWhen } from './when.js';
import { findWho } from './who.js';

/** How much of an announcement is read, in UTF-16 code units: as much as messengers let through in one message. */
export const longestAnnouncement = 4_000;

/**
 * Reads a pasted announcement into the fields of an event. Words may stand in any order, in lines with labels or in one; what is not there
 * is missing from the result, and what is not understood is in `notes` or `rest`. Nothing counts before staff have seen it.
 * @example readAnnouncement('美术课 8月1日10:00-11:30 社区二楼 名额20人 6-12岁 带彩笔', { now, timeZone })
 */
export function readAnnouncement(text: string, context: Context): Announcement {
  const page = pageOf(text.slice(0, longestAnnouncement));
  const notes: Note[] = text.length > longestAnnouncement ? [{ type: 'cutOff', read: longestAnnouncement }] : [];
  takeBullets(page);
  takeAll(page, tagsIn(page.text));
  if (takeAll(page, phonesIn(page.text))) notes.push({ type: 'phoneNumber' });
  if (takeAll(page, idNumbersIn(page.text))) notes.push({ type: 'idNumber' });
  const labels = labelsIn(page);
  // Ages and places before times: the 6-12 of 6-12岁 is no day.
  const who = findWho(page, labels);
  const { deadlines, recurring, alternatives, ...when } = findWhen(page, labels, context);
  const bring = findBring(page, labels);
  const teacher = findTeacher(page, labels);
  const organisation = findOrganisation(page, labels);
  const place = findPlace(page, labels);
  takeUsed(page, labels);
  const title = findTitle(page, labels);
  const { deadline, notes: unreadDeadlines } = deadlineOf(deadlines, when.sessions[0], context);
  const several = when.sessions.length > 1;
  const sessionsAre = several ? choiceOf(page.text, { recurring, alternatives }) : undefined;
  const read = {
    ...(title === undefined ? {} : { title }),
    ...when,
    ...(sessionsAre === undefined ? {} : { sessionsAre }),
    ...(place === undefined ? {} : { place }),
    ...who,
    ...(bring === undefined ? {} : { bring }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(teacher === undefined ? {} : { teacher }),
    ...(organisation === undefined ? {} : { organisation }),
    notes: [...notes, ...when.notes, ...who.notes, ...unreadDeadlines],
    rest: rest(page),
  };
  return { ...read, doubts: doubtsOf(read, several && sessionsAre === undefined, context) };
}

const chosen = /任选|选择?一场|二选一|择一|选一[场次节]|场次可选|自选|(?:两|二|2|三|3)场(?:任|可)选|choose one|either/i;
const followed = /共(?:计)?\s?[\d一二两三四五六七八九十]{1,3}\s?(?:次课?|节课?|期|讲|课时)|系列|连续|全程参加|每(?:次|节)都/;

/** Whether one comes to all of several sessions or chooses one, where the words say so. */
function choiceOf(
  text: string,
  { recurring, alternatives }: { readonly recurring: boolean; readonly alternatives: boolean },
): 'series' | 'alternatives' | undefined {
  if (alternatives || chosen.test(text)) return 'alternatives';
  return recurring || followed.test(text) ? 'series' : undefined;
}

/** The deadline that words mean together: a moment before "until full", for a full list is closed anyhow. */
function deadlineOf(
  texts: readonly string[],
  first: ScheduledSession | undefined,
  context: Context,
): { readonly deadline?: Deadline; readonly notes: readonly Note[] } {
  const startsWall = first && `${first.date}T${first.start}`;
  const read = texts.map((text) => ({
    text,
    found: parseDeadline(text, { ...context, ...(startsWall === undefined ? {} : { startsWall }) }),
  }));
  const notes = read.flatMap(({ text, found }): Note[] => {
    if (found.ok) return found.opens === undefined ? [] : [{ type: 'signUpOpens', text: found.opens }];
    return [found.reason === 'onlyOpens' ? { type: 'signUpOpens', text } : { type: 'unreadDeadline', reason: found.reason, text }];
  });
  const good = read.flatMap(({ found }) => (found.ok ? [found] : []));
  const moments = good.flatMap((one) => (one.type === 'at' ? [one.wall] : []));
  const [wall] = moments;
  // 7月31日截止 8月3日截止: which of them holds only whoever wrote it knows, also where one of them cannot be.
  const contradicts = new Set(moments).size > 1 || (wall !== undefined && notes.some(({ type }) => type === 'unreadDeadline'));
  const several: Note[] = contradicts ? [{ type: 'severalDeadlines', text: texts.join(' · ') }] : [];
  if (wall !== undefined) return { deadline: { type: 'at', wall }, notes: [...notes, ...several] };
  return { ...(good.length === 0 ? {} : { deadline: { type: 'whenFull' } }), notes };
}

const bullet =
  /^(?:[\s\p{Extended_Pictographic}\ufe0f\u200d●○◆◇■□★☆▶►➤✦✅·*>#|~-]|\d\ufe0f?\u20e3)*(?:\(?(?:[一二三四五六七八九十]{1,2}|\d{1,2})[)、]|\d{1,2}\.(?=\D|\d{1,2}月)|[①-⑳])?/u;

/** Signs at the start of lines. 📍 stays: it labels a place. */
function takeBullets(page: Page): void {
  let at = 0;
  for (const line of page.text.split('\n')) {
    const length = bullet.exec(line)?.[0].length ?? 0;
    const pin = line.slice(0, length).indexOf('📍');
    page.take({ from: at, to: at + (pin === -1 ? length : pin) });
    at += line.length + 1;
  }
}

/** Tags of markup that came along with a copied text. */
const tagsIn = (text: string): Span[] =>
  [...text.matchAll(/<\/?[a-z][^<>\n]{0,60}>/gi)].map((match) => ({ from: match.index, to: match.index + match[0].length }));

function takeAll(page: Page, spans: readonly Span[]): boolean {
  for (const span of spans) page.take(span);
  return spans.length > 0;
}

const said = /[\p{L}\p{N}]/u;

/** Labels whose value was understood have done their work. */
function takeUsed(page: Page, labels: readonly Labelled[]): void {
  for (const { label, value } of labels) {
    const free = page.text
      .slice(value.from, value.to)
      .split('')
      .filter((_, at) => page.isFree(value.from + at));
    if (!said.test(free.join(''))) page.take(label);
  }
}

/** What no field took, in lines as it stood. */
function rest(page: Page): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < page.text.length) {
    const to = page.freeUntil(at, /\n/);
    const words = trimmed(page.raw.slice(at, to).replace(/\s+/g, ' '));
    if (said.test(words) && !remains.test(words.replace(/[\s\p{P}]/gu, ''))) found.push(words);
    at = Math.max(to, at + 1);
  }
  return found;
}
