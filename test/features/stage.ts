import type { Receipt, Sender } from '../../src/chat/index.js';
import type { GivenEvent } from '../../src/features/signup/form/given.js';
import { createFamilies } from '../../src/people/index.js';
import type { Storage } from '../../src/storage/index.js';
import { buildHouse, code, group, timeZone, type TestHouse } from '../support/house.js';
import { signUpFamily } from './family.js';

export const artClass = '美术公益课堂第四节';

/** A whole house with its people, spoken to as people do and looked at as they see it. */
export interface Stage {
  readonly house: TestHouse;
  /** Somebody writes in private; gives what the bot said last there. */
  says(name: string, text: string): Promise<string>;
  /** The same, line after line. */
  talks(name: string, ...texts: string[]): Promise<string>;
  /** Somebody writes in the group; gives what was said in the group and in private because of it. */
  inGroup(name: string, text: string, extra?: { replyTo?: string; mentioned?: boolean }): Promise<{ group: string[]; privately: string[] }>;
  /** Somebody presses the newest button of this label, in private unless the group is named. */
  presses(name: string, button: string, chat?: string): Promise<Receipt>;
  /** A press with a value that no button shows (any more). */
  forges(name: string, value: string, chat?: string): Promise<Receipt>;
  /** Everything the bot has said in a chat. */
  heard(chat: string): string[];
  /** The labels of the buttons under the newest message. */
  buttons(chat: string): string[];
  /** An art class for children of 6–12 with 20 places, unless it is said otherwise; its card stands in the group. Gives its reference. */
  publish(event?: Partial<GivenEvent> & Partial<GivenEvent['sessions'][number]>): Promise<string>;
  /** A parent has signed children up (`王小明 2018-05-20`), without the talk; gives nothing, since nothing is said. */
  joins(parent: string, ...children: string[]): Promise<void>;
  /** Minutes go by, and what becomes due is done. */
  passes(minutes: number): Promise<void>;
  /** Makes somebody staff, with the one-time code. */
  claims(name: string): Promise<void>;
  personId(name: string): Promise<string>;
  /** Who is in which state, in order of arrival: `王小明 confirmed`. */
  list(): Promise<string[]>;
}

export const person = (name: string): Sender => ({ id: name, name, privateChat: name });

/** Puts people into a house on this database. */
export async function openStage(storage: Storage, options: Parameters<typeof buildHouse>[1] = {}): Promise<Stage> {
  const house = await buildHouse(storage, options);
  const { adapter, app, community } = house;
  const families = createFamilies(house.sealer);
  const heard = (chat: string) => adapter.shown(chat).map(({ text }) => text);
  const after = async <Result>(what: Promise<Result>): Promise<Result> => {
    const result = await what;
    await app.settle();
    return result;
  };
  const says: Stage['says'] = async (name, text) => {
    await after(adapter.says(person(name), name, text));
    return heard(name).at(-1) ?? '';
  };
  const personId: Stage['personId'] = async (name) =>
    (await storage.read.identity.findFirstOrThrow({ where: { externalId: name } })).personId;
  return {
    house,
    says,
    talks: async (name, ...texts) => {
      let last = '';
      for (const text of texts) last = await says(name, text);
      return last;
    },
    inGroup: async (name, text, extra) => {
      const before = { group: heard(group.id).length, privately: heard(name).length };
      await after(adapter.says(person(name), group.id, text, extra));
      return { group: heard(group.id).slice(before.group), privately: heard(name).slice(before.privately) };
    },
    presses: (name, button, chat = name) => after(adapter.presses(person(name), chat, button)),
    forges: (name, value, chat = name) => after(adapter.brings(person(name), chat, { type: 'press', value })),
    heard,
    buttons: (chat) => (adapter.shown(chat).at(-1)?.choices ?? []).map(({ label }) => label),
    publish: async ({ date = '2026-08-01', start = '10:00', end = '11:30', place = '党群活动中心二楼', ...event } = {}) => {
      const now = house.now();
      const count = await storage.read.event.count();
      const { id: actorId } = await storage.read.person.create({ data: { id: `staff${count}`, name: '社工小陈' } });
      let ids = 0;
      const context = { communityId: community.id, actorId, now, newId: () => `event${count}-${(ids += 1)}` };
      const about = { title: artClass, bring: '彩笔', minAge: 6, maxAge: 12, capacity: 20, timeZone };
      const sessions = [{ date, start, end, place }];
      const address = { platform: adapter.platform, account: adapter.account, chat: group.id };
      await storage.transaction((tx) => app.signup.publish(tx, { ...about, sessions, groups: [address], ...event }, context));
      await app.settle();
      return (await storage.read.event.findFirstOrThrow({ where: { id: `event${count}-1` } })).ref;
    },
    joins: async (parent, ...children) => {
      await says(parent, '你好');
      await signUpFamily(house, storage, await personId(parent), children);
    },
    passes: async (minutes) => {
      house.advance(minutes * 60_000);
      await app.tick();
      await app.settle();
    },
    claims: async (name) => void (await says(name, `/claim ${code}`)),
    personId,
    list: async () => {
      const rows = await storage.read.signUp.findMany({ orderBy: [{ position: 'asc' }], include: { dependant: true } });
      const people = new Map((await storage.read.person.findMany()).map(({ id, name }) => [id, name]));
      return rows.map(
        ({ dependant, participant, status }) =>
          `${dependant ? families.read(dependant).name : (people.get(participant.slice(2)) ?? '')} ${status}`,
      );
    },
  };
}
