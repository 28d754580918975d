import { html, useEffect, useRef } from './preact.js';

/** A question above everything; Esc answers with `onNo`. */
function Ask({ label, onNo, children }) {
  const dialog = useRef(null);
  useEffect(() => {
    dialog.current.showModal();
  }, []);
  return html`<dialog
    ref=${dialog}
    class="ask"
    aria-labelledby="asked"
    onCancel=${(event) => {
      event.preventDefault();
      onNo();
    }}
  >
    <h2 id="asked">${label}</h2>
    ${children}
  </dialog>`;
}

/** Asked before a device forgets its visitor for good. */
export const Leaving = ({ t, onLeave, onStay }) =>
  html`<${Ask} label=${t('leaveSure')} onNo=${onStay}>
    <p>${t('leaveMeans')}</p>
    <div class="both">
      <button class="go" onClick=${onStay}>${t('leaveNot')}</button>
      <button class="other" onClick=${onLeave}>${t('leaveYes')}</button>
    </div>
  <//>`;

/** The last seconds on a shared device. What is read out stays the same while the seconds count. */
export const StillThere = ({ seconds, t, onHere, onDone }) =>
  html`<${Ask} label=${t('stillThere')} onNo=${onHere}>
    <p>${t('forgetsSoon')}</p>
    <p class="seconds" aria-hidden="true">${seconds}</p>
    <div class="both">
      <button class="go" onClick=${onHere}>${t('stillHere')}</button>
      <button class="other" onClick=${onDone}>${t('done')}</button>
    </div>
  <//>`;
