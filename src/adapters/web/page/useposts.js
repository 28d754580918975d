import { useRef, useState } from './preact.js';
import { tab } from './store.js';
import { now as timeNow } from './time.js';
import { call, newClientId } from './wire.js';

/** What was posted before a reload and got no answer: it may or may not have arrived, so it is offered again. */
const unanswered = () =>
  tab
    .get('pending', [])
    .filter(({ state }) => state !== 'sent')
    .map((post) => ({ ...post, state: 'failed' }));

/**
 * What this tab posts. A message is kept, also over a reload, until the server has answered for it; what failed is offered again under
 * the same clientId, so trying again never says it twice. Posts of one chat go one after another, so they arrive in order.
 */
export function usePosts(onNotice) {
  const [pending, setPending] = useState(() => unanswered());
  const [pressing, setPressing] = useState({});
  const now = useRef(pending);
  const chains = useRef(new Map());
  const presses = useRef(new Map());

  const keep = (change) => {
    now.current = change(now.current);
    tab.set('pending', now.current);
    setPending(now.current);
  };
  const mark = (clientId, fields) => keep((all) => all.map((post) => (post.clientId === clientId ? { ...post, ...fields } : post)));
  const drop = (clientId) => keep((all) => all.filter((post) => post.clientId !== clientId));

  const inOrder = (chat, work) => {
    const next = (chains.current.get(chat) || Promise.resolve()).then(work);
    chains.current.set(chat, next);
  };
  const busy = (why) => onNotice({ why });
  const transmit = async ({ as, chat, clientId, text, replyTo }) => {
    const { ok, data } = await call('/web/messages', { as, chat, clientId, text, replyTo }, busy);
    if (!ok) return mark(clientId, { state: 'failed', why: data });
    // The message itself comes by the stream; without one (connection lost) it stays here as sent.
    mark(clientId, { state: 'sent' });
    if (data.notice) onNotice({ text: data.notice });
  };

  return {
    pending,
    pressing,
    drop,
    say(as, chat, text, replyTo) {
      const post = { as, chat, clientId: newClientId(), text, replyTo, at: timeNow(), state: 'sending' };
      keep((all) => [...all, post]);
      inOrder(chat, () => transmit(post));
    },
    again(clientId) {
      const post = now.current.find((one) => one.clientId === clientId);
      if (!post || post.state !== 'failed') return;
      mark(clientId, { state: 'sending' });
      inOrder(post.chat, () => transmit(post));
    },
    press(as, chat, messageId, value) {
      const button = `${as} ${messageId} ${value}`;
      if (pressing[button]) return;
      const clientId = presses.current.get(button) || newClientId();
      presses.current.set(button, clientId);
      setPressing((all) => ({ ...all, [button]: true }));
      inOrder(chat, async () => {
        const { ok, data } = await call('/web/presses', { as, chat, clientId, messageId, value }, busy);
        if (ok) presses.current.delete(button);
        setPressing(({ [button]: _, ...others }) => others);
        if (!ok) onNotice({ why: data });
        else if (data.notice) onNotice({ text: data.notice });
      });
    },
  };
}
