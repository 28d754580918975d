export { createServer } from './server.js';
export type { Health, Listening, Server, ServerOptions } from './server.js';
export type { ServerLog, ServerTexts } from './faults.js';
