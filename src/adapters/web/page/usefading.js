import { useEffect, useRef, useState } from './preact.js';

/** A value that goes away by itself after so many ms; setting it again starts anew. */
export function useFading(ms) {
  const [value, setValue] = useState(null);
  const timer = useRef();
  const show = (next) => {
    clearTimeout(timer.current);
    setValue(next);
    if (next !== null) timer.current = setTimeout(() => setValue(null), ms);
  };
  return [value, show];
}

/** What to say about the connection: nothing while it is well, why it is lost, and for a moment that it is back. */
export function useLine(line) {
  const [back, showBack] = useFading(2500);
  const lost = useRef(false);
  useEffect(() => {
    const isLost = line !== 'open' && line !== 'opening';
    if (line === 'open' && lost.current) showBack('restored');
    if (line !== 'opening') lost.current = isLost;
  }, [line]);
  return line === 'open' ? back : line === 'opening' ? null : line;
}
