import { html, useEffect, useState } from './preact.js';
import { now, setNow } from './time.js';
import { call, reason } from './wire.js';
import { clockTime, longDay } from './words.js';

const hints = [
  ['asResident', 'hintResident'],
  ['asParent', 'hintParent'],
  ['asStaff', 'hintStaff'],
];
/** What each step is called, and what is said once it is done. */
const steps = { hour: 'hourLater', day: 'dayLater' };

/** What a newcomer may do first, a line for each kind of person. */
export const Hints = ({ t }) =>
  html`<ul class="hints">
    ${hints.map(([who, what]) => html`<li key=${who}><b>${t(who)}</b> ${t(what)}</li>`)}
  </ul>`;

/** The clock of the sample community, which may be put forward to see what happens later. */
export function Clock({ locale, t, onNotice }) {
  const [busy, setBusy] = useState(false);
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  const forward = async (step) => {
    if (busy) return;
    setBusy(true);
    const { ok, data } = await call('/web/clock', { step });
    if (ok) setNow(data.now);
    setBusy(false);
    onNotice(ok ? t(steps[step]) : reason(data, t, 'pressAgain'));
  };
  return html`<div class="clock">
    <p>${t('timeHere')} <time>${longDay(now(), locale)} ${clockTime(now(), locale)}</time></p>
    ${Object.keys(steps).map(
      (step) =>
        html`<button key=${step} class="forward" aria-disabled=${busy ? 'true' : undefined} onClick=${() => forward(step)}>
          ${t(step)}
        </button>`,
    )}
    <small>${t('clockNote')}</small>
  </div>`;
}
