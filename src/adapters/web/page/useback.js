import { useEffect, useRef } from './preact.js';

const inTalk = () => Boolean(history.state && history.state.linli === 'talk');

/**
 * On a phone, where the list of chats and a chat take each other's place: the browser's own way back leads from a chat to the list, and
 * forward into it again. `narrow` says whether it is one.
 */
export function useBack(open, narrow, onMove) {
  const latest = useRef();
  latest.current = { open, narrow, onMove };
  /** Going back takes a moment; until then it is not known where one is. */
  const leaving = useRef(false);
  const follow = () => {
    if (!latest.current.narrow() || leaving.current || latest.current.open === inTalk()) return;
    if (latest.current.open) history.pushState({ linli: 'talk' }, '');
    else {
      leaving.current = true;
      history.back();
    }
  };
  useEffect(follow, [open]);
  useEffect(() => {
    const moved = () => {
      if (!leaving.current) return void (latest.current.narrow() && latest.current.onMove(inTalk()));
      leaving.current = false;
      follow();
    };
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
}
