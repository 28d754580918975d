import { createRequire } from 'node:module';
import type { default as Read } from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { poster, qrPng, qrSvg, type Poster } from '../../src/papers/index.js';
import { drawable } from '../../src/papers/legible.js';
import { unbroken } from '../../src/papers/linebreaks.js';

// Its types say that it stands under `default`; it does not.
const read = createRequire(import.meta.url)('jsqr') as (typeof Read)['default'];
const url = 'https://linli.example/e/abcdefghjk';
const art: Poster = {
  title: '修身课堂 · 美术公益课堂 第4节',
  lines: [
    { label: '时间', value: '8月1日(周六) 10:00–11:30' },
    { label: '地点', value: '党群活动中心二楼' },
  ],
  qrText: url,
  qrCaption: '扫一扫报名',
  community: '费家营社区',
};

/** What a phone reads from a picture. */
function scanned(png: Uint8Array): string | undefined {
  const { data, width, height } = PNG.sync.read(Buffer.from(png));
  return read(new Uint8ClampedArray(data), width, height)?.data;
}

const same = (one: Uint8Array, other: Uint8Array): boolean => Buffer.from(one).equals(Buffer.from(other));

describe('a QR code', () => {
  it('is read back from the picture', async () => {
    expect(scanned(await qrPng('邻里 8306'))).toBe('邻里 8306');
    expect(scanned(await qrPng(url, 3))).toBe(url);
  });

  it('comes as a drawing too', async () => {
    expect(await qrSvg(url)).toMatch(/^<svg [\s\S]*<\/svg>\s*$/u);
  });
});

describe('a poster', () => {
  it('has the size of a sheet, and its code can be read from it', async () => {
    const made = await poster(art);
    const { width, height } = PNG.sync.read(Buffer.from(made));
    expect([width, height]).toEqual([1080, 1528]);
    expect(scanned(made)).toBe(url);
  });

  it.each([
    ['a name of 300 letters', '长'.repeat(300)],
    ['one word of 300 letters', 'x'.repeat(300)],
    ['50,000 letters', '社区 '.repeat(20_000)],
    ['lines', 'a\n'.repeat(200)],
    ['nothing', ''],
  ])('keeps its code with a title and lines of %s', async (_name, text) => {
    const lines = Array.from({ length: 12 }, () => ({ label: text, value: text }));
    expect(scanned(await poster({ ...art, title: text, lines, qrCaption: text, community: text }))).toBe(url);
  });

  it('does without a code where there is nothing to open', async () => {
    expect(scanned(await poster({ ...art, qrText: null, qrCaption: '跟小邻说报名' }))).toBeUndefined();
  });

  it('leaves out emoji, and marks that turn a line around', async () => {
    const plain = await poster({ ...art, title: '书法班' });
    expect(same(await poster({ ...art, title: '🎨书法👨‍👩‍👧‍👦班❤️\u202e\u0000' }), plain)).toBe(true);
    expect(same(await poster({ ...art, title: '书法班二' }), plain)).toBe(false);
  });

  it('leaves out lines that say nothing', async () => {
    expect(same(await poster({ ...art, lines: [...art.lines, { label: '自带', value: ' 🎒 ' }] }), await poster(art))).toBe(true);
  });

  it('draws rare letters of names, and shows that one is missing which the font does not have', async () => {
    const titled = (title: string) => poster({ ...art, title });
    const [known, unknown, other, none] = await Promise.all(['陈垚', '陈𠮷', '陈𪚥', '陈'].map(titled));
    if (!known || !unknown || !other || !none) throw new Error('four were drawn');
    // The font draws every letter that it lacks as the same crossed box.
    expect(same(unknown, other)).toBe(true);
    expect(same(known, unknown)).toBe(false);
    expect(same(unknown, none)).toBe(false);
  });
});

describe('a text to be drawn', () => {
  it.each([
    ['🎨 美术课 🎨', '美术课'],
    ['甲👍🏽乙🇨🇳丙1️⃣丁', '甲乙丙1丁'],
    ['☎ 0931-1234567 ©', '☎ 0931-1234567 ©'],
    ['一  二　三\r\n 四 \n五', '一 二 三\n四\n五'],
    ['\u202eabc\u2066\u200b\ud800', 'abc'],
    ['𠮷野家', '𠮷野家'],
  ])('%j reads %j', (text, read) => {
    expect(drawable(text)).toBe(read);
  });

  it('breaks between words, not within them', () => {
    const joined = (text: string) => unbroken(text).replaceAll('\u2060', '_');
    expect(joined('美术公益课堂 第4节')).toBe('美_术公_益课_堂 第_4_节');
    expect(joined('10:00–11:30')).toBe('10_:_00_–_11_:_30');
    expect(joined('grown-ups a - b')).toBe('grown_-_ups a - b');
    // A word that fills a line must break somewhere.
    expect(joined('一'.repeat(20)).replaceAll('_', '')).toBe('一'.repeat(20));
  });
});
