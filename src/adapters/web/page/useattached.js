import { useEffect, useRef, useState } from './preact.js';
import { mostBytes, mostFiles, prepare } from './prepare.js';

/**
 * What stands ready to be sent, by the place (person and chat) where it was picked: `{ key, name, ready, … }`, see prepare.js. Why
 * some of what was picked cannot go is told once, to `onProblems`, as the keys of texts.
 */
export function useAttached(onProblems) {
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
    async add(place, files) {
      const problems = new Set();
      const waiting = [...files].filter(({ size }) => size > 0);
      if (waiting.length < files.length) problems.add('emptyFile');
      // What turns out to be too large gives its room to the next, so that of many those stand there that can go.
      const takeNext = async () => {
        if ((now.current[place] || []).length >= mostFiles) return;
        const file = waiting.shift();
        if (!file) return;
        const key = ++next.current;
        change(place, (list) => [...list, { key, name: file.name, size: file.size, ready: false }]);
        const sent = await prepare(file);
        if (sent.size <= mostBytes)
          return change(place, (list) => list.map((one) => (one.key === key ? { ...one, ...sent, ready: true } : one)));
        problems.add('fileTooLarge');
        remove(place, key);
        await takeNext();
      };
      await Promise.all(Array.from({ length: mostFiles }, takeNext));
      if (waiting.length > 0) problems.add('tooManyFiles');
      if (problems.size > 0) onProblems([...problems]);
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
