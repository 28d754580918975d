import { useEffect, useRef, useState } from './preact.js';
import { mostBytes, mostFiles, prepare } from './prepare.js';

/**
 * What stands ready to be sent, by the place (person and chat) where it was picked: `{ key, name, ready, … }`, see prepare.js. Each file
 * that cannot go is told to `onProblem` with the key of a text.
 */
export function useAttached(onProblem) {
  const [all, setAll] = useState({});
  const now = useRef(all);
  const next = useRef(0);
  const change = (place, how) => {
    now.current = { ...now.current, [place]: how(now.current[place] || []) };
    setAll(now.current);
  };
  const remove = (place, key) => change(place, (list) => list.filter((one) => one.key !== key));

  return {
    of: (place) => all[place] || [],
    remove,
    add(place, files) {
      const room = mostFiles - (now.current[place] || []).length;
      if (files.length > room) onProblem('tooManyFiles');
      for (const file of [...files].slice(0, Math.max(0, room))) {
        if (file.size === 0) {
          onProblem('emptyFile');
          continue;
        }
        const key = ++next.current;
        change(place, (list) => [...list, { key, name: file.name, size: file.size, ready: false }]);
        void prepare(file).then((sent) => {
          if (sent.size > mostBytes) {
            onProblem('fileTooLarge');
            remove(place, key);
          } else change(place, (list) => list.map((one) => (one.key === key ? { ...one, ...sent, ready: true } : one)));
        });
      }
    },
    /** Gives what is there, and leaves nothing. */
    take(place) {
      const list = now.current[place] || [];
      change(place, () => []);
      return list;
    },
  };
}

/** Files that are dragged onto the page; dropped anywhere they are picked, instead of the page leaving for them. Gives whether some hang above it. */
export function useDropped(onFiles) {
  const [above, setAbove] = useState(false);
  const latest = useRef();
  latest.current = onFiles;
  useEffect(() => {
    const over = (event) => {
      if (![...event.dataTransfer.types].includes('Files')) return;
      event.preventDefault();
      setAbove(true);
    };
    const left = (event) => event.relatedTarget === null && setAbove(false);
    const drop = (event) => {
      setAbove(false);
      if (event.dataTransfer.files.length === 0) return;
      event.preventDefault();
      latest.current(event.dataTransfer.files);
    };
    const listeners = Object.entries({ dragover: over, dragleave: left, drop });
    for (const [name, listener] of listeners) addEventListener(name, listener);
    return () => listeners.forEach(([name, listener]) => removeEventListener(name, listener));
  }, []);
  return above;
}
