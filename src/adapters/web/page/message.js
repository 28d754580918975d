import { html, useState } from './preact.js';
import { Avatar, Icon } from './parts.js';
import { query, reason } from './wire.js';
import { clockTime, gist, sizeOf, visible } from './words.js';

const isLong = (text) => text.length > 900 || text.split('\n').length > 24;

function Words({ message, card, me, t }) {
  const [open, setOpen] = useState(false);
  const text = visible(message.text);
  const long = isLong(text);
  const cut = card ? text.indexOf('\n') : -1;
  return html`<div class="words ${long && !open ? 'folded' : ''}" dir="auto">
      ${message.mention && html`<b class="mention ${message.mention.id === me ? 'forme' : ''}">@${visible(message.mention.name)}</b>${' '}`}
      ${cut > 0 ? html`<b class="title">${text.slice(0, cut)}</b>${text.slice(cut + 1)}` : text}
    </div>
    ${long && html`<button class="fold" aria-expanded=${open} onClick=${() => setOpen(!open)}>${t(open ? 'showLess' : 'showAll')}</button>`}`;
}

/** A picture to look at, and to open alone; any other file is saved. With `onKeep` there is no link, so no button of a mouse and no menu follows one. */
function File({ message, chat, as, onKeep }) {
  const { name, size, picture } = message.file;
  // Not sent yet: nothing to be opened.
  if (!message.id) {
    return picture && message.preview
      ? html`<span class="picture unsent"
          ><img src=${message.preview} alt=${visible(name)} width=${picture.width} height=${picture.height}
        /></span>`
      : html`<span class="file"
          ><${Icon} name="file" /><span class="lines"><b dir="auto">${visible(name)}</b><small>${sizeOf(size)}</small></span></span
        >`;
  }
  const path = `/web/file${query(as, { chat, message: message.id })}`;
  const look = picture
    ? html`<img src=${path} alt=${visible(name)} width=${picture.width} height=${picture.height} />`
    : html`<${Icon} name="file" />
        <span class="lines"><b dir="auto">${visible(name)}</b><small>${sizeOf(size)}</small></span>
        ${!onKeep && html`<${Icon} name="save" />`}`;
  if (onKeep) return html`<button class=${picture ? 'picture' : 'file'} onClick=${onKeep}>${look}</button>`;
  return picture
    ? html`<a class="picture" href=${path} target="_blank" rel="noopener">${look}</a>`
    : html`<a class="file" href=${path} download=${name}>${look}</a>`;
}

const Choices = ({ message, as, pressing, onPress }) =>
  html`<div class="choices ${message.choices.some(({ key }) => key) ? 'menu' : ''}">
    ${message.choices.map(
      ({ key, label, value, quiet }) =>
        html`<button
          key=${value}
          class="choice ${quiet ? 'away' : ''}"
          aria-disabled=${pressing[`${as} ${message.id} ${value}`] ? 'true' : undefined}
          onClick=${() => onPress(message.id, value)}
        >
          ${key && html`<kbd>${key}</kbd>${' '}`}<span dir="auto">${visible(label)}</span>
        </button>`,
    )}
  </div>`;

const Quote = ({ quoted, nameOf, t }) =>
  html`<div class="quote" dir="auto">${quoted ? html`<b>${nameOf(quoted.sender)}</b> ${gist(quoted).slice(0, 80)}` : t('older')}</div>`;

const Status = ({ post, progress, t, onAgain, onDiscard }) =>
  post.state === 'failed'
    ? html`<div class="status failed" role="alert">
        <span>${reason(post.why || {}, t, 'notSent')}</span>
        ${!post.lost && html`<button onClick=${() => onAgain(post.clientId)}>${t('retry')}</button>`}
        <button class="quiet" onClick=${() => onDiscard(post.clientId)}>${t('discard')}</button>
      </div>`
    : post.state === 'sending'
      ? html`<div class="status">
          ${t('sending')}${post.file && html`${' '}<progress max="1" value=${progress || 0} aria-label="${t('sending')} ${visible(post.file.name)}" />`}
        </div>`
      : null;

/** One bubble. `follows` is true when the same person wrote just before: name and picture are not repeated. */
export function Message({ message, follows, chat, group, as, quoted, post, progress, pressing, nameOf, shadeOf, locale, t, on }) {
  const bot = message.sender === null;
  const mine = message.sender === as;
  const choices = message.choices && message.choices.length > 0;
  const card = bot && group && choices && message.choices.every(({ key }) => !key);
  const menu = choices && !card;
  const kind = ['message', mine && 'mine', bot && 'frombot', follows && 'follows', card && 'card', message.type === 'pressed' && 'pressed'];
  return html`<li class=${kind.filter(Boolean).join(' ')}>
    ${!mine && html`<${Avatar} kind=${bot ? 'bot' : 'person'} shade=${shadeOf(message.sender)} name=${nameOf(message.sender)} />`}
    <div class="stack">
      ${group && !mine && !follows && html`<span class="name">${nameOf(message.sender)}</span>`}
      <div class="row">
        <div
          class="bubble ${menu ? 'withmenu' : ''} ${message.file ? 'withfile' : ''}"
          data-changed=${message.changes ? (message.changes % 2 ? 'odd' : 'even') : undefined}
        >
          ${message.replyTo && html`<${Quote} quoted=${quoted} nameOf=${nameOf} t=${t} />`}
          ${message.file && html`<${File} message=${message} chat=${chat} as=${as} onKeep=${on.keep} />`}
          <div class="said">
            ${(message.text || !message.file) && html`<${Words} message=${message} card=${card} me=${as} t=${t} />`}
            <time class="at">${clockTime(message.at, locale)}</time>
          </div>
          ${choices && html`<${Choices} message=${message} as=${as} pressing=${pressing} onPress=${on.press} />`}
        </div>
        ${
          message.id &&
          html`<button
            class="answer"
            aria-label="${t('replyTo')} ${nameOf(message.sender)}"
            title=${t('reply')}
            onClick=${() => on.reply(message)}
          >
            <${Icon} name="reply" />
          </button>`
        }
      </div>
      ${post && html`<${Status} post=${post} progress=${progress} t=${t} onAgain=${on.again} onDiscard=${on.discard} />`}
    </div>
  </li>`;
}
