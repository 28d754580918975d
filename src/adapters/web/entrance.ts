import type { Sender } from '../../chat/index.js';
import type { Refusal } from './answers.js';
import { createNeighbours, isIn, privateChatOf, type TryGroup, type TryPerson, type WebChat } from './neighbours.js';

/** What the page is told first: who is there. */
export interface Introduction {
  readonly people: readonly { readonly id: string; readonly name: string; readonly note?: string; readonly privateChat: string }[];
  readonly groups: readonly TryGroup[];
  /** Who asks, where one cannot be anybody else. */
  readonly me?: string;
  /** After how long (ms) without a touch this device forgets whoever asks; absent where it does not. */
  readonly forgetsAfterMs?: number;
}

/** Who comes in: how the mode of the web chat decides it. */
export interface Entrance {
  /** Who asks, or why nobody. `as` is whom the request names. */
  who(request: Request, as: string | undefined): Promise<Sender | Refusal>;
  /** For whom a stream is opened, or why for nobody. */
  listener(request: Request, as: string | undefined): Promise<{ readonly id: string } | Refusal>;
  person(id: string): Promise<Sender | null>;
  /** Null also for the private chat of somebody who is no more. */
  chat(id: string): Promise<WebChat | null>;
  /** Whether a listener hears what is said in a chat; nobody does any more once their time here is over, also before anything was cleared away. */
  hears(id: string, chat: WebChat): boolean;
  /** What people are called who stand in a group's talk; undefined where the page itself knows everybody. */
  names(ids: readonly string[]): Promise<Readonly<Record<string, string>> | undefined>;
  /** The name of somebody who has just said something; undefined where the page itself knows it. */
  nameOf(id: string): string | undefined;
  introduce(request: Request): Promise<{ readonly about: Introduction; readonly cookie?: string } | Refusal>;
}

/** Listens for all sample people: the tabs of one browser share a stream, and each may be another one. */
const everybody = '';

/** Mode `try`: whoever asks is the sample person whom the request names. */
export function tryEntrance(people: readonly TryPerson[], groups: readonly TryGroup[]): Entrance {
  const neighbours = createNeighbours(people, groups);
  const about = { people: people.map((person) => ({ ...person, privateChat: privateChatOf(person.id) })), groups };
  return {
    who: async (_request, as) => (as === undefined ? 'badRequest' : (neighbours.person(as) ?? 'unknownChat')),
    listener: async (_request, as) => (as === undefined ? { id: everybody } : (neighbours.person(as) ?? 'unknownChat')),
    person: async (id) => neighbours.person(id) ?? null,
    chat: async (id) => neighbours.chat(id) ?? null,
    hears: (id, chat) => id === everybody || isIn(id, chat),
    names: async () => undefined,
    nameOf: () => undefined,
    introduce: async () => ({ about }),
  };
}
