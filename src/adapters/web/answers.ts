/** Why a request was refused; each has a text of the same name in web.json of each locale. */
export type Refusal =
  | 'badRequest'
  | 'forbidden'
  | 'notHere'
  | 'notEntered'
  | 'wrongType'
  | 'unknownChat'
  | 'textTooLong'
  | 'emptyText'
  | 'emptyFile'
  | 'fileTooLarge'
  | 'storeFull'
  | 'tooFast'
  | 'tooManyUploads'
  | 'tooManyVisitors'
  | 'tooManyStreams'
  | 'nameMissing'
  | 'nameTooLong'
  | 'nameOdd'
  | 'nameOurs'
  | 'noFile'
  | 'sendAgain'
  | 'farEnough';

const statuses: Record<Refusal, number> = {
  badRequest: 400,
  nameMissing: 422,
  nameTooLong: 422,
  nameOdd: 422,
  nameOurs: 422,
  notEntered: 401,
  forbidden: 403,
  notHere: 403,
  wrongType: 415,
  unknownChat: 404,
  noFile: 404,
  textTooLong: 413,
  emptyText: 422,
  emptyFile: 400,
  fileTooLarge: 413,
  storeFull: 413,
  tooFast: 429,
  tooManyUploads: 429,
  tooManyVisitors: 429,
  tooManyStreams: 503,
  sendAgain: 503,
  farEnough: 409,
};

/** On every answer: nothing from elsewhere is loaded, nobody frames the page, types are not guessed, nothing is kept in caches. */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** An answer of any type, with the headers that every answer of the web chat has. */
export const answer = (body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>, type: string, status = 200): Response =>
  new Response(body, { status, headers: { ...headers, 'content-type': type } });

// What a browser may be told that it gets. Anything else is only bytes to be saved, so that no browser ever runs it.
const fileTypes =
  /^(?:image\/(?:png|jpeg|webp|gif)|text\/plain|text\/csv|text\/calendar|application\/pdf|application\/vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)(?:; charset=utf-8)?$/u;

/** A file: a picture is shown, everything else is saved under its name. */
export function fileAnswer({ name, mimeType, data }: { name: string; mimeType: string; data: Uint8Array<ArrayBuffer> }): Response {
  const type = fileTypes.test(mimeType) ? mimeType : 'application/octet-stream';
  const how = type.startsWith('image/') ? 'inline' : 'attachment';
  const disposition = `${how}; filename*=UTF-8''${inHeader(name)}`;
  return new Response(data, { headers: { ...headers, 'content-type': type, 'content-disposition': disposition } });
}

/** A name as a header can carry it (RFC 8187). */
const inHeader = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd')).replace(/['()*]/gu, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export const jsonType = 'application/json; charset=utf-8';

/** An answer in JSON. */
export const json = (body: unknown, status = 200): Response => answer(JSON.stringify(body), jsonType, status);

/** Says no to whoever opened an address and reads what comes: a page of one sentence. */
export const refusalPage = (texts: Readonly<Record<string, string>>, refusal: Refusal): Response => {
  const sentence = (texts[refusal] ?? refusal).replace(/[&<>"']/gu, (sign) => `&#${sign.charCodeAt(0)};`);
  const head =
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">';
  const page = `<!doctype html>${head}<title>${sentence}</title><h1>${sentence}</h1>`;
  return answer(page, 'text/html; charset=utf-8', statuses[refusal]);
};

/** Says no: `error` for programs, `message` for people who see it raw (the page has its own words in the reader's language). `waitMs`: when the same may be tried again. */
export type Refuse = (refusal: Refusal, waitMs?: number) => Response;

/** Makes the function that says no, with the texts of one language. */
export const refuser =
  (texts: Readonly<Record<string, string>>): Refuse =>
  (refusal, waitMs) => {
    const response = json({ error: refusal, message: texts[refusal] ?? refusal }, statuses[refusal]);
    if (waitMs !== undefined) response.headers.set('retry-after', String(Math.ceil(waitMs / 1000)));
    return response;
  };
