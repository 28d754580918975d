let open = true;
/** From now on nothing is written down: whoever this page was for is gone, and what is still under way is of them. */
export const shut = () => {
  open = false;
};

/** Reads and writes a browser storage; a browser that has none, or is full, forgets instead of failing. */
const keep = (area) => ({
  get(key, otherwise) {
    try {
      const text = area().getItem(`linli.${key}`);
      return text === null ? otherwise : JSON.parse(text);
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      if (open) area().setItem(`linli.${key}`, JSON.stringify(value));
    } catch {
      // Private windows refuse: the page works without memory.
    }
  },
  /** Forgets everything but these keys. */
  clear(...but) {
    try {
      for (const key of Object.keys(area())) if (key.startsWith('linli.') && !but.includes(key.slice(6))) area().removeItem(key);
    } catch {
      // Nothing was kept.
    }
  },
});

/** Of this browser: language, what was read. */
export const browser = keep(() => localStorage);
/** Of this tab, so that two tabs can be two people: who I am, drafts, what is not sent yet. */
export const tab = keep(() => sessionStorage);
