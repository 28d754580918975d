import { html, useRef } from './preact.js';
import { Icon } from './parts.js';
import { sizeOf, visible } from './words.js';

/** Picks pictures and files. The system's own dialog does the work. */
export function Attach({ t, onAttach }) {
  const input = useRef(null);
  const onChange = () => {
    onAttach(input.current.files);
    // The same file may be picked again.
    input.current.value = '';
  };
  return html`<button class="attach" aria-label=${t('attach')} title=${t('attach')} onClick=${() => input.current.click()}>
      <${Icon} name="attach" />
    </button>
    <input ref=${input} type="file" multiple hidden onChange=${onChange} />`;
}

/** What stands ready to be sent. */
export const Attached = ({ files, t, onDetach }) =>
  html`<ul class="attached" aria-label=${t('attached')} aria-live="polite">
    ${files.map(
      ({ key, name, size, preview, ready }) =>
        html`<li key=${key} class=${ready ? '' : 'unready'}>
          ${preview ? html`<img src=${preview} alt="" />` : html`<${Icon} name="file" />`}
          <span class="lines"><b dir="auto">${visible(name)}</b><small>${ready ? sizeOf(size) : t('preparing')}</small></span>
          <button class="quiet" aria-label="${t('detach')} ${visible(name)}" onClick=${() => onDetach(key)}>
            <${Icon} name="close" />
          </button>
        </li>`,
    )}
  </ul>`;
