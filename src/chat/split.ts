const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Where a text may be cut, best first: after an empty line, a line, a sentence, a part of one, a word. */
const places = [/\n\s*\n/gu, /\n/gu, /[。！？!?；;…]+["”’」』）)]*|\.(?=\s)/gu, /[，,、：:]/gu, /\s+/gu];

/** A piece that ends before this part of the room is used would leave many small ones: a less good place is better then. */
const leastUsed = 0.5;

/**
 * Cuts a text into pieces of at most `max` UTF-16 code units, in order, at the best place that leaves no piece short. Blanks at a cut and at the ends are
 * left out, everything else stands in the pieces as it stood. A sign that people see as one (an emoji of several, a letter with its marks)
 * is only cut where it alone is longer than `max`. At least one piece; `max` is at least 2.
 */
export function splitText(text: string, max: number): readonly string[] {
  if (text.length <= max) return [text];
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > max) {
    const at = cutOf(rest, max);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  if (rest !== '') pieces.push(rest);
  const said = pieces.filter((piece) => piece !== '');
  return said.length > 0 ? said : [''];
}

/** How many code units of the text the next piece takes: 1 to `max`. */
function cutOf(text: string, max: number): number {
  // One more than there is room for: a blank at the cut takes none.
  const head = text.slice(0, max + 1);
  for (const place of places) {
    const ends = [...head.matchAll(place)].map(({ 0: found, index }) => index + found.length);
    const end = ends.findLast((one) => head.slice(0, one).trimEnd().length <= max && one <= max + 1);
    if (end !== undefined && end > max * leastUsed) return end;
  }
  return lastWhole(text, max);
}

/** The last end of a whole sign within `max`; where the first one alone is longer, of a whole code point. */
function lastWhole(text: string, max: number): number {
  let end = 0;
  // What a sign is may hang on what stands before it, but never so far back.
  for (const { index, segment } of graphemes.segment(text.slice(0, max + 64))) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  if (end > 0) return end;
  const inside = text.charCodeAt(max - 1);
  return inside >= 0xd800 && inside <= 0xdbff && max > 1 ? max - 1 : max;
}
