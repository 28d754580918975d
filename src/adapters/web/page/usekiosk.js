import { useEffect, useRef, useState } from './preact.js';
import { call } from './wire.js';

const touches = ['pointerdown', 'keydown', 'wheel', 'touchmove', 'input'];
/** How long (ms) before the end it is asked whether anybody is there. */
const askedBefore = 15_000;
/** A touch is told to the server at most this often, ms. */
const toldEach = 3_000;

const refuse = (event) => event.preventDefault();
/** The keys by which browsers save or print a page. */
const refuseSaving = (event) => {
  if ((event.ctrlKey || event.metaKey) && /^[sp]$/i.test(event.key)) event.preventDefault();
};

/**
 * On a shared device: how many seconds are left before it forgets its visitor, null while there is time, and what to call when somebody
 * says to be there. The server forgets by its own clock; here it is counted from the last touch that the server was told of, on a clock
 * that nobody can set. No menu and no drag there leads to a picture alone, and no key saves the page: what is kept would stay.
 */
export function useKiosk(forgetsAfterMs, onOver) {
  const [left, setLeft] = useState(null);
  const over = useRef(onOver);
  over.current = onOver;
  const here = useRef(() => undefined);

  useEffect(() => {
    if (!forgetsAfterMs) return undefined;
    let touched = false;
    let asking = false;
    let toldAt = performance.now();
    const look = () => {
      const now = performance.now();
      if (touched && now - toldAt >= toldEach) {
        touched = false;
        toldAt = now;
        void call('/web/stay', {});
      }
      const rest = forgetsAfterMs - (now - toldAt);
      if (rest <= 0) {
        clearInterval(timer);
        over.current();
      }
      asking = rest <= askedBefore;
      setLeft(!asking ? null : Math.max(0, Math.ceil(rest / 1000)));
    };
    // Once it is asked, the answer counts alone: the question must not go away under the finger that is about to say "I am done".
    const touch = () => {
      if (!asking) here.current();
    };
    here.current = () => {
      touched = true;
      look();
    };
    const timer = setInterval(look, 500);
    for (const name of touches) addEventListener(name, touch, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      for (const name of touches) removeEventListener(name, touch, { capture: true });
    };
  }, [forgetsAfterMs]);
  useEffect(() => {
    if (!forgetsAfterMs) return undefined;
    addEventListener('contextmenu', refuse);
    addEventListener('dragstart', refuse);
    addEventListener('keydown', refuseSaving);
    return () => {
      removeEventListener('contextmenu', refuse);
      removeEventListener('dragstart', refuse);
      removeEventListener('keydown', refuseSaving);
    };
  }, [forgetsAfterMs]);

  return [left, () => here.current()];
}
