import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Route } from '../../src/chat/index.js';
import { createServer, type Server, type ServerOptions } from '../../src/server/index.js';

const texts = { bodyTooLarge: 'too long', notFound: 'not here', badRequest: 'odd', fault: 'sorry: ', tooManyAtOnce: 'busy' };

describe('HTTP server', () => {
  const open: Server[] = [];
  const logged: unknown[] = [];
  const log = { info: (...line: unknown[]) => void logged.push(line), error: (...line: unknown[]) => void logged.push(line) };

  async function serve(routes: readonly Route[], options: Partial<ServerOptions> = {}) {
    let faults = 0;
    const server = createServer({
      host: '127.0.0.1',
      port: 0,
      routes,
      log,
      texts,
      newId: () => `F${++faults}`,
      health: async () => ({ live: true, ready: true, parts: { database: 'ok' } }),
      ...options,
    });
    open.push(server);
    const listening = await server.listen();
    if (!listening.ok) throw new Error(listening.code);
    return { server, ...listening };
  }
  afterEach(async () => {
    await Promise.all(open.splice(0).map((server) => server.close()));
    logged.length = 0;
  });

  const echo: Route = {
    method: 'POST',
    path: '/echo',
    handle: async (request, { ip }) =>
      new Response(`${ip} ${request.headers.get('host')} ${new URL(request.url).search} ${await request.text()}`, {
        status: 201,
        headers: { 'x-own': 'yes' },
      }),
  };

  const from = async (url: string, forwarded: string) =>
    (await fetch(`${url}echo`, { method: 'POST', body: '', headers: { 'x-forwarded-for': forwarded } })).text();

  it('believes nobody who says whose request it passes on, unless it is told to', async () => {
    const { url } = await serve([echo]);
    expect(await from(url, '203.0.113.5')).toMatch(/^127\.0\.0\.1 /u);
  });

  it('believes a proxy that it trusts, and of what stands there only what that proxy added', async () => {
    const { url } = await serve([echo], { trustedProxy: 'loopback, 10.0.0.0/8' });
    expect(await from(url, '203.0.113.5')).toMatch(/^203\.0\.113\.5 /u);
    expect(await from(url, '198.51.100.1, 203.0.113.5')).toMatch(/^203\.0\.113\.5 /u);
    expect(await from(url, '203.0.113.5, 10.1.2.3')).toMatch(/^203\.0\.113\.5 /u);
    const other = await serve([echo], { trustedProxy: '10.0.0.0/8' });
    expect(await from(other.url, '203.0.113.5')).toMatch(/^127\.0\.0\.1 /u);
  });

  it('gives a route the request as it came, and the answer as the route gave it', async () => {
    const { url, port } = await serve([echo]);
    const response = await fetch(`${url}echo?a=1`, {
      method: 'POST',
      body: '{"不是":"json"',
      headers: { 'content-type': 'application/json' },
    });
    expect([response.status, response.headers.get('x-own')]).toEqual([201, 'yes']);
    expect(await response.text()).toBe(`127.0.0.1 127.0.0.1:${port} ?a=1 {"不是":"json"`);
  });

  it('answers HEAD like GET, without a body, and leaves no stream open', async () => {
    let ended = 0;
    const stream: Route = {
      method: 'GET',
      path: '/stream',
      handle: async ({ method }) =>
        new Response(new ReadableStream({ cancel: () => void (ended += 1) }), {
          headers: { 'x-asked': method, 'content-type': 'text/plain' },
        }),
    };
    const { url } = await serve([echo, stream]);
    const head = async (path: string) => {
      const response = await fetch(`${url}${path}`, { method: 'HEAD' });
      return [response.status, await response.text()];
    };
    const streamed = await fetch(`${url}stream`, { method: 'HEAD' });
    expect([streamed.status, streamed.headers.get('x-asked'), await streamed.text(), ended]).toEqual([200, 'GET', '', 1]);
    expect([await head('healthz'), await head('readyz'), await head('echo'), await head('nowhere')]).toEqual([
      [200, ''],
      [200, ''],
      [404, ''],
      [404, ''],
    ]);
  });

  it('tells a person who mistyped an address so in a page, and a program in JSON', async () => {
    const { url } = await serve([echo], { texts: { ...texts, toChat: 'to the chat' } });
    const asPerson = await fetch(`${url}kiosk/?<b>`, { headers: { accept: 'text/html,*/*' } });
    expect([asPerson.status, asPerson.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    const page = await asPerson.text();
    expect(page).toContain(`<h1>${texts.notFound}</h1><p><a href="/">to the chat</a></p>`);
    expect(page).not.toContain('<b>');
    const asProgram = await fetch(`${url}kiosk/`);
    expect([asProgram.status, await asProgram.json()]).toEqual([404, { error: 'notFound', message: texts.notFound }]);
  });

  it('refuses a body over 1 MB before a route sees it', async () => {
    let reached = 0;
    const { url } = await serve([{ ...echo, handle: async () => new Response(String(++reached)) }]);
    const post = (length: number) => fetch(`${url}echo`, { method: 'POST', body: 'x'.repeat(length) });
    const tooLong = await post(1024 * 1024 + 1);
    expect([tooLong.status, await tooLong.json(), reached]).toEqual([413, { error: 'bodyTooLarge', message: 'too long' }, 0]);
    expect((await post(1024 * 1024)).status).toBe(200);
  });

  it('lets a route take more, and few such bodies at once', async () => {
    const inside: (() => void)[] = [];
    const large: Route = {
      ...echo,
      large: { maxBytes: 2_000_000, atOnce: 2 },
      handle: async (request) => {
        const { length } = await request.text();
        await new Promise<void>((resolve) => inside.push(resolve));
        return new Response(String(length));
      },
    };
    const { url } = await serve([large]);
    const post = (length: number) => fetch(`${url}echo`, { method: 'POST', body: 'x'.repeat(length) });
    expect((await post(2_000_001)).status).toBe(413);
    const [one, two] = [post(2_000_000), post(3)];
    await expect.poll(() => inside.length).toBe(2);
    const third = await post(3);
    expect([third.status, await third.json()]).toEqual([503, { error: 'tooManyAtOnce', message: 'busy' }]);
    for (const leave of inside.splice(0)) leave();
    expect([await (await one).text(), await (await two).text()]).toEqual(['2000000', '3']);
    const later = post(4);
    await expect.poll(() => inside.length).toBe(1);
    inside[0]?.();
    expect(await (await later).text()).toBe('4');
  });

  describe('of large bodies', () => {
    const inside: (() => void)[] = [];
    const serveShares = (most: number) =>
      serve(
        [
          {
            ...echo,
            large: {
              maxBytes: 9,
              atOnce: 3,
              share: { most, whose: ({ ip }) => ip.replace(/\.\d+$/u, ''), full: () => new Response('your share', { status: 429 }) },
            },
            handle: async () => {
              await new Promise<void>((resolve) => inside.push(resolve));
              return new Response('in');
            },
          },
        ],
        { trustedProxy: 'loopback' },
      );
    const post = async (url: string, forwarded: string): Promise<string> =>
      (await fetch(`${url}echo`, { method: 'POST', body: 'x', headers: { 'x-forwarded-for': forwarded } })).text();
    const leave = (): void => inside.splice(0).forEach((one) => one());

    it('lets one peer have its share, and leaves the rest to others', async () => {
      const { url } = await serveShares(2);
      const own = [post(url, '203.0.113.5'), post(url, '203.0.113.6')];
      await expect.poll(() => inside.length).toBe(2);
      expect(await post(url, '203.0.113.7')).toBe('your share');
      const other = post(url, '198.51.100.1');
      await expect.poll(() => inside.length).toBe(3);
      leave();
      expect(await Promise.all([...own, other])).toEqual(['in', 'in', 'in']);
      // What has left counts no more.
      const later = post(url, '203.0.113.7');
      await expect.poll(() => inside.length).toBe(1);
      leave();
      expect(await later).toBe('in');
    });

    it('control: without shares one peer has all, and others none', async () => {
      const { url } = await serveShares(Infinity);
      const own = ['5', '6', '7'].map((last) => post(url, `203.0.113.${last}`));
      await expect.poll(() => inside.length).toBe(3);
      expect(await post(url, '198.51.100.1')).toContain('tooManyAtOnce');
      leave();
      await Promise.all(own);
    });
  });

  it('lets a route refuse a large request before its body comes, and keeps no place for it', async () => {
    const refuse = async (request: Request) => (request.headers.get('x-pass') === 'yes' ? null : new Response('who?', { status: 401 }));
    const { url, port } = await serve([{ ...echo, large: { maxBytes: 2_000_000, atOnce: 1, refuse } }]);
    const stranger = connect(port, '127.0.0.1');
    const answered = new Promise<string>((resolve) => stranger.setEncoding('utf8').once('data', (text: string) => resolve(text)));
    stranger.write('POST /echo HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 2000000\r\n\r\n');
    expect(await answered).toMatch(/^HTTP\/1\.1 401 /u);
    const post = () => fetch(`${url}echo`, { method: 'POST', body: 'x', headers: { 'x-pass': 'yes' } });
    expect((await post()).status).toBe(201);
    stranger.destroy();
  });

  it('answers what is not there in JSON, also HEAD', async () => {
    const { url } = await serve([{ ...echo, method: 'GET' }]);
    const response = await fetch(`${url}nothing?secret=1`);
    expect([response.status, await response.json()]).toEqual([404, { error: 'notFound', message: 'not here' }]);
    expect((await fetch(`${url}nothing`, { method: 'HEAD' })).status).toBe(404);
    expect(JSON.stringify(logged)).not.toContain('secret');
  });

  it('tells a fault by an id only, and logs no message', async () => {
    const { url } = await serve([{ ...echo, handle: () => Promise.reject(new TypeError('王芳 13800000000')) }]);
    const response = await fetch(`${url}echo`, { method: 'POST' });
    expect([response.status, await response.json()]).toEqual([500, { error: 'fault', fault: 'F1', message: 'sorry: F1' }]);
    const lines = JSON.stringify(logged);
    expect(lines).toContain('"fault":"F1","route":"/echo","name":"TypeError"');
    expect(lines).not.toContain('13800000000');
  });

  it('tells whether it lives and whether it is ready', async () => {
    let ready = true;
    let health = async () => ({ live: true, ready, parts: { database: ready ? 'ok' : 'locked' } });
    const { url } = await serve([], { health: () => health() });
    const ask = async (path: string) => {
      const response = await fetch(`${url}${path}`);
      return [response.status, await response.json()];
    };
    expect(await ask('healthz')).toEqual([200, { live: true }]);
    expect(await ask('readyz')).toEqual([200, { ready: true, parts: { database: 'ok' } }]);
    ready = false;
    expect(await ask('readyz')).toEqual([503, { ready: false, parts: { database: 'locked' } }]);
    health = () => Promise.reject(new Error('secret'));
    expect(await ask('healthz')).toEqual([200, { live: true }]);
    expect(await ask('readyz')).toEqual([503, { ready: false, parts: { health: 'failed' } }]);
  });

  const endless = (onCancel: () => void): Route => ({
    method: 'GET',
    path: '/stream',
    handle: async () =>
      new Response(
        new ReadableStream<Uint8Array>({
          start: (controller) => controller.enqueue(new TextEncoder().encode('first')),
          cancel: onCancel,
        }),
      ),
  });

  it('cancels a stream when its reader goes', async () => {
    let cancelled = 0;
    const { url } = await serve([endless(() => cancelled++)]);
    const stop = new AbortController();
    const response = await fetch(`${url}stream`, { signal: stop.signal });
    await response.body?.getReader().read();
    expect(cancelled).toBe(0);
    stop.abort();
    await expect.poll(() => cancelled).toBe(1);
  });

  it('closes with a stream open: it ends cleanly and its source hears of it', async () => {
    let cancelled = 0;
    const { url, server } = await serve([endless(() => cancelled++)]);
    const reader = (await fetch(`${url}stream`)).body?.getReader();
    await reader?.read();
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(3000);
    expect([(await reader?.read())?.done, cancelled]).toEqual([true, 1]);
  });

  it('closes within 5 s although a route never answers', async () => {
    let asked = (): void => undefined;
    const reached = new Promise<void>((resolve) => (asked = resolve));
    const { url, server } = await serve([{ ...echo, method: 'GET', handle: () => new Promise(() => asked()) }]);
    const hanging = fetch(`${url}echo`).then(
      () => 'answered',
      () => 'cut',
    );
    await reached;
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await hanging).toBe('cut');
  });

  it('does not wait for a connection that never asked', async () => {
    const { port, server } = await serve([]);
    const silent = connect(port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => silent.once('connect', resolve));
    // An answered request on another connection: by then the server has seen the silent one.
    await fetch(`http://127.0.0.1:${port}/healthz`);
    const started = performance.now();
    await server.close();
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('lets a request under way finish before it closes', async () => {
    let asked = (): void => undefined;
    let answer = (): void => undefined;
    const reached = new Promise<void>((resolve) => (asked = resolve));
    const { url, server } = await serve([
      { ...echo, method: 'GET', handle: () => new Promise((resolve) => ((answer = () => resolve(new Response('done'))), asked())) },
    ]);
    const asking = fetch(`${url}echo`).then((response) => response.text());
    await reached;
    const closing = server.close();
    answer();
    expect(await asking).toBe('done');
    await closing;
  });

  it('says that a port is taken', async () => {
    const { port } = await serve([]);
    const second = createServer({
      host: '127.0.0.1',
      port,
      routes: [],
      log,
      texts,
      newId: () => 'F',
      health: async () => ({ live: true, ready: true, parts: {} }),
    });
    open.push(second);
    expect(await second.listen()).toEqual({ ok: false, code: 'portInUse', port });
  });
});
