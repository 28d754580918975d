import type { Node } from '@takumi-rs/core';
import { family } from './renderer.js';

/** What a poster shows, ready to be drawn. */
export interface PosterWords {
  readonly community: string;
  readonly title: string;
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  readonly caption: string;
}

/** A square picture. */
export interface Picture {
  readonly png: Uint8Array;
  readonly width: number;
}

/** Sheet of paper and screen of a phone alike: the sides of A4. */
export const page = { width: 1080, height: 1528 } as const;
const margin = 88;
const column = page.width - 2 * margin;
const band = 20;
// Also the empty border that a code needs, four of its squares.
const inset = 40;
const leading = 1.32;
const titleLeading = 1.25;
/** The widest code that leaves room for its caption. */
export const codeWidth = 300;

const paper = '#fbf7f1';
const ink = '#2a2420';
const soft = '#75695f';
const accent = '#b4472c';
const rule = '#e5dbcd';

const house = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="18" fill="${accent}"/><path d="M14 32 32 17l18 15v17a3 3 0 0 1-3 3H17a3 3 0 0 1-3-3Z" fill="#fff"/><path d="M32 46s-8-4.6-8-9.6a4.4 4.4 0 0 1 8-2.4 4.4 4.4 0 0 1 8 2.4c0 5-8 9.6-8 9.6Z" fill="${accent}"/></svg>`;

type Style = NonNullable<Node['style']>;
const box = (style: Style, ...children: Node[]): Node => ({ type: 'container', style: { display: 'flex', ...style }, children });
const words = (text: string, style: Style): Node => ({
  type: 'text',
  text,
  style: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', ...style },
});
const clamped = (lines: number | undefined): Style => (lines === undefined ? {} : { lineClamp: lines, textOverflow: 'ellipsis' });
const fill: Style = { flexGrow: 1, flexBasis: 0 };

/** The title at a size; cut after `most` lines where that is given. */
export const titleNode = (title: string, size: number, most?: number): Node =>
  words(title, {
    width: column,
    fontFamily: family,
    fontSize: size,
    fontWeight: 700,
    lineHeight: titleLeading,
    textWrap: 'balance',
    ...clamped(most),
  });

/** How high a title of so many lines is at most. */
export const titleHeight = (size: number, lines: number): number => Math.ceil(size * titleLeading * lines) + 1;

/** When, where, for whom, one under another. */
function linesNode(lines: PosterWords['lines'], size: number, most?: number): Node {
  const label = Math.round(size * 0.7);
  const widest = Math.max(0, ...lines.map((line) => emsOf(line.label)));
  return box(
    { flexDirection: 'column', gap: Math.round(size * 0.6), width: column },
    ...lines.map((line) =>
      box(
        { alignItems: 'flex-start', gap: Math.round(size * 0.65) },
        // Label and value stand on one line of writing.
        words(line.label, {
          width: Math.min(widest * label, column / 3),
          flexShrink: 0,
          fontSize: label,
          lineHeight: leading / 0.7,
          color: soft,
          ...clamped(1),
        }),
        words(line.value, { ...fill, fontSize: size, fontWeight: 700, lineHeight: leading, textWrap: 'pretty', ...clamped(most) }),
      ),
    ),
  );
}

/** Everything above the foot: community, title, lines. `most`: after how many lines each of them is cut. */
export const headNode = (said: PosterWords, size: { title: number; line: number }, most?: number): Node =>
  box(
    { width: page.width, flexDirection: 'column', padding: margin, paddingTop: 64, paddingBottom: 48, fontFamily: family, color: ink },
    box(
      { alignItems: 'center', gap: 22, marginBottom: 44 },
      { type: 'image', src: new TextEncoder().encode(house), width: 60, height: 60 },
      words(said.community, { ...fill, fontSize: 40, fontWeight: 700, color: accent, ...clamped(1) }),
    ),
    titleNode(said.title, size.title, most === undefined ? undefined : most + 2),
    box({ width: column, height: 4, backgroundColor: rule, marginTop: 40, marginBottom: 44, flexShrink: 0 }),
    linesNode(said.lines, size.line, most),
  );

/** The whole page, with the code and its caption at the foot. */
export const pageNode = ({ head, caption, code }: { head: Node; caption: string; code: Picture | null }): Node =>
  box(
    { ...page, flexDirection: 'column', backgroundColor: paper, fontFamily: family, color: ink },
    box({ width: page.width, height: band, backgroundColor: accent, flexShrink: 0 }),
    head,
    box({ flexGrow: 1 }),
    footNode(caption, code),
  );

/** How much of the page is not for the head: the band at the top and the foot with its margin. */
export const footHeight = (code: Picture | null): number => band + cardHeight(code) + margin;

const cardHeight = (code: Picture | null): number => (code === null ? 160 : code.width + 2 * inset);

function footNode(caption: string, code: Picture | null): Node {
  const picture: Node[] = code === null ? [] : [{ type: 'image', src: code.png, width: code.width, height: code.width }];
  return box(
    {
      alignItems: 'center',
      flexShrink: 0,
      gap: 52,
      width: column,
      height: cardHeight(code),
      margin,
      marginTop: 0,
      padding: inset,
      backgroundColor: '#ffffff',
      borderRadius: 28,
    },
    ...picture,
    words(caption, { ...fill, fontSize: 50, fontWeight: 700, lineHeight: 1.4, textWrap: 'balance', ...clamped(code === null ? 2 : 4) }),
  );
}

/** About how wide a text is, in letters of the font: Chinese ones take one, others about half. */
const emsOf = (text: string): number =>
  Array.from(text).reduce((sum, letter) => sum + (/[\u2e80-\u{3ffff}]/u.test(letter) ? 1 : /\p{Cf}/u.test(letter) ? 0 : 0.62), 0);
