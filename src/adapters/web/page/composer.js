import { html, useEffect, useLayoutEffect, useRef } from './preact.js';
import { Icon } from './parts.js';
import { gist } from './words.js';

/** Where one writes: Enter sends, Shift+Enter breaks the line; an input method that is composing keeps its Enter. */
export function Composer({ draft, replyTo, place, nameOf, t, onDraft, onSend, onNoReply }) {
  const area = useRef(null);

  useLayoutEffect(() => {
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight + 2}px`;
  }, [draft, place]);
  useEffect(() => {
    // On a phone the keyboard would jump up by itself.
    if (replyTo || matchMedia('(hover: hover)').matches) area.current.focus();
  }, [place, replyTo]);

  const send = () => {
    if (draft.trim() === '') return;
    onSend(draft);
    area.current.focus();
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape' && replyTo) onNoReply();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return html`<div class="composer">
    ${
      replyTo &&
      html`<div class="answering">
        <span dir="auto">${t('replyTo')} <b>${nameOf(replyTo.sender)}</b> ${gist(replyTo).slice(0, 80)}</span>
        <button class="quiet" aria-label=${t('cancelReply')} onClick=${onNoReply}><${Icon} name="close" /></button>
      </div>`
    }
    <div class="write">
      <textarea
        ref=${area}
        rows="1"
        dir="auto"
        enterkeyhint="send"
        aria-label=${t('write')}
        placeholder=${t('write')}
        value=${draft}
        onInput=${(event) => onDraft(event.target.value)}
        onKeyDown=${onKeyDown}
      ></textarea>
      <button class="send" aria-label=${t('send')} disabled=${draft.trim() === ''} onClick=${send}><${Icon} name="send" /></button>
    </div>
  </div>`;
}
