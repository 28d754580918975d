import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { usualLimits, type LimitRules } from '../../src/adapters/web/limits.js';
import { hashOf } from '../../src/adapters/web/pass.js';
import { coreFailingWhile, now, texts } from './web/rig.js';
import { createOnRig, type Guest, type OnRig } from './web/visitors.js';

const body = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes).fill(7);
const withLimits = (limits: Partial<LimitRules>) => ({ limits: { ...usualLimits, ...limits } });

let rig: OnRig;
afterEach(() => rig.close());

describe('files on their way from one address', () => {
  const host = 'chat.example.org';
  const held: Socket[] = [];
  afterEach(() => {
    for (const socket of held.splice(0)) socket.destroy();
  });

  const open = async (limits: Partial<LimitRules> = {}): Promise<void> => {
    rig = await createOnRig(undefined, { trustedProxy: 'loopback', way: { publicUrl: `http://${host}`, ...withLimits(limits) } });
  };
  let passes = 0;
  /** Somebody new, by the headers of their file. */
  const headersOf = async (ip: string): Promise<Record<string, string>> => {
    const id = `v${(passes += 1)}`;
    const token = id.padEnd(43, 'A');
    await rig.book.add({ id, name: '王妈妈', kiosk: false, seenAt: now, tokenHash: hashOf(token) });
    const message = { chat: `p-${id}`, clientId: 'client-0001', name: 'a', type: '', text: '' };
    return {
      host,
      cookie: `linli=${token}`,
      'x-forwarded-for': ip,
      'content-type': 'application/octet-stream',
      'linli-message': encodeURIComponent(JSON.stringify(message)),
    };
  };
  /** A file that is announced and does not come. */
  const hold = async (ip: string): Promise<void> => {
    const lines = Object.entries({ ...(await headersOf(ip)), 'content-length': '1000' }).map(([name, value]) => `${name}: ${value}\r\n`);
    const socket = connect(Number(new URL(rig.url).port), '127.0.0.1');
    held.push(socket);
    socket.on('error', () => undefined);
    socket.write(`POST /web/files HTTP/1.1\r\n${lines.join('')}\r\nslowly`);
  };
  const send = async (ip: string): Promise<unknown[]> => {
    const headers = { ...(await headersOf(ip)), 'content-length': '3' };
    return new Promise((resolve, reject) => {
      const call = request(new URL('/web/files', rig.url), { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (part: Buffer) => (text += part.toString()));
        response.on('end', () => {
          const { error, message } = JSON.parse(text) as { error?: string; message?: string }; // an answer of the adapter or the server
          resolve([response.statusCode, response.headers['retry-after'], error, message]);
        });
      });
      call.on('error', reject);
      call.end('abc');
    });
  };
  const kind = [429, '5', 'tooManyUploads', texts['zh-CN']['tooManyUploads']];
  const taken = [200, undefined, undefined, undefined];

  it('may be three: a stranger with many passes keeps nobody else from sending', async () => {
    await open();
    for (let pass = 0; pass < 12; pass++) await hold('203.0.113.5');
    await expect.poll(() => send('203.0.113.5')).toEqual(kind);
    expect(await send('203.0.113.6')).toEqual(taken);
    for (const socket of held.splice(0)) socket.destroy();
    await expect.poll(() => send('203.0.113.5')).toEqual(taken);
  });

  it('are those of one household where its addresses are of one half', async () => {
    await open();
    for (const last of ['7', '8', '9']) await hold(`2001:db8:1:2::${last}`);
    await expect.poll(() => send('2001:db8:1:2::a')).toEqual(kind);
    expect(await send('2001:db8:1:3::a')).toEqual(taken);
  });

  it('control: without that share all places are one stranger’s', async () => {
    await open({ uploads: { atOnce: 8, ofAnAddress: Infinity } });
    for (let pass = 0; pass < 12; pass++) await hold('203.0.113.5');
    await expect.poll(async () => (await send('203.0.113.6')).slice(0, 3)).toEqual([503, undefined, 'tooManyAtOnce']);
  });
});

describe('files that are kept of one person', () => {
  let failing = false;
  const open = async (limits: Partial<LimitRules>): Promise<readonly [Guest, Guest]> => {
    failing = false;
    rig = await createOnRig(
      coreFailingWhile(() => failing),
      { way: withLimits(limits) },
    );
    return [await rig.enter('王妈妈'), await rig.enter('李叔叔')];
  };
  const send = async (guest: Guest, clientId: string, bytes: number): Promise<readonly unknown[]> => {
    const response = await rig.upload(body(bytes), { as: undefined, chat: guest.chat, clientId }, { cookie: guest.cookie });
    const { error, message } = (await response.json()) as { error?: string; message?: string }; // an answer of the adapter
    return response.status === 200 ? [200] : [response.status, error, message];
  };
  const full = [413, 'storeFull', texts['zh-CN']['storeFull']];

  it('have an end, and it is said kindly; others and words go on', async () => {
    const [wang, li] = await open({ storedBytes: 100 });
    expect(await send(wang, 'client-0001', 60)).toEqual([200]);
    const before = rig.inbounds.length;
    expect(await send(wang, 'client-0002', 41)).toEqual(full);
    expect([rig.inbounds.length, await wang.reads()]).toEqual([before, ['']]);
    expect(await send(wang, 'client-0003', 40)).toEqual([200]);
    expect(await send(li, 'client-0001', 60)).toEqual([200]);
    expect((await wang.post('/web/messages', { chat: wang.chat, clientId: 'client-0004', text: '在吗' })).status).toBe(200);
  });

  it('do not get past it at once', async () => {
    const [wang] = await open({ storedBytes: 100, uploads: { atOnce: 8, ofAnAddress: 8 } });
    const sent = await Promise.all(['1', '2', '3', '4'].map((last) => send(wang, `client-000${last}`, 60)));
    expect(sent.filter(([status]) => status === 200).length).toBe(1);
    expect(await wang.reads()).toHaveLength(1);
  });

  it('count once when one is sent again that nobody took', async () => {
    const [wang] = await open({ storedBytes: 100 });
    failing = true;
    expect(await send(wang, 'client-0001', 60)).toEqual([503, 'sendAgain', texts['zh-CN']['sendAgain']]);
    failing = false;
    expect(await send(wang, 'client-0001', 60)).toEqual([200]);
    expect(await send(wang, 'client-0001', 60)).toEqual([200]);
    expect(await wang.reads()).toHaveLength(1);
  });

  it('control: without the limit they have no end', async () => {
    const [wang] = await open({ storedBytes: Infinity });
    for (const last of ['1', '2', '3', '4']) expect(await send(wang, `client-000${last}`, 60)).toEqual([200]);
  });

  it('are as many as people are told', async () => {
    await open({});
    for (const said of Object.values(texts)) expect(said['storeFull']).toContain(`${usualLimits.storedBytes / 1024 / 1024} MB`);
  });
});
