import type { Node, Renderer } from '@takumi-rs/core';
import { drawable } from './legible.js';
import { unbroken } from './linebreaks.js';
import { codeWidth, footHeight, headNode, page, pageNode, titleHeight, titleNode, type PosterWords } from './posterPage.js';
import { qrWithin } from './qr.js';
import { renderer } from './renderer.js';

/** A poster for a phone's screen and for the notice board. */
export interface Poster {
  readonly title: string;
  /** When, where, for whom: a short label and what it says. Lines that say nothing are left out. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** What the code opens; null where there is nothing to open, so that the caption stands alone. */
  readonly qrText: string | null;
  readonly qrCaption: string;
  readonly community: string;
}

/** How large title and lines are set. The first size at which the page holds everything is taken. */
const sizes = [
  { title: 132, line: 62 },
  { title: 120, line: 60 },
  { title: 108, line: 57 },
  { title: 98, line: 54 },
  { title: 88, line: 51 },
  { title: 80, line: 47 },
  { title: 72, line: 43 },
  { title: 64, line: 38 },
  { title: 56, line: 33 },
] as const;
// Large type over more than three lines is no title any more.
const titleLines = (size: number): number => (size > 72 ? 3 : 4);
// Where no size holds everything, each line of the smallest is cut after so many.
const smallest = { title: 52, line: 30 };
const cuts = [6, 4, 3, 2, 1];
const mostLines = 8;

/**
 * Draws a poster as PNG, 1080 × 1528. What is long is set smaller, and what is endless is cut with "…": the code stays on the page.
 * @example
 * await poster({ title: '美术公益课堂', lines: [{ label: '时间', value: '8月1日(周六) 10:00' }], qrText: url, qrCaption: '扫码报名', community: '费家营社区' });
 */
export async function poster({ title, lines, qrText, qrCaption, community }: Poster): Promise<Uint8Array> {
  const words: PosterWords = {
    title: oneLine(title, 300),
    community: oneLine(community, 60),
    caption: plain(qrCaption, 100),
    lines: lines
      .map(({ label, value }) => ({ label: oneLine(label, 12), value: plain(value, 600) }))
      .filter(({ value }) => value !== '')
      .slice(0, mostLines),
  };
  const code = qrText === null ? null : await qrWithin(qrText, codeWidth);
  const canvas = await renderer();
  const head = await fit(canvas, words, page.height - footHeight(code));
  return new Uint8Array(await canvas.render(pageNode({ head, caption: words.caption, code }), { ...page, format: 'png' }));
}

/** Cut between code points: nobody reads more on a poster, and measuring an endless text takes long. */
const plain = (text: string, most: number): string => {
  const letters = Array.from(drawable(text));
  return unbroken(letters.length <= most ? letters.join('') : `${letters.slice(0, most - 1).join('')}…`);
};
const oneLine = (text: string, most: number): string => plain(text.replace(/\s+/gu, ' '), most);

/** Everything above the foot, as large as it fits into `height`. */
async function fit(canvas: Renderer, words: PosterWords, height: number): Promise<Node> {
  const high = async (node: Node): Promise<number> => (await canvas.measure(node, { width: page.width })).height;
  for (const size of sizes) {
    const head = headNode(words, size);
    const titled = await high(titleNode(words.title, size.title));
    if (titled <= titleHeight(size.title, titleLines(size.title)) && (await high(head)) <= height) return head;
  }
  for (const cut of cuts) {
    const head = headNode(words, smallest, cut);
    if ((await high(head)) <= height) return head;
  }
  return headNode(words, smallest, 1);
}
