import { html, render } from './preact.js';
import { App } from './app.js';
import { Away } from './away.js';
import { Enter } from './enter.js';
import { clearHere, forgetHere, insteadOfThem, kiosk } from './forget.js';
import { Shared } from './shared.js';
import { setNow, setZone } from './time.js';
import { byPass, call } from './wire.js';

/** Asks until the server answers: a page that was opened too early comes up by itself. */
async function begin() {
  const [who, words] = await Promise.all([call('/web/people'), call('/web/texts')]);
  if (!words.ok || (!who.ok && who.status !== 401)) return void setTimeout(() => void begin(), 2000);
  const { people, groups, mayForward, me, forgetsAfterMs } = who.data;
  const texts = words.data;
  const root = document.getElementById('app');
  if (!who.ok) {
    clearHere();
    return void render(html`<${Enter} texts=${texts} kiosk=${kiosk} onEntered=${() => void begin()} />`, root);
  }
  insteadOfThem((away) => render(html`<${Away} texts=${texts} away=${away} />`, root));
  if (kiosk && me && !forgetsAfterMs) return void render(html`<${Shared} texts=${texts} />`, root);
  setNow(who.data.now);
  setZone(who.data.zone);
  if (me) byPass(() => void forgetHere());
  const there = { people, groups, mayForward, me, forgetsAfterMs };
  render(html`<${App} ...${there} texts=${texts} />`, root);
}
// A page that the browser kept whole shows what stood there, also after its visitor has left.
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
void begin();
