import { z } from 'zod';
import type { Refusal } from './answers.js';
import { cleanName } from './names.js';
import type { FileOfMessage } from './payload.js';
import { pictureOf } from './pictures/index.js';
import { as, clientId, id } from './requests.js';

/** Most bytes of a file that somebody sends. The page makes photos smaller before it sends them. */
export const mostBytes = 5 * 1024 * 1024;

/** Longest words that come with a file, in UTF-16 code units: they stand in a header, and headers have 16 KB in all. */
export const longestCaption = 1_000;

/** The header that says what the body is; JSON, each sign that is no ASCII escaped as in an address. In a header, because addresses stand in the logs of proxies. */
const header = 'linli-message';

const message = z.strictObject({
  as,
  chat: id,
  clientId,
  name: z.string().max(2_000),
  type: z.string().max(200),
  text: z.string().max(longestCaption),
  replyTo: id.optional(),
});

/** A file as it was posted, with what its header said. */
export type Posted = Pick<z.infer<typeof message>, 'as' | 'chat' | 'clientId' | 'text' | 'replyTo'> & {
  readonly file: FileOfMessage;
  readonly content: Uint8Array<ArrayBuffer>;
};

/** True when the body is declared as bytes: a form of another site cannot declare that without asking first. */
export const isBytes = (request: Request): boolean => request.headers.get('content-type') === 'application/octet-stream';

const mimeType = /^(?!image\/)[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,100}$/u;

/**
 * Reads a file that was posted. What is a picture is known by its bytes, and is kept as one without what else stood in it; what only
 * says that it is a picture is bytes. `nameless` is what a file is called whose name is empty once it is clean.
 */
export async function readUpload(request: Request, nameless: string): Promise<Posted | Refusal> {
  const said = readHeader(request);
  if (!said) return 'badRequest';
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.length === 0) return 'emptyFile';
  if (bytes.length > mostBytes) return 'fileTooLarge';
  const { name, type, ...rest } = said;
  const picture = pictureOf(bytes);
  const content = picture?.data ?? bytes;
  const file = {
    name: cleanName(name) || nameless,
    mimeType: picture?.mimeType ?? (mimeType.test(type.toLowerCase()) ? type.toLowerCase() : 'application/octet-stream'),
    size: content.length,
    ...(picture ? { picture: { width: picture.width, height: picture.height } } : {}),
  };
  return { ...rest, file, content };
}

function readHeader(request: Request): z.infer<typeof message> | null {
  try {
    return message.safeParse(JSON.parse(decodeURIComponent(request.headers.get(header) ?? ''))).data ?? null;
  } catch {
    return null;
  }
}
