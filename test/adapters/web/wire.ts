import { request } from 'node:http';

/** A bare HTTP request, for headers that fetch sets by itself (Host, Origin, Sec-Fetch-Site). */
export function bare(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const call = request({ hostname, port, path, method: body === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

export interface Events {
  /** The next block of the stream (an event or a comment); null when it has ended. */
  next(): Promise<string | null>;
  close(): Promise<void>;
}

/** Opens a stream of server-sent events, as a sample person or by a pass, and reads it block by block. */
export async function openEvents(url: string, as: string | null, cookie = ''): Promise<Events> {
  const response = await fetch(new URL(as === null ? '/web/stream' : `/web/stream?as=${as}`, url), { headers: { cookie } });
  if (response.status !== 200 || !response.body) throw new Error(`stream: ${response.status}`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    next: async () => {
      while (!text.includes('\n\n')) {
        const { value, done } = await reader.read();
        if (done) return null;
        text += value;
      }
      const [block = '', ...rest] = text.split('\n\n');
      text = rest.join('\n\n');
      return block;
    },
    close: () => reader.cancel(),
  };
}
