import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboundFile } from '../../src/chat/index.js';
import { mimeTypes, qrPng } from '../../src/papers/index.js';
import { createRig, now, type Rig } from './web/rig.js';
import { bare, openEvents } from './web/wire.js';

const file = (more: Partial<OutboundFile> = {}): OutboundFile => ({
  name: '美术课名单.csv',
  mimeType: mimeTypes.csv,
  data: new TextEncoder().encode('姓名\r\n王**\r\n'),
  instead: '这里发不了文件',
  ...more,
});

describe('web chat: files', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await createRig();
  });
  afterEach(() => rig.close());

  const get = (as: string, chat: string, message: string) => fetch(new URL(`/web/file?as=${as}&chat=${chat}&message=${message}`, rig.url));
  const history = async (as: string, chat: string): Promise<string> =>
    (await fetch(new URL(`/web/history?as=${as}&chat=${chat}`, rig.url))).text();
  const put = (chat: string, one: OutboundFile, key = one.name) => rig.send(chat, { text: '给您', file: one }, key);

  it('are named in the talk, and their content is given on demand', async () => {
    const id = await put('p-gao', file());
    expect(JSON.parse(await history('gao', 'p-gao'))).toEqual({
      messages: [{ type: 'shown', id, sender: null, at: now, text: '给您', file: { name: '美术课名单.csv', size: 15 } }],
    });
    const response = await get('gao', 'p-gao', id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent('美术课名单.csv')}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(await response.text()).toBe('姓名\r\n王**\r\n');
  });

  it('that are pictures have their sides told, and are shown', async () => {
    const data = await qrPng('邻里', 4);
    const id = await put('g1', file({ name: '海报.png', mimeType: mimeTypes.png, data }));
    expect(await history('he', 'g1')).toContain('"picture":{"width":116,"height":116}');
    const response = await get('he', 'g1', id);
    expect([response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      'image/png',
      `inline; filename*=UTF-8''${encodeURIComponent('海报.png')}`,
    ]);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(data);
  });

  it('are told to open pages by name, without their content', async () => {
    const events = await openEvents(rig.url, 'gao');
    await events.next();
    await put('p-gao', file());
    const told = (await events.next()) ?? '';
    expect(told).toContain('美术课名单.csv');
    expect(told).not.toContain(Buffer.from(file().data).toString('base64'));
    await events.close();
  });

  it('are for those who may read the chat, asked from the page itself', async () => {
    const mine = await put('p-gao', file());
    const ours = await put('g1', file(), 'group');
    const statuses = await Promise.all(
      [
        get('gao', 'p-gao', mine),
        get('fang', 'p-gao', mine),
        get('fang', 'p-fang', mine),
        get('fang', 'g1', ours),
        get('nobody', 'g1', ours),
      ].map(async (response) => (await response).status),
    );
    expect(statuses).toEqual([200, 403, 404, 200, 404]);
    const { host } = new URL(rig.url);
    const path = `/web/file?as=gao&chat=p-gao&message=${mine}`;
    expect((await bare(rig.url, path, { host, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await bare(rig.url, path, { host: 'evil.example' })).status).toBe(403);
  });

  it.each([
    ['no message', '?as=gao&chat=p-gao', 400],
    ['a message that is not there', '?as=gao&chat=p-gao&message=99', 404],
    ['a message without a file', '?as=gao&chat=p-gao&message=1', 404],
    ['more than is asked for', '?as=gao&chat=p-gao&message=1&path=..', 400],
  ])('%s is refused', async (_name, query, status) => {
    await rig.send('p-gao', { text: '没有文件' }, 'k');
    const response = await fetch(new URL(`/web/file${query}`, rig.url));
    expect([response.status, (await response.text()).includes('message')]).toEqual([status, true]);
  });

  it.each([
    ['a page', 'text/html', '<script>alert(1)</script>'],
    ['a drawing with a script', 'image/svg+xml', '<svg onload="alert(1)"/>'],
    ['a type with a line break', 'text/csv\r\nx-evil: 1', 'a'],
  ])('%s is only bytes to be saved', async (_name, mimeType, text) => {
    const id = await put('p-gao', file({ mimeType, data: new TextEncoder().encode(text) }));
    const response = await get('gao', 'p-gao', id);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment;/u);
    expect(response.headers.get('x-evil')).toBeNull();
  });

  it.each(['"a"; filename=b.exe', "it's (1)*.csv", 'a\r\nx-evil: 1', '\ud800.csv', '../../etc/passwd', '👨‍👩‍👧.png'])(
    'a name such as %j stays a name',
    async (name) => {
      const response = await get('gao', 'p-gao', await put('p-gao', file({ name })));
      const [, written = ''] =
        /^attachment; filename\*=UTF-8''([\w.%~!-]+)$/u.exec(response.headers.get('content-disposition') ?? '') ?? [];
      expect(decodeURIComponent(written)).toBe(name.replace('\ud800', '\ufffd'));
    },
  );

  it('go with their message: changed to one without, it is there no more', async () => {
    const id = await put('p-gao', file());
    expect((await get('gao', 'p-gao', id)).status).toBe(200);
    await rig.web.edit({ platform: 'web', account: 'try', chat: 'p-gao' }, id, { text: '过期了' });
    expect((await get('gao', 'p-gao', id)).status).toBe(404);
  });

  it('a picture that is none is only saved, not shown as one', async () => {
    await put('p-gao', file({ name: 'x.png', mimeType: mimeTypes.png, data: new Uint8Array([1, 2, 3]) }));
    await put('p-gao', file({ name: 'y.png', mimeType: mimeTypes.png, data: new Uint8Array(100) }));
    expect(await history('gao', 'p-gao')).not.toContain('picture');
  });
});
