import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coreFailingWhile, createRig, type Rig } from './web/rig.js';
import { exif, jpeg, png, pngBlock, pngWith } from './web/pictures.js';
import { bare, openEvents } from './web/wire.js';

const mostBytes = 5 * 1024 * 1024;
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe('web chat: files that people send', () => {
  let rig: Rig;
  let failing = false;
  beforeEach(async () => {
    failing = false;
    rig = await createRig(coreFailingWhile(() => failing));
  });
  afterEach(() => rig.close());

  const get = (as: string, chat: string, message: string) => fetch(new URL(`/web/file?as=${as}&chat=${chat}&message=${message}`, rig.url));
  const history = async (as: string, chat: string): Promise<{ messages: { id: string; file?: { name: string } }[] }> =>
    (await (await fetch(new URL(`/web/history?as=${as}&chat=${chat}`, rig.url))).json()) as never; // the rig's own page reads it the same way
  const error = async (response: Response): Promise<unknown[]> => [response.status, ((await response.json()) as { error?: string }).error]; // an answer of the adapter or the server

  it('a picture is shown to everybody in the group, and told to open pages by name alone', async () => {
    const events = await openEvents(rig.url, 'he');
    await events.next();
    const picture = png(7, 5);
    const answered = await rig.upload(picture, { chat: 'g1', name: '合影.png', text: '孩子们' });
    expect(answered.status).toBe(200);
    const told = (await events.next()) ?? '';
    expect(told).toContain('"name":"合影.png"');
    expect(told).toContain('"picture":{"width":7,"height":5}');
    expect(told).not.toContain(Buffer.from(picture).toString('base64').slice(0, 20));
    await events.close();
    const [message] = (await history('he', 'g1')).messages;
    expect(message).toMatchObject({ type: 'said', sender: 'fang', text: '孩子们', clientId: 'client-0001' });
    const shown = await get('he', 'g1', message?.id ?? '');
    expect([shown.status, shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline;/u);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(picture);
  });

  it('goes to the core by name, type and size, once for everybody and never by its bytes', async () => {
    await rig.upload(bytes('姓名,年龄\n'), { name: '名单.csv', type: 'text/csv', text: '请看' });
    expect(rig.inbounds.map(({ content }) => content)).toEqual([
      { type: 'file', text: '请看', files: [{ id: '1', name: '名单.csv', mimeType: 'text/csv', size: 14 }] },
    ]);
  });

  it('sent again after a cut connection it is there once, and taken up where the core did not hear of it', async () => {
    failing = true;
    expect(await error(await rig.upload(png(7, 5)))).toEqual([503, 'sendAgain']);
    failing = false;
    expect((await rig.upload(png(7, 5))).status).toBe(200);
    expect((await history('fang', 'p-fang')).messages).toHaveLength(1);
    expect(new Set(rig.inbounds.map((inbound) => JSON.stringify(inbound))).size).toBe(1);
    // Control: without the log's key it would be there twice.
    rig.log.dedupes = false;
    await rig.upload(png(7, 5));
    expect((await history('fang', 'p-fang')).messages).toHaveLength(2);
  });

  it('that nobody heard is taken up at the next start, with its words', async () => {
    failing = true;
    await rig.upload(png(7, 5), { text: '报名' });
    await rig.close();
    rig = await createRig(undefined, {}, rig);
    expect(rig.inbounds.map(({ content }) => content)).toMatchObject([{ type: 'file', text: '报名', files: [{ id: '1' }] }]);
  });

  it('is for those who may read the chat, and put only where one is', async () => {
    expect(await error(await rig.upload(png(7, 5), { chat: 'p-gao' }))).toEqual([403, 'forbidden']);
    expect(await error(await rig.upload(png(7, 5), { as: 'nobody' }))).toEqual([404, 'unknownChat']);
    await rig.upload(png(7, 5));
    expect((await get('gao', 'p-fang', '1')).status).toBe(403);
    expect((await get('gao', 'p-gao', '1')).status).toBe(404);
    expect((await get('fang', 'p-fang', '1')).status).toBe(200);
  });

  it('of another site, of a form, and without its header it is refused', async () => {
    const { host } = new URL(rig.url);
    const own = { host, 'content-type': 'application/octet-stream', 'linli-message': encodeURIComponent('{"as":"fang"}') };
    expect((await bare(rig.url, '/web/files', { ...own, 'sec-fetch-site': 'cross-site' }, 'x')).status).toBe(403);
    expect((await bare(rig.url, '/web/files', { ...own, origin: 'https://evil.example' }, 'x')).status).toBe(403);
    expect((await bare(rig.url, '/web/files', { ...own, host: 'evil.example' }, 'x')).status).toBe(403);
    for (const type of ['multipart/form-data; boundary=x', 'text/plain', 'image/png'])
      expect((await rig.upload(png(7, 5), {}, { 'content-type': type })).status).toBe(415);
    for (const header of ['', '%', '[]', 'null', '{}', encodeURIComponent('{"as":"fang","chat":"p-fang"}')])
      expect((await rig.upload(png(7, 5), {}, { 'linli-message': header })).status).toBe(400);
    for (const odd of [{ clientId: '../../x' }, { text: '长'.repeat(1_001) }, { more: 1 }, { name: 7 }])
      expect((await rig.upload(png(7, 5), odd)).status).toBe(400);
    expect(rig.inbounds).toEqual([]);
  });

  it('of 5 MB is taken; one byte more, 10 MB, and nothing at all are not', async () => {
    expect((await rig.upload(new Uint8Array(mostBytes), { clientId: 'client-5mb0' })).status).toBe(200);
    expect(await error(await rig.upload(new Uint8Array(mostBytes + 1)))).toEqual([413, 'bodyTooLarge']);
    expect(
      await rig.upload(new Uint8Array(2 * mostBytes)).then(
        ({ status }) => status,
        () => 'cut',
      ),
    ).toSatisfy((how) => how === 413 || how === 'cut');
    expect(await error(await rig.upload(new Uint8Array(0)))).toEqual([400, 'emptyFile']);
    expect((await history('fang', 'p-fang')).messages).toHaveLength(1);
  });

  it('whose announced length is not its own is not taken', async () => {
    const { port, host } = new URL(rig.url);
    const message = encodeURIComponent(
      JSON.stringify({ as: 'fang', chat: 'p-fang', clientId: 'client-0001', name: 'a', type: '', text: '' }),
    );
    const announced = (length: number) =>
      `POST /web/files HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/octet-stream\r\nlinli-message: ${message}\r\ncontent-length: ${length}\r\n\r\n`;
    const raw = (text: string): Promise<string> =>
      new Promise((resolve) => {
        let answer = '';
        const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
        socket.on('data', (part) => (answer += part.toString()));
        socket.on('error', () => resolve('cut'));
        socket.on('close', () => resolve(answer));
      });
    expect(await raw(`${announced(100)}short`)).not.toContain('200 OK');
    expect(await raw(`${announced(-1)}short`)).toContain('400');
    expect(await raw(`${announced(5)}short and more`)).toContain('400');
    expect(rig.inbounds.length).toBeLessThanOrEqual(1);
    expect((await history('fang', 'p-fang')).messages.every(({ file }) => file?.name === 'a')).toBe(true);
  });

  it('fifty at once are taken or told to come again, and each that is taken is there once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => (await rig.upload(png(7, 5), { clientId: `client-${n}-many` })).status),
    );
    expect(new Set(sent).size).toBeLessThanOrEqual(2);
    expect(sent.every((status) => status === 200 || status === 503)).toBe(true);
    const taken = sent.filter((status) => status === 200).length;
    expect(taken).toBeGreaterThan(0);
    expect((await history('fang', 'p-fang')).messages).toHaveLength(taken);
    expect((await rig.upload(png(7, 5), { clientId: 'client-after-many' })).status).toBe(200);
  });

  it.each([
    ['<script>.html', 'text/html', '<script>alert(1)</script>'],
    ['picture.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['picture.png', 'image/png', '<script>alert(1)</script>'],
    ['picture.png', 'text/html\r\nx-evil: 1', 'GIF89a<script>alert(1)</script>'],
  ])('%s is only bytes to be saved under its name', async (name, type, content) => {
    await rig.upload(bytes(content), { name, type });
    const saved = await get('fang', 'p-fang', '1');
    expect(Object.fromEntries(saved.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(saved.headers.get('x-evil')).toBeNull();
    expect(JSON.stringify(await history('fang', 'p-fang'))).not.toContain('"picture":');
  });

  it('a picture that is a page as well is a picture only, whatever it is called', async () => {
    const both = pngWith(png(7, 5), pngBlock('tEXt', '<html><script>alert(1)</script>'));
    await rig.upload(Uint8Array.from(Buffer.concat([both, Buffer.from('<script>alert(2)</script>')])), {
      name: 'a.html',
      type: 'text/html',
    });
    const shown = await get('fang', 'p-fang', '1');
    expect([shown.headers.get('content-type'), shown.headers.get('x-content-type-options')]).toEqual(['image/png', 'nosniff']);
    expect(await shown.text()).not.toContain('script');
  });

  it('a photo loses the place where it was taken', async () => {
    await rig.upload(jpeg(7, 5, exif(6)), { chat: 'g1', name: 'IMG_1.jpg' });
    const photo = await (await get('he', 'g1', '1')).text();
    expect(photo).not.toContain('GPS');
    expect(JSON.stringify(await history('he', 'g1'))).toContain('"picture":{"width":5,"height":7}');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\我的文件\\名单.xlsx', '名单.xlsx'],
    ['..', '文件'],
    ['///', '文件'],
    ['\u202e\u200f\u2066', '文件'],
    ['exe\u202egpj.txt', 'exegpj.txt'],
    ['a\r\nb\u0000.txt', 'ab.txt'],
    ['👨‍👩‍👧 合影.jpg', '👨‍👩‍👧 合影.jpg'],
    ['', '文件'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(196)}.pdf`],
  ])('a name such as %j is shown as %j', async (name, shown) => {
    await rig.upload(bytes('x'), { name });
    expect((await history('fang', 'p-fang')).messages[0]?.file?.name).toBe(shown);
  });

  it('no log holds a name or words', async () => {
    await rig.upload(png(7, 5), { name: '王小明.png', text: '王小明的作业' });
    expect(JSON.stringify(rig.logged)).not.toContain('王小明');
    expect(JSON.stringify(rig.logged)).toContain('/web/files');
  });
});
