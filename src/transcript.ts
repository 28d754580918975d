import type { MemoryAdapter, SeenMessage } from './adapters/memory.js';
import type { Sender } from './chat/index.js';

/** One line of a transcript that makes something happen. */
export type TalkLine =
  | { readonly type: 'says'; readonly chat: string | null; readonly person: string; readonly text: string }
  /** The clock moves to this wall time, and what is due happens. */
  | { readonly type: 'clock'; readonly wall: string };

const personLine = /^【([^】·]{1,40})(?:·([^】]{1,40}))?】> ?(.*)$/su;
const clockLine = /^【时间】\s*(\d{4}-\d{2}-\d{2} \d{2}:\d{2})\s*$/u;
const continued = /^ {6}\| ?(.*)$/su;
const botLine = /^ {2}【[^】]+】< /u;
const botMore = /^ {6}/u;
const notice = /^ {4}\(.*\)$/su;
const stranger = /（没加好友）$/u;
const calling = /^@小邻 ?/u;
const sending = /^\[(图片|文件) ([^\]]+)\] ?/u;
const coming: ReadonlyMap<string, 'joined' | 'left'> = new Map([
  ['[进群]', 'joined'],
  ['[退群]', 'left'],
]);
const passedOver = /^\s*$|^#/u;

/** A transcript as it was read: what happens in it, and the lines that are neither that nor something to be passed over. */
export interface ReadTranscript {
  readonly lines: readonly TalkLine[];
  /** Counted from 1. */
  readonly unread: readonly { readonly at: number; readonly line: string }[];
}

/**
 * Reads what people do in a transcript: `【王妈妈】> 报名` in private, `【居民群·王妈妈】> 报名` in a group, a button pressed as
 * `[报名]`, a picture or another file sent as `[图片 合影.jpg]` or `[文件 证明.pdf]` with words behind it or none, coming and going as `[进群]`
 * and `[退群]`, `@小邻 …` in a group calls the bot by name, `【居民群·王奶奶（没加好友）】` is somebody whom it cannot write to alone, further lines of a message as `      | …`, and the clock as `【时间】2026-07-29 09:00`. What the bot says, empty lines
 * and remarks (`# …`) are passed over; anything else is `unread`.
 */
export function readTranscript(text: string): ReadTranscript {
  const lines: TalkLine[] = [];
  const unread: { at: number; line: string }[] = [];
  // Further lines belong to what stands right above: the bot, too, may say something that looks like a further line of a person.
  let above: 'person' | 'bot' | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    const [, more] = above === 'person' ? (continued.exec(line) ?? []) : [];
    const last = lines.at(-1);
    if (more !== undefined && last?.type === 'says') {
      lines[lines.length - 1] = { ...last, text: `${last.text}\n${more}` };
      continue;
    }
    // An editor may have trimmed an empty line of what the bot said.
    if (above === 'bot' && (botMore.test(line) || line === '')) continue;
    above = null;
    const [, wall] = clockLine.exec(line) ?? [];
    const [, first, second, said] = personLine.exec(line) ?? [];
    if (wall !== undefined) lines.push({ type: 'clock', wall: wall.replace(' ', 'T') });
    else if (first !== undefined && said !== undefined) {
      lines.push({ type: 'says', chat: second === undefined ? null : first, person: second ?? first, text: said });
      above = 'person';
    } else if (botLine.test(line)) above = 'bot';
    else if (!passedOver.test(line) && !notice.test(line)) unread.push({ at: index + 1, line });
  }
  return { lines, unread };
}

/** A talk that runs through the memory adapter and writes itself down. */
export interface Talk {
  /** Does one line and gives the transcript of it: the line itself and all that was shown because of it. */
  run(line: TalkLine): Promise<string[]>;
}

