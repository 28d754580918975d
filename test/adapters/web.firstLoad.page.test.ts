import { request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { withPage } from '../support/browser.js';
import { createRig } from './web/rig.js';

/** Bytes over the line, headers included: what a phone on a slow one waits for. */
const most = 100_000;

it('the first load of the web chat is under 100 kB', async () => {
  const rig = await createRig();
  try {
    await withPage({ width: 360, height: 740 }, async (page, errors) => {
      const sizes: Promise<number>[] = [];
      page.on('requestfinished', (request) =>
        sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize)),
      );
      await page.goto(rig.url);
      await page.getByRole('button', { name: '方小雨' }).waitFor();
      const sum = (await Promise.all(sizes)).reduce((all, one) => all + one, 0);
      expect(sizes.length).toBeGreaterThan(15);
      expect(sum).toBeGreaterThan(10_000);
      expect(sum).toBeLessThan(most);
      expect(errors).toEqual([]);
    });
  } finally {
    await rig.close();
  }
});

it('what never changes is packed as the browser takes it, and is the same unpacked', async () => {
  const rig = await createRig();
  // As it comes over the line: fetch would unpack it.
  const ask = (path: string, accepts?: string): Promise<{ readonly encoding: string | undefined; readonly body: Buffer }> =>
    new Promise((resolve, reject) => {
      const { hostname, port, host } = new URL(rig.url);
      const headers = { host, ...(accepts === undefined ? {} : { 'accept-encoding': accepts }) };
      request({ hostname, port, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve({ encoding: response.headers['content-encoding'], body: Buffer.concat(parts) }));
      })
        .on('error', reject)
        .end();
    });
  try {
    for (const path of ['/', '/web/app.js', '/web/preact.js', '/web/talk.css', '/web/texts']) {
      const plain = await ask(path);
      const br = await ask(path, 'gzip, deflate, br');
      const gzip = await ask(path, 'gzip;q=1.0, br;q=0');
      expect([plain.encoding, br.encoding, gzip.encoding]).toEqual([undefined, 'br', 'gzip']);
      expect(brotliDecompressSync(br.body)).toEqual(plain.body);
      expect(gunzipSync(gzip.body)).toEqual(plain.body);
      expect(br.body.length).toBeLessThan(plain.body.length);
      expect((await ask(path, 'identity, xbr')).encoding).toBeUndefined();
    }
    expect((await ask('/web/people', 'gzip, br')).encoding).toBeUndefined();
  } finally {
    await rig.close();
  }
});
