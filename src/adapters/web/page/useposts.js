import { useRef, useState } from './preact.js';
import { longestCaption } from './prepare.js';
import { tab } from './store.js';
import { now as timeNow } from './time.js';
import { call, newClientId, upload } from './wire.js';

/** What was posted before a reload and got no answer: it may or may not have arrived. */
const unanswered = () =>
  tab
    .get('pending', [])
    .filter(({ state }) => state !== 'sent')
    // A file does not outlive its page: it is picked again, unless it had arrived.
    .map((post) => ({ ...post, state: 'failed', tried: 0, ...(post.file ? { lost: true, why: { error: 'pickAgain' } } : {}) }));

/** Refusals that another try may not meet: nobody answered, or the house could not take it just then. What is too long stays too long. */
const passing = ({ error } = {}) => !error || error === 'sendAgain' || error === 'fault';

/**
 * Whether what did not go may go by itself, when this is what its chat looks like. What stands there already may have been heard: the same
 * once more finds that out, and has no second effect. What does not stand there must not answer something that it was not written for, so
 * it waits for its person where they went on since, or where the bot did in private.
 */
const mayGo = ({ as, clientId, at }, list, isPrivate) => {
  const mine = (message) => message.sender === as;
  if (list.some((message) => mine(message) && message.clientId === clientId)) return true;
  return !list.some((message) => message.at > at && (mine(message) || (isPrivate && message.sender === null)));
};

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
  const blobs = useRef(new Map());
  const [progress, setProgress] = useState({});

  const keep = (change) => {
    now.current = change(now.current);
    tab.set(
      'pending',
      now.current.map(({ preview: _, ...post }) => post),
    );
    setPending(now.current);
  };
  const mark = (clientId, fields) => keep((all) => all.map((post) => (post.clientId === clientId ? { ...post, ...fields } : post)));
  const drop = (clientId) => {
    blobs.current.delete(clientId);
    keep((all) => all.filter((post) => post.clientId !== clientId));
  };

  const inOrder = (chat, work) => {
    const next = (chains.current.get(chat) || Promise.resolve()).then(work);
    chains.current.set(chat, next);
  };
  const busy = (why) => onNotice({ why });
  const loads = useRef(0);
  const transmit = async ({ as, chat, clientId, text, replyTo, file }) => {
    const blob = blobs.current.get(clientId);
    const message = { as, chat, clientId, text, replyTo };
    const onProgress = (part) => setProgress((all) => ({ ...all, [clientId]: part }));
    const { ok, data } = blob
      ? await upload({ ...message, name: file.name, type: blob.type }, blob, { onProgress, onBusy: busy })
      : await call('/web/messages', message, busy);
    if (!ok) return mark(clientId, { state: 'failed', why: data });
    // The message itself comes by the stream; without one (connection lost) it stays here as sent.
    blobs.current.delete(clientId);
    mark(clientId, { state: 'sent' });
    if (data.notice) onNotice({ text: data.notice });
  };

  return {
    pending,
    pressing,
    drop,
    progress,
    /** Words, and files, each a message of its own; the words go with the first. */
    say({ text, ...message }, files) {
      const alone = files.length === 0 || text.length > longestCaption;
      const say = (more) => {
        const post = { text: '', ...message, clientId: newClientId(), at: timeNow(), state: 'sending', tried: loads.current, ...more };
        keep((all) => [...all, post]);
        inOrder(message.chat, () => transmit(post));
      };
      if (alone) say({ text });
      for (const [place, { blob, name, size, picture, preview }] of files.entries()) {
        const clientId = newClientId();
        blobs.current.set(clientId, blob);
        say({ clientId, file: { name, size, picture }, preview, ...(place === 0 && !alone ? { text } : { replyTo: undefined }) });
      }
    },
    /** What did not go is tried once more by itself, each time all that was said has come anew (`load`, counted). */
    resume(load, as, lists, ownChat) {
      loads.current = load;
      for (const post of now.current) {
        const due = post.as === as && post.state === 'failed' && post.tried < load && !post.lost && passing(post.why);
        if (!due || !lists[post.chat] || !mayGo(post, lists[post.chat], post.chat === ownChat)) continue;
        mark(post.clientId, { state: 'sending', tried: load });
        inOrder(post.chat, () => transmit(post));
      }
    },
    again(clientId) {
      const post = now.current.find((one) => one.clientId === clientId);
      if (!post || post.state !== 'failed' || post.lost) return;
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