/** Sets up a talk. People are made up as they speak; the group is the one whose title is named. */
export function createTalk(parts: {
  adapter: MemoryAdapter;
  groups: readonly { readonly id: string; readonly title: string }[];
  /** Lets everything that follows happen. */
  settle: () => Promise<void>;
  /** Moves the clock to a wall time "YYYY-MM-DDTHH:MM" and does what is due. */
  moveClock: (wall: string) => Promise<void>;
}): Talk {
  const { adapter, groups, settle } = parts;
  const shown = new Map<string, { said: string[]; changed: Map<string, string[]> }>();
  adapter.onShown((chat, message) => {
    const there = shown.get(chat) ?? { said: [], changed: new Map<string, string[]>() };
    shown.set(chat, there);
    const lines = showMessage(nameOf(chat), message);
    // A message that changes in place has no place among the others: it stands behind them, as it is in the end.
    if (message.edits > 0) there.changed.set(message.id, lines);
    else there.said.push(...lines);
  });
  // Within a chat the order is what people see; between chats nobody can tell, so it is made the same each time.
  const all = (first: string | undefined): string[] =>
    [...shown]
      .sort(([one], [other]) => Number(other === first) - Number(one === first) || (one < other ? -1 : 1))
      .flatMap(([, { said, changed }]) => [...said, ...[...changed.values()].flat()]);
  const nameOf = (chat: string): string => groups.find(({ id }) => id === chat)?.title ?? chat;

  const chatOf = ({ chat, person }: { readonly chat: string | null; readonly person: string }): string | undefined =>
    chat === null ? person : groups.find(({ title }) => title === chat)?.id;

  const does = async ({ chat, person: written, text }: TalkLine & { type: 'says' }): Promise<string | undefined> => {
    const person = written.replace(stranger, '');
    const sender: Sender = { id: person, name: person, ...(person === written ? { privateChat: person } : {}) };
    const where = chatOf({ chat, person });
    if (where === undefined) throw new Error(`There is no group called ${chat}`);
    const called = calling.test(text) ? { mentioned: true } : {};
    const said = text.replace(calling, '');
    const what = coming.get(text.trim());
    if (what !== undefined) return (await adapter.brings(sender, where, { type: 'member', what })).notice;
    const [before, kind, name] = sending.exec(said) ?? [];
    if (before !== undefined && name !== undefined) {
      const file = { name, mimeType: kind === '图片' ? 'image/jpeg' : 'application/octet-stream', data: new Uint8Array([1]) };
      return (await adapter.attaches(sender, where, [file], { text: said.slice(before.length), ...called })).notice;
    }
    const [, button] = /^\[(.+)\]$/u.exec(text.trim()) ?? [];
    const receipt = button === undefined ? await adapter.says(sender, where, said, called) : await adapter.presses(sender, where, button);
    return receipt.notice;
  };

  return {
    run: async (line) => {
      shown.clear();
      if (line.type === 'clock') {
        await parts.moveClock(line.wall);
        await settle();
        return [`【时间】${line.wall.replace('T', ' ')}`, ...all(undefined)];
      }
      const notice = await does(line);
      await settle();
      const [first = '', ...rest] = line.text.split('\n');
      const where = line.chat === null ? line.person : `${line.chat}·${line.person}`;
      return [
        `【${where}】> ${first}`,
        ...rest.map((more) => `      | ${more}`),
        ...(notice === undefined ? [] : [`    (${notice})`]),
        ...all(chatOf(line)),
      ];
    },
  };
}

function showMessage(chat: string, { text, choices, file, mention, edits }: SeenMessage): string[] {
  const said = `${mention ? `@${mention.name} ` : ''}${text}`;
  const [first = '', ...rest] = [...(said === '' ? [] : said.split('\n')), ...fileLine(file), ...buttonsLine(choices)];
  return [`  【${chat}】< ${edits > 0 ? '✎ ' : ''}${first}`, ...rest.map((line) => `      ${line}`)];
}

const fileLine = (file: SeenMessage['file']): string[] => (file === undefined ? [] : [`[文件 ${file.name}]`]);

const buttonsLine = (choices: SeenMessage['choices']): string[] =>
  choices.length === 0 ? [] : [choices.map(({ key, label }) => `[${key === undefined ? '' : `${key} `}${label}]`).join(' ')];
