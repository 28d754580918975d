/** Which of the checks a request needs: a page may be opened from a link anywhere, data is only for the page itself. */
export type Purpose = 'page' | 'data';

const ownHosts = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/iu;
const ownIps = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/iu;

/** Whether a request may be looked at. */
export type Admits = (request: Request, ip: string, purpose: Purpose) => boolean;

/**
 * In mode `try` anybody may be anybody, so only this computer may ask, and no other site through this computer's browser:
 * the peer is loopback, Host is a loopback name (a rebound DNS name is not), and a browser that says where the call comes from says "here".
 * Programs that send neither Origin nor Sec-Fetch-Site pass: what they could do they can do anyway.
 */
export const isFromHere: Admits = (request, ip, purpose) => {
  const host = request.headers.get('host') ?? '';
  return ownIps.test(ip) && ownHosts.test(host) && (purpose === 'page' || isFromPageOf(request, `http://${host}`));
};

/** Where everybody may come, under one address (an origin): Host is that address, so no other name leads here, and data goes to its pages only. */
export function isFromPagesOf(origin: string): Admits {
  const { host } = new URL(origin);
  return (request, _ip, purpose) => {
    // With or without the port that the scheme has anyway.
    const asked = (request.headers.get('host') ?? '').toLowerCase().replace(origin.startsWith('https:') ? /:443$/u : /:80$/u, '');
    return asked === host && (purpose === 'page' || isFromPageOf(request, origin));
  };
}

function isFromPageOf(request: Request, own: string): boolean {
  const origin = request.headers.get('origin');
  if (origin !== null && origin.toLowerCase() !== own.toLowerCase()) return false;
  const site = request.headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || (site === 'none' && request.method === 'GET');
}
