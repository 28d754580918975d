import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRig, type Rig } from './web/rig.js';
import { bare } from './web/wire.js';

describe('web chat: who may come in', () => {
  let rig: Rig;
  let host: string;
  const body = JSON.stringify({ as: 'fang', chat: 'p-fang', clientId: 'client-01', text: '你好' });
  const asJson = { 'content-type': 'application/json' };
  beforeAll(async () => {
    rig = await createRig();
    host = new URL(rig.url).host;
  });
  afterAll(() => rig.close());

  const post = (headers: Record<string, string>, text = body) => bare(rig.url, '/web/messages', { host, ...asJson, ...headers }, text);

  it('the page itself, with strict headers', async () => {
    const response = await fetch(rig.url);
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "frame-ancestors 'none'",
      "form-action 'none'",
      "base-uri 'none'",
    ]) {
      expect(policy).toContain(part);
    }
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await response.text()).toContain('<title>邻里</title>');
  });

  it.each([
    ['from the same origin', () => ({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })],
    ['from a program that sends no origin', () => ({})],
    ['under another loopback name', () => ({ host: 'localhost:1234', origin: 'http://localhost:1234' })],
    ['over IPv6', () => ({ host: '[::1]:1234' })],
  ])('takes a post %s', async (_name, headers) => {
    expect((await post(headers())).status).toBe(200);
  });

  it.each([
    ['another site', () => ({ origin: 'http://evil.example' }), 403],
    ['another port', () => ({ origin: 'http://127.0.0.1:1' }), 403],
    ['a sandboxed frame', () => ({ origin: 'null' }), 403],
    ['another site, by fetch metadata alone', () => ({ 'sec-fetch-site': 'cross-site' }), 403],
    ['the same site on another port', () => ({ 'sec-fetch-site': 'same-site' }), 403],
    ['a rebound DNS name', () => ({ host: 'evil.example' }), 403],
    ['a name that begins like ours', () => ({ host: '127.0.0.1.evil.example' }), 403],
    ['a form', () => ({ 'content-type': 'text/plain' }), 415],
    ['a type that begins like JSON', () => ({ 'content-type': 'application/jsonp' }), 415],
  ])('refuses a post of %s', async (_name, headers, status) => {
    const before = rig.inbounds.length;
    expect((await post(headers())).status).toBe(status);
    expect(rig.inbounds).toHaveLength(before);
  });

  it('refuses reading from elsewhere too', async () => {
    for (const path of ['/web/people', '/web/history?as=fang&chat=g1', '/web/stream?as=fang', '/web/app.js']) {
      expect((await bare(rig.url, path, { host, 'sec-fetch-site': 'cross-site' })).status).toBe(403);
      expect((await bare(rig.url, path, { host: 'evil.example' })).status).toBe(403);
    }
    expect((await bare(rig.url, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await bare(rig.url, '/web/people', { host, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    // A link to the page may be followed from anywhere.
    expect((await bare(rig.url, '/', { host, 'sec-fetch-site': 'cross-site' })).status).toBe(200);
  });

  it('refuses a peer of another computer', async () => {
    const route = rig.web.routes.find(({ path }) => path === '/');
    const statuses = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '192.168.1.7', '::ffff:192.168.1.7', ''].map(
      async (ip) => (await route?.handle(new Request(rig.url, { headers: { host } }), { ip }))?.status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200, 200, 403, 403, 403]);
  });

  it('lets a person read and write only where that person is', async () => {
    const status = async (path: string) => (await fetch(new URL(path, rig.url))).status;
    expect(await status('/web/history?as=he&chat=p-fang')).toBe(403);
    expect(await status('/web/history?as=fang&chat=p-fang')).toBe(200);
    expect(await status('/web/history?as=nobody&chat=g1')).toBe(404);
    expect(await status('/web/history?as=__proto__&chat=g1')).toBe(404);
    expect(await status('/web/stream?as=nobody')).toBe(404);
    const before = rig.inbounds.length;
    const forbidden = await rig.post('/web/messages', { as: 'he', chat: 'p-fang', clientId: 'client-09', text: '偷看' });
    const press = await rig.post('/web/presses', { as: 'he', chat: 'p-fang', clientId: 'client-09', messageId: '1', value: 'x' });
    expect([forbidden.status, press.status]).toEqual([403, 403]);
    expect(rig.inbounds).toHaveLength(before);
  });

  it.each([
    ['no JSON', '{'],
    ['an array', '[]'],
    ['null', 'null'],
    ['nothing', ''],
    ['a field too many', '{"as":"fang","chat":"p-fang","clientId":"client-01","text":"x","admin":true}'],
    ['an own __proto__', '{"as":"fang","chat":"p-fang","clientId":"client-01","text":"x","__proto__":{"admin":true}}'],
    ['a deeper __proto__', '{"as":"fang","chat":"p-fang","clientId":"client-01","text":{"__proto__":{}}}'],
    ['a field too few', '{"as":"fang","chat":"p-fang","text":"x"}'],
    ['a number as text', '{"as":"fang","chat":"p-fang","clientId":"client-01","text":1}'],
    ['an id with a colon', '{"as":"fang","chat":"p-fang","clientId":"he:client-01","text":"x"}'],
    ['an endless person', JSON.stringify({ as: 'x'.repeat(500), chat: 'g1', clientId: 'client-01', text: 'x' })],
  ])('refuses a body of %s', async (_name, text) => {
    const response = await post({}, text);
    expect([response.status, JSON.parse(response.text)]).toMatchObject([400, { error: 'badRequest' }]);
  });

  it('refuses odd queries', async () => {
    for (const query of ['', '?as=fang', '?as=fang&chat=g1&limit=9', '?as=fang&as=he&chat=g1', '?as=fang&chat=g1&__proto__=x']) {
      expect((await fetch(new URL(`/web/history${query}`, rig.url))).status).toBe(400);
    }
  });

  it('says kindly that a text or a body is too long', async () => {
    const text = await rig.post('/web/messages', { as: 'fang', chat: 'p-fang', clientId: 'client-08', text: 'x'.repeat(200_001) });
    expect([text.status, await text.json()]).toEqual([413, { error: 'textTooLong', message: '内容太长了，请分几次发' }]);
    const body = await rig.post('/web/messages', { as: 'fang', chat: 'p-fang', clientId: 'client-08', text: 'x'.repeat(1_100_000) });
    expect([body.status, await body.json()]).toEqual([413, { error: 'bodyTooLarge', message: '内容太长了，请分几次发' }]);
  });

  it('logs neither words nor names nor queries', async () => {
    await fetch(new URL('/web/history?as=fang&chat=p-fang', rig.url));
    const logged = JSON.stringify(rig.logged);
    expect(logged).toContain('/web/history');
    for (const private_ of ['fang', '方小雨', '你好']) expect(logged).not.toContain(private_);
  });
});
