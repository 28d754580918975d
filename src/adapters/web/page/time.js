// The one place where the page looks at the browser's own clock.
let ahead = 0;

/** Takes the server's time (ms since the epoch): what is today does not hang on a phone whose clock is wrong, nor on one that was put forward. */
export const setNow = (now) => {
  ahead = now - Date.now();
};

/** Now, ms since the epoch, by the server's clock. */
export const now = () => Date.now() + ahead;

let place;

/** Takes the community's zone (IANA): what stands on the page is the time that the bot means. A browser that does not know it keeps its own. */
export const setZone = (name) => {
  try {
    // Throws for what is not known.
    place = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    place = undefined;
  }
};

/** The zone in which times are shown. */
export const zone = () => place;
