import { html } from './preact.js';
import { Clock, Hints } from './demo.js';
import { Avatar, Unread } from './parts.js';
import { now } from './time.js';
import { clockTime, dayName, gist, otherDay, visible } from './words.js';

const Person = ({ person, shade, chosen, onPick }) =>
  html`<li>
    <button class="person" aria-pressed=${chosen} onClick=${() => onPick(person.id)}>
      <${Avatar} shade=${shade} name=${person.name} />
      <span class="lines"><b>${person.name}</b><small>${person.note}</small></span>
    </button>
  </li>`;

function Chat({ chat, last, lastName, unread, unsent, current, locale, t, onOpen }) {
  const when = last && (otherDay(last.at, now()) ? dayName(last.at, locale, t) : clockTime(last.at, locale));
  return html`<li>
    <button class="chat" aria-current=${current ? 'true' : undefined} onClick=${() => onOpen(chat.id)}>
      <${Avatar} kind=${chat.kind === 'group' ? 'group' : 'bot'} />
      <span class="lines">
        <span class="line"><b>${chat.title}</b>${when && html`<time>${when}</time>`}</span>
        <span class="line">
          ${unsent && html`<small class="unsent">${t('notSent')}</small>`}
          <small dir="auto">${last ? `${lastName ? `${lastName}${t('colon')}` : ''}${gist(last).slice(0, 60)}` : chat.note}</small>
          <${Unread} count=${unread} t=${t} />
        </span>
      </span>
    </button>
  </li>`;
}

/** Whoever cannot be anybody else, and the way out. */
const Self = ({ person, shade, label, onLeave }) =>
  html`<div class="self">
    <${Avatar} shade=${shade} name=${person.name} />
    <span class="lines"><b dir="auto">${visible(person.name)}</b></span>
    <button class="quiet leave" onClick=${onLeave}>${label}</button>
  </div>`;

/** Who you are, and your chats. `leave` is there for whoever cannot be anybody else. */
export const Home = ({
  people,
  as,
  chats,
  chat,
  locale,
  t,
  shadeOf,
  describe,
  mayForward,
  leave,
  leaveLabel,
  onPick,
  onOpen,
  onLanguage,
  onNotice,
}) =>
  html`<div class="home">
    <header class="top">
      <${Avatar} kind="bot" />
      <span class="lines"
        ><h1>${t('title')}</h1>
        <small>${t(leave ? 'taglineOn' : 'tagline')}</small></span
      >
      <button class="quiet" lang=${locale === 'en' ? 'zh-CN' : 'en'} onClick=${onLanguage}>${t('language')}</button>
    </header>
    <div class="scroll">
      ${
        leave
          ? people.map(
              (person) =>
                html`<${Self} key=${person.id} person=${person} shade=${shadeOf(person.id)} label=${leaveLabel} onLeave=${leave} />`,
            )
          : html`<h2>${t('who')}</h2>
              <ul class="people">
                ${people.map((person) => html`<${Person} key=${person.id} person=${person} shade=${shadeOf(person.id)} chosen=${person.id === as} onPick=${onPick} />`)}
              </ul>`
      }
      ${
        as
          ? html`<h2>${t('chats')}</h2>
              <ul class="chats">
                ${chats.map(
                  (one) =>
                    html`<${Chat}
                      key=${one.id}
                      chat=${one}
                      ...${describe(one)}
                      current=${one.id === chat}
                      locale=${locale}
                      t=${t}
                      onOpen=${onOpen}
                    />`,
                )}
              </ul>`
          : null
      }
      ${
        !leave &&
        html`<h2>${t('tryThis')}</h2>
          <${Hints} t=${t} />`
      }
      ${mayForward && html`<${Clock} locale=${locale} t=${t} onNotice=${onNotice} />`}
    </div>
  </div>`;
