import { useEffect, useState } from './preact.js';
import { after, withEarlier } from './messages.js';
import { setNow } from './time.js';
import { call, listen, query } from './wire.js';

const nothing = { lists: {}, names: {}, before: {}, loaded: false, line: 'opening' };

/** What people are called who are not known from the start. */
const namesIn = (events) => Object.fromEntries(events.filter(({ by }) => by).map(({ message, by }) => [message.sender, by]));

/** What is said in all chats of one person, kept up to date. `line` is opening, open, or why there is no connection; `loads` counts how often all of it came anew; `before` says of
 * each chat from where there is more, and `earlier(chat)` fetches that. `onNews` hears of each new message. */
export function useTalk(as, chats, onNews) {
  const [talk, setTalk] = useState({ ...nothing, loads: 0 });

  useEffect(() => {
    setTalk(({ loads }) => ({ ...nothing, loads }));
    if (!as) return undefined;
    let ended = false;
    let waiting = null;
    let load = 0;
    let retry;

    const wait = () => setTalk((old) => ({ ...old, line: 'lost' }));
    // Events that come while the history is on its way are applied after it, so neither overwrites the other.
    const reload = async () => {
      const mine = ++load;
      waiting = [];
      const answers = await Promise.all(chats.map(({ id }) => call(`/web/history${query(as, { chat: id })}`, undefined, wait)));
      if (ended || mine !== load) return;
      if (!answers.every(({ ok }) => ok)) {
        setTalk((old) => ({ ...old, line: 'lost' }));
        retry = setTimeout(() => void reload(), 2000);
        return;
      }
      const lists = Object.fromEntries(chats.map(({ id }, index) => [id, answers[index].data.messages]));
      const late = waiting;
      waiting = null;
      const names = Object.assign({}, ...answers.map(({ data }) => data.names));
      setTalk(({ loads, lists: old, before }) => ({
        ...withEarlier(
          old,
          before,
          late.reduce(after, lists),
          Object.fromEntries(chats.map(({ id }, index) => [id, answers[index].data.before])),
        ),
        names: { ...names, ...namesIn(late) },
        loaded: true,
        loads: loads + 1,
        line: 'open',
      }));
    };
    const close = listen(as, {
      hello: reload,
      lost: (line) => setTalk((old) => ({ ...old, line })),
      // Everything that names a day is shown anew.
      clock: (now) => {
        setNow(now);
        setTalk((old) => ({ ...old }));
      },
      event: (name, data) => {
        // One stream is for all tabs of this browser, who may be different people.
        if (!chats.some(({ id }) => id === data.chat)) return;
        const event = { name, ...data };
        if (waiting) waiting.push(event);
        else setTalk((old) => ({ ...old, lists: after(old.lists, event), names: { ...old.names, ...namesIn([event]) } }));
        if (name === 'message') onNews(data.chat, data.message, data.by);
      },
    });
    return () => {
      ended = true;
      clearTimeout(retry);
      close();
    };
  }, [as]);

  const earlier = async (chat) => {
    const from = talk.before[chat];
    const { ok, data } = await call(`/web/history${query(as, { chat, before: from })}`);
    if (!ok) return data;
    setTalk((old) =>
      // Somebody else may be here by now, or it came twice.
      old.before[chat] !== from || !old.lists[chat]
        ? old
        : {
            ...old,
            lists: { ...old.lists, [chat]: [...data.messages, ...old.lists[chat]] },
            before: { ...old.before, [chat]: data.before },
            names: { ...data.names, ...old.names },
          },
    );
    return null;
  };
  return { ...talk, earlier };
}
