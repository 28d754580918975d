import type { Inbound, Outbound, Receive } from '../../src/chat/index.js';
import type { Breaks } from './rigs/memory.js';

/** What comes in is handed on otherwise. */
export const incoming =
  (change: (inbound: Inbound, receive: Receive) => ReturnType<Receive>): Breaks =>
  (adapter) => ({ ...adapter, start: (receive) => adapter.start((inbound) => change(inbound, receive)) });

/** The same, but of who comes and goes. */
export const saying = (change: (inbound: Inbound, receive: Receive) => ReturnType<Receive>): Breaks =>
  incoming((inbound, receive) => (inbound.content.type === 'member' ? receive(inbound) : change(inbound, receive)));

/** Words come in otherwise. */
export const content = (change: (text: Extract<Inbound['content'], { type: 'text' }>) => Inbound['content']): Breaks =>
  incoming((inbound, receive) => receive(inbound.content.type === 'text' ? { ...inbound, content: change(inbound.content) } : inbound));

/** What goes out is another message, or goes under another key. */
export const outgoing =
  (change: (message: Outbound, key: string) => { readonly message?: Outbound; readonly key?: string }): Breaks =>
  (adapter) => ({
    ...adapter,
    send: (to, given, under) => {
      const { message = given, key = under } = change(given, under);
      return adapter.send(to, message, key);
    },
  });

/** Counts from one. */
export const counting = (): (() => number) => {
  let count = 0;
  return () => (count += 1);
};
