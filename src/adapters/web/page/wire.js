import { openLine } from './line.js';

const patience = 20_000;

/** Set while a pass says who asks: what to do when it is over. No request names anybody then. */
let whenOver = null;
export const byPass = (onOver) => {
  whenOver = onOver;
};

/** A query, with whom the request is from where it must say so. */
export const query = (as, fields = {}) => {
  const text = String(new URLSearchParams({ ...(whenOver ? {} : { as }), ...fields }));
  return text === '' ? '' : `?${text}`;
};

/** Longest time (s) that is waited by itself before the same is posted again: the longest that the server asks for what people do. */
const longestWait = 600;
const pause = (seconds) => new Promise((resolve) => void setTimeout(resolve, seconds * 1000));

/** What is posted, without a name where a pass says who asks. */
const unnamed = (message) => (message && whenOver ? { ...message, as: undefined } : message);

/** Asks once more by itself when the server says so, where `onBusy` can tell the reader that it was too fast. */
async function patiently(ask, onBusy) {
  for (;;) {
    const answer = await ask();
    if (answer.status === 401 && whenOver) whenOver();
    if (answer.status !== 429 || !onBusy || !(answer.wait <= longestWait)) return answer;
    onBusy(answer.data);
    await pause(answer.wait);
  }
}

/** Asks or posts; `{ ok, status, data }`, also when nobody answers (status 0). */
export const call = (path, body, onBusy) => patiently(() => once(path, unnamed(body)), onBusy);

async function once(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(path, { ...(body ? post : {}), signal: stop.signal });
    const wait = Number(response.headers.get('retry-after') || Number.NaN);
    return { ok: response.ok, status: response.status, wait, data: await response.json() };
  } catch {
    return { ok: false, status: 0, data: {} };
  } finally {
    clearTimeout(timer);
  }
}

/** Posts a file; as `call`. It is given up when nothing moves any more, not when it takes long. */
export const upload = (message, blob, { onProgress, onBusy }) => patiently(() => uploadOnce(unnamed(message), blob, onProgress), onBusy);

function uploadOnce(message, blob, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), patience);
    };
    const done = (status, data) => {
      clearTimeout(timer);
      const wait = Number(request.getResponseHeader('retry-after') || Number.NaN);
      resolve({ ok: status === 200, status, wait, data: data.error === 'bodyTooLarge' ? { error: 'fileTooLarge' } : data });
    };
    request.open('POST', '/web/files');
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('linli-message', encodeURIComponent(JSON.stringify(message)));
    request.upload.onprogress = ({ loaded, total }) => {
      wait();
      onProgress(loaded / total);
    };
    request.onload = () => done(request.status, request.response || {});
    request.onerror = () => done(0, {});
    request.onabort = () => done(0, {});
    wait();
    request.send(blob);
  });
}

/** Why something did not go, in the reader's words; `otherwise` where only repeating helps. A fault comes with the id that staff can look up. */
export const reason = ({ error, fault }, t, otherwise) => (!error || error === 'sendAgain' ? t(otherwise) : `${t(error)}${fault || ''}`);

/** A new id for something that is posted: the same on every try, so that a repeat has no second effect. */
export const newClientId = () => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Listens to a person's events for as long as it is not closed; `on.hello` after every connection, `on.lost(code)` when there is none. */
export function listen(as, on) {
  let closed = false;
  const close = openLine(whenOver ? as : null, ({ name, data }) => {
    if (closed) return;
    // The pass is over, or in another tab somebody else came in: what stands here is not theirs.
    if (whenOver && (data.status === 401 || (name === 'hello' && data.me !== as))) whenOver();
    else if (name === 'hello') on.hello();
    else if (name === 'lost') on.lost(data.error);
    else if (name === 'clock') on.clock(data.now);
    else on.event(name, data);
  });
  return () => {
    closed = true;
    close();
  };
}
