import { browser, tab } from './store.js';

/** Whether this page stands on a device that many use. */
export const kiosk = location.pathname === '/kiosk';

/** Forgets what this tab and this browser know of a visitor; a device of one's own keeps the language. */
export function clearHere() {
  tab.clear();
  browser.clear(...(kiosk ? [] : ['locale']));
}

/** The visitor is gone: begins anew, in the place of this page, so that no way back leads to what stood here. */
export function forgetHere() {
  clearHere();
  location.replace(location.pathname);
}
