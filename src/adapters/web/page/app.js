import { html, useEffect, useRef, useState } from './preact.js';
import { forgetHere } from './forget.js';
import { Home } from './home.js';
import { Leaving, StillThere } from './leave.js';
import { unreadAfter } from './messages.js';
import { Avatar, shadeOfId, shades } from './parts.js';
import { browser, tab } from './store.js';
import { Talk } from './talk.js';
import { useAttached } from './useattached.js';
import { useBack } from './useback.js';
import { useFading, useLine } from './usefading.js';
import { useKiosk } from './usekiosk.js';
import { usePosts } from './useposts.js';
import { useTalk } from './usetalk.js';
import { call, reason } from './wire.js';
import { firstLocale, gist, nextLocale } from './words.js';

const wide = matchMedia('(min-width: 800px)');

function chatsOf(person, groups, t) {
  if (!person) return [];
  const own = { id: person.privateChat, kind: 'private', title: t('bot'), note: `${t('botNote')} · ${t('private')}` };
  return [...groups.map(({ id, title }) => ({ id, kind: 'group', title, note: t('group') })), own];
}

/** `me` is set where one cannot be anybody else: a visitor, of a device that `forgetsAfterMs` without a touch. */
export function App({ people, groups, texts, mayForward, me, forgetsAfterMs }) {
  const [locale, setLocale] = useState(() => firstLocale(texts));
  const [as, setAs] = useState(() => me || (people.some(({ id }) => id === tab.get('as', '')) ? tab.get('as', '') : ''));
  // A visitor has come to talk with the bot.
  const [place, setPlace] = useState(() =>
    tab.get('place', me ? { group: null, open: true } : { group: groups[0] ? groups[0].id : null, open: false }),
  );
  const [drafts, setDrafts] = useState(() => tab.get('drafts', {}));
  const [replies, setReplies] = useState({});
  const [seen, setSeen] = useState({});
  const [leaving, setLeaving] = useState(false);
  const [news, setNews] = useState('');
  const [toast, showToast] = useFading(5000);
  const [peek, showPeek] = useFading(8000);

  const t = (key) => texts[locale][key] || key;
  const person = people.find(({ id }) => id === as);
  const chats = chatsOf(person, groups, t);
  // A place is "the group" or "my private chat", so it stays the same kind of place when one becomes somebody else.
  const chat = chats.find(({ id, kind }) => (place.group ? id === place.group : kind === 'private'));
  const nameOf = (id, said = '') =>
    id === null ? t('bot') : (people.find((one) => one.id === id) || { name: said || talk.names[id] || (me ? t('neighbour') : '') }).name;
  const shadeOf = (id) =>
    me
      ? shadeOfId(id)
      : Math.max(
          0,
          people.findIndex((one) => one.id === id),
        ) % shades;
  const visibleTalk = chat && (wide.matches || place.open) ? chat.id : null;

  const current = useRef();
  current.current = { as, visibleTalk };
  const talk = useTalk(as, chats, (chatId, message, by) => {
    if (message.sender === current.current.as) return;
    setNews(`${nameOf(message.sender, by)}${t('colon')}${gist(message).slice(0, 300)}`);
    const forMe = chatId === (person && person.privateChat) || (message.mention && message.mention.id === as);
    if (forMe && chatId !== current.current.visibleTalk) showPeek({ chat: chatId, sender: message.sender, text: gist(message) });
  });
  const posts = usePosts(({ text, why }) => showToast(text || reason(why, t, 'pressAgain')));
  const attached = useAttached((keys) => showToast(keys.map(t).join('\n')));
  const line = useLine(talk.line);
  const leave = async () => {
    setLeaving(false);
    const gone = async () => {
      const { ok, status } = await call('/web/leave', {});
      return ok || status === 401;
    };
    // A shared device forgets in any case, and at once; the server does so by itself.
    if (forgetsAfterMs) void forgetHere(gone);
    else if (await gone()) void forgetHere();
    else showToast(t('leaveAgain'));
  };
  const [left, stay] = useKiosk(forgetsAfterMs, leave);

  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  useEffect(() => setSeen(as ? browser.get(`seen.${as}`, {}) : {}), [as]);
  useEffect(() => tab.set('drafts', drafts), [drafts]);

  // What is in view counts as read.
  const last = (id) => (talk.lists[id] || []).slice(-1)[0];
  const lastHere = visibleTalk && last(visibleTalk);
  useEffect(() => {
    const read = () => {
      if (!lastHere || document.visibilityState !== 'visible') return;
      setSeen((all) => {
        const next = { ...all, [visibleTalk]: lastHere.id };
        browser.set(`seen.${as}`, next);
        return next;
      });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [as, visibleTalk, lastHere && lastHere.id]);

  const unread = (id) => (id === visibleTalk ? 0 : unreadAfter(talk.lists[id] || [], seen[id], as));
  const elsewhere = chats.reduce((sum, { id }) => sum + unread(id), 0);
  useEffect(() => {
    document.title = elsewhere > 0 ? `(${elsewhere}) ${t('title')}` : t('title');
  }, [elsewhere, locale]);

  // A message that the log has is let go once the server has answered for it; until then it can still be sent again.
  const listed = new Set(chat ? (talk.lists[chat.id] || []).map(({ clientId, sender }) => sender === as && clientId) : []);
  useEffect(() => {
    for (const { clientId, state, lost } of posts.pending) if ((state === 'sent' || lost) && listed.has(clientId)) posts.drop(clientId);
  }, [talk.lists, posts.pending]);

  useEffect(() => {
    if (person && talk.loaded && talk.line === 'open') posts.resume(talk.loads, as, talk.lists, person.privateChat);
  }, [as, talk.loads, talk.line, posts.pending]);

  const go = (next) => {
    setPlace(next);
    tab.set('place', next);
    showPeek(null);
    showToast(null);
  };
  useBack(
    Boolean(chat && place.open),
    () => !wide.matches,
    (there) => go({ ...place, open: there }),
  );
  const open = (id) => go({ group: groups.some((group) => group.id === id) ? id : null, open: true });
  const pick = (id) => {
    setAs(id);
    tab.set('as', id);
    showPeek(null);
  };
  const here = chat ? `${as} ${chat.id}` : '';
  const waiting = posts.pending.filter((post) => post.as === as && chat && post.chat === chat.id);
  const on = {
    back: () => go({ ...place, open: false }),
    pick,
    leave: me && (() => (forgetsAfterMs ? void leave() : setLeaving(true))),
    leaveLabel: t(forgetsAfterMs ? 'done' : 'leaveYes'),
    draft: (text) => setDrafts((all) => ({ ...all, [here]: text })),
    reply: (message) => setReplies((all) => ({ ...all, [here]: message })),
    attach: (files) => attached.add(here, files),
    detach: (key) => attached.remove(here, key),
    // A shared device keeps nothing: what is saved or opened in another tab would stay when its visitor has gone.
    keep: forgetsAfterMs && (() => showToast(t('nothingKept'))),
    press: (messageId, value) => posts.press(as, chat.id, messageId, value),
    earlier: async () => {
      const why = await talk.earlier(chat.id);
      if (why) showToast(reason(why, t, 'earlierAgain'));
    },
    again: posts.again,
    discard: posts.drop,
    send: (text) => {
      posts.say({ as, chat: chat.id, text, replyTo: replies[here] ? replies[here].id : undefined }, attached.take(here));
      on.draft('');
      on.reply(null);
    },
  };

  return html`<main class="app" data-view=${visibleTalk && place.open ? 'talk' : 'home'}>
    <${Home}
      people=${people}
      as=${as}
      chats=${chats}
      chat=${visibleTalk}
      locale=${locale}
      t=${t}
      shadeOf=${shadeOf}
      describe=${({ id }) => ({ last: last(id), unread: unread(id), unsent: posts.pending.some((post) => post.as === as && post.chat === id && post.state === 'failed'), lastName: last(id) && last(id).sender === as ? t('you') : last(id) && nameOf(last(id).sender) })}
      mayForward=${mayForward}
      onPick=${pick}
      leave=${on.leave}
      leaveLabel=${forgetsAfterMs ? on.leaveLabel : t('leave')}
      onOpen=${open}
      onNotice=${showToast}
      onLanguage=${() => {
        const next = nextLocale(texts, locale);
        browser.set('locale', next);
        setLocale(next);
      }}
    />
    ${
      chat
        ? html`<${Talk}
            chat=${chat}
            messages=${[...(talk.lists[chat.id] || []), ...waiting.filter(({ clientId }) => !listed.has(clientId)).map((post) => ({ type: 'said', sender: as, ...post }))]}
            posts=${new Map(waiting.map((post) => [post.clientId, post]))}
            progress=${posts.progress}
            as=${as}
            people=${people}
            draft=${drafts[here] || ''}
            attached=${attached.of(here)}
            replyTo=${replies[here] || null}
            pressing=${posts.pressing}
            elsewhere=${elsewhere}
            loaded=${talk.loaded}
            more=${talk.before[chat.id] !== undefined}
            locale=${locale}
            t=${t}
            nameOf=${nameOf}
            shadeOf=${shadeOf}
            on=${on}
          />`
        : html`<div class="talk welcome">
            <${Avatar} kind="bot" />
            <h2>${t('title')}</h2>
            <p>${t('pick')}</p>
          </div>`
    }
    <div class="notes">
      ${line && html`<p class="line ${line === 'restored' ? 'good' : ''}" role="status">${t(line)}</p>`}
      ${toast && html`<p class="toast" role="status">${toast}</p>`}
      ${
        peek &&
        html`<button class="peek" onClick=${() => open(peek.chat)}>
          <${Avatar} kind=${peek.sender === null ? 'bot' : 'person'} shade=${shadeOf(peek.sender)} name=${nameOf(peek.sender)} />
          <span class="lines"><b>${nameOf(peek.sender)}</b><small dir="auto">${peek.text.slice(0, 120)}</small></span>
        </button>`
      }
    </div>
    ${leaving && html`<${Leaving} t=${t} onLeave=${() => void leave()} onStay=${() => setLeaving(false)} />`}
    ${left !== null && html`<${StillThere} seconds=${left} t=${t} onHere=${stay} onDone=${() => void leave()} />`}
    <div class="unseen" aria-live="polite">${news}</div>
  </main>`;
}
