import { html, useEffect, useLayoutEffect, useRef } from './preact.js';
import { Attach, Attached } from './attach.js';
import { Icon } from './parts.js';
import { useDropped } from './useattached.js';
import { gist, isBlank } from './words.js';

/** Where one writes: Enter sends, Shift+Enter breaks the line; an input method that is composing keeps its Enter. */
export function Composer({ draft, attached, replyTo, place, nameOf, t, onDraft, onAttach, onDetach, onSend, onNoReply }) {
  const area = useRef(null);
  const above = useDropped(onAttach);
  const blank = isBlank(draft) && attached.length === 0;
  const ready = !blank && attached.every((file) => file.ready);

  useLayoutEffect(() => {
    area.current.style.height = 'auto';
    area.current.style.height = `${area.current.scrollHeight + 2}px`;
  }, [draft, place]);
  useEffect(() => {
    // On a phone the keyboard would jump up by itself.
    if (replyTo || matchMedia('(hover: hover)').matches) area.current.focus();
  }, [place, replyTo]);

  const send = () => {
    if (!ready) return;
    onSend(draft);
    area.current.focus();
  };
  const onKeyDown = (event) => {
    if (event.key === 'Escape' && replyTo) onNoReply();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event) => {
    const { files } = event.clipboardData;
    // Tables and texts of other programs bring a picture of themselves along.
    if (files.length === 0 || event.clipboardData.getData('text/plain') !== '') return;
    event.preventDefault();
    onAttach(files);
  };

  return html`<div class="composer ${above ? 'dropping' : ''}">
    ${
      replyTo &&
      html`<div class="answering">
        <span dir="auto">${t('replyTo')} <b>${nameOf(replyTo.sender)}</b> ${gist(replyTo).slice(0, 80)}</span>
        <button class="quiet" aria-label=${t('cancelReply')} onClick=${onNoReply}><${Icon} name="close" /></button>
      </div>`
    }
    <${Attached} files=${attached} t=${t} onDetach=${onDetach} />
    <div class="write">
      <${Attach} t=${t} onAttach=${onAttach} />
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
        onPaste=${onPaste}
      ></textarea>
      <button class="send" aria-label=${t('send')} disabled=${!ready} onClick=${send}><${Icon} name="send" /></button>
    </div>
  </div>`;
}
