export { createServer } from './server.js';
export type { Health, Server, ServerOptions } from './server.js';
