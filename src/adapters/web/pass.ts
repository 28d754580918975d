import { createHash } from 'node:crypto';

/** How long (ms) a visitor is kept who does not come back: 180 days. */
export const keptMs = 180 * 24 * 60 * 60 * 1000;

/** The cookie that carries a visitor's pass. Only over https may it have the name that no neighbouring site can set. */
export interface PassCookie {
  /** The token that a request brings; null for none, or for what never was one. */
  read(request: Request): string | null;
  /** Tells the browser to keep it: for as long as a visitor is kept, or until it is closed, where many use the device. */
  give(token: string, kiosk: boolean): string;
  /** Tells the browser to forget it. */
  take(): string;
}

/** Not for scripts, and not for requests that another site makes. */
export function passCookie(secure: boolean): PassCookie {
  const name = secure ? '__Host-linli' : 'linli';
  const about = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    read: (request) => {
      const cookies = (request.headers.get('cookie') ?? '').split(';').map((one) => one.trim());
      const [token] = cookies.filter((one) => one.startsWith(`${name}=`)).map((one) => one.slice(name.length + 1));
      return token !== undefined && /^[\w-]{43}$/u.test(token) ? token : null;
    },
    give: (token, kiosk) => `${name}=${token}; ${about}${kiosk ? '' : `; Max-Age=${keptMs / 1000}`}`,
    take: () => `${name}=; ${about}; Max-Age=0`,
  };
}

/** What is kept of a token: whoever reads the database can be nobody with it. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
