import { browser, shut, tab } from './store.js';

/** Whether this page stands on a device that many use. */
export const kiosk = location.pathname === '/kiosk';

/** Forgets what this tab and this browser know of a visitor; a device of one's own keeps the language. */
export function clearHere() {
  tab.clear();
  browser.clear(...(kiosk ? [] : ['locale']));
}

let showInstead = () => undefined;
/** What takes the place of a visitor's page at once, while the house is asked: called with whether it is away. */
export const insteadOfThem = (show) => {
  showInstead = show;
};

let going = false;
const againMs = 2_000;
const answers = () =>
  fetch(location.pathname).then(
    ({ status }) => status < 500,
    () => false,
  );

/**
 * The visitor is gone: nothing of theirs stands here from now on, and the page begins anew, in the place of this one, so that no way back
 * leads to what stood here. That waits until `answered` says that there is a connection: without one the browser would put a page of its
 * own here, and nothing of Linli would be left to try again.
 */
export async function forgetHere(answered = answers) {
  if (going) return;
  going = true;
  clearHere();
  // What is still under way must not write anything of theirs down again.
  shut();
  showInstead(false);
  while (!(await answered())) {
    showInstead(true);
    await new Promise((resolve) => void setTimeout(resolve, againMs));
  }
  location.replace(location.pathname);
}
