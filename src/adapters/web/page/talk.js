import { html, useLayoutEffect, useRef, useState } from './preact.js';
import { Earlier } from './earlier.js';
import { Composer } from './composer.js';
import { Message } from './message.js';
import { Avatar, Icon, Unread } from './parts.js';
import { dayName, otherDay } from './words.js';

const together = 5 * 60 * 1000;
const nearEnd = 80;

/** The people as a native picker over one's own sign: on a phone one changes who one is without leaving the chat. */
const Me = ({ people, as, nameOf, shadeOf, t, onPick }) =>
  html`<label class="me">
    <${Avatar} shade=${shadeOf(as)} name=${nameOf(as)} />
    <select aria-label=${t('who')} value=${as} onChange=${(event) => onPick(event.target.value)}>
      ${people.map(({ id, name, note }) => html`<option key=${id} value=${id} selected=${id === as}>${name} · ${note}</option>`)}
    </select>
  </label>`;

/** One chat: what was said, and where one writes. `messages` are those of the log followed by those that are not there yet. */
export function Talk({
  chat,
  messages,
  posts,
  progress,
  as,
  people,
  draft,
  attached,
  replyTo,
  pressing,
  elsewhere,
  loaded,
  more,
  locale,
  t,
  nameOf,
  shadeOf,
  on,
}) {
  const scroller = useRef(null);
  const stuck = useRef(true);
  const [away, setAway] = useState(false);

  const toEnd = () => {
    stuck.current = true;
    scroller.current.scrollTop = scroller.current.scrollHeight;
  };
  useLayoutEffect(() => {
    stuck.current = true;
    setAway(false);
  }, [chat.id, as]);
  useLayoutEffect(() => {
    if (stuck.current) toEnd();
    // A keyboard that opens or a composer that grows must not cover the end.
    const watch = new ResizeObserver(() => stuck.current && toEnd());
    watch.observe(scroller.current);
    return () => watch.disconnect();
  }, [messages, chat.id, as]);
  const onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = scroller.current;
    stuck.current = scrollHeight - scrollTop - clientHeight < nearEnd;
    if (away === stuck.current) setAway(!stuck.current);
  };

  const byId = new Map(messages.map((message) => [message.id, message]));
  const item = (message, index) => {
    const before = messages[index - 1];
    const newDay = !before || otherDay(before.at, message.at);
    const follows = !newDay && before.sender === message.sender && message.at - before.at < together;
    return html`${newDay && html`<li class="day" key=${`day ${message.id || message.clientId}`}><span>${dayName(message.at, locale, t)}</span></li>`}
      <${Message}
        key=${message.clientId ? `own ${message.clientId}` : message.id}
        message=${message}
        follows=${follows}
        chat=${chat.id}
        group=${chat.kind === 'group'}
        as=${as}
        quoted=${byId.get(message.replyTo)}
        post=${message.sender === as ? posts.get(message.clientId) : undefined}
        progress=${progress[message.clientId]}
        pressing=${pressing}
        nameOf=${nameOf}
        shadeOf=${shadeOf}
        locale=${locale}
        t=${t}
        on=${on}
      />`;
  };

  return html`<div class="talk ${chat.kind}">
    <header class="top">
      <button class="quiet back" onClick=${on.back}>
        <${Icon} name="back" /><span class="unseen">${t('back')}</span><${Unread} count=${elsewhere} t=${t} />
      </button>
      <${Avatar} kind=${chat.kind === 'group' ? 'group' : 'bot'} />
      <span class="lines"
        ><h1>${chat.title}</h1>
        <small>${chat.note}</small></span
      >
      ${
        on.leave
          ? html`<button class="quiet leave" onClick=${on.leave}>${on.leaveLabel}</button>`
          : html`<${Me} people=${people} as=${as} nameOf=${nameOf} shadeOf=${shadeOf} t=${t} onPick=${on.pick} />`
      }
    </header>
    <div class="scroller" ref=${scroller} onScroll=${onScroll} tabindex="0" aria-label=${chat.title}>
      ${messages.length === 0 && html`<p class="hint">${t(!loaded ? 'loading' : chat.kind === 'group' ? 'emptyGroup' : 'emptyPrivate')}</p>`}
      <${Earlier}
        key=${`${as} ${chat.id}`}
        more=${more}
        first=${messages[0] && messages[0].id}
        scroller=${scroller}
        t=${t}
        onEarlier=${on.earlier}
      />
      <ol class="messages">
        ${messages.map(item)}
      </ol>
    </div>
    ${away && html`<button class="newest" aria-label=${t('newest')} onClick=${toEnd}><${Icon} name="down" /></button>`}
    <${Composer}
      draft=${draft}
      attached=${attached}
      replyTo=${replyTo}
      place=${`${as} ${chat.id}`}
      nameOf=${nameOf}
      t=${t}
      onDraft=${on.draft}
      onAttach=${on.attach}
      onDetach=${on.detach}
      onSend=${(text) => {
        stuck.current = true;
        on.send(text);
      }}
      onNoReply=${() => on.reply(null)}
    />
  </div>`;
}
