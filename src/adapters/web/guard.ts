/** Which of the checks a request needs: a page may be opened from a link anywhere, data is only for the page itself. */
export type Purpose = 'page' | 'data';

const ownHosts = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/iu;
const ownIps = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/iu;

/**
 * In mode `try` anybody may be anybody, so only this computer may ask, and no other site through this computer's browser:
 * the peer is loopback, Host is a loopback name (a rebound DNS name is not), and a browser that says where the call comes from says "here".
 * Programs that send neither Origin nor Sec-Fetch-Site pass: what they could do they can do anyway.
 */
export function isFromHere(request: Request, ip: string, purpose: Purpose): boolean {
  const host = request.headers.get('host') ?? '';
  if (!ownIps.test(ip) || !ownHosts.test(host)) return false;
  if (purpose === 'page') return true;
  const origin = request.headers.get('origin');
  if (origin !== null && origin.toLowerCase() !== `http://${host.toLowerCase()}`) return false;
  const site = request.headers.get('sec-fetch-site');
  return site === null || site === 'same-origin' || (site === 'none' && request.method === 'GET');
}
