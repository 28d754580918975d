// Runs as a worker that all tabs of one browser share: over plain HTTP a browser opens six connections to one house, and a stream in each of
// six tabs would leave none to say anything by.
import { openStream } from './stream.js';

const ports = new Set();
let close = null;
/** What the stream said first; null while there is none. */
let hello = null;
let lost = false;

const tell = (news) => {
  if (news.name === 'hello') hello = news.data;
  if (news.name === 'lost') hello = null;
  lost = news.name === 'lost';
  for (const port of ports) port.postMessage(news);
};
const begin = () => {
  if (close) close();
  hello = null;
  lost = false;
  close = openStream('/web/stream', tell);
};
const end = (port) => {
  ports.delete(port);
  if (ports.size > 0 || !close) return;
  close();
  close = null;
};

/** `as`: for whom the tab is, where a pass says who listens. */
const join = (port, as) => {
  ports.add(port);
  // In this browser somebody else came in since the stream was opened; their pass opens another one.
  if (!close || lost || (hello && as && hello.me !== as)) begin();
  else if (hello) port.postMessage({ name: 'hello', data: hello });
};

globalThis.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => (data.over ? end(port) : join(port, data.as));
};
