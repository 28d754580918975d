export { createWebAdapter } from './adapter.js';
export type { WebAdapter, WebAdapterOptions } from './adapter.js';
export type { LoggedMessage, MessageLog, NewMessage } from './log.js';
export { privateChatOf } from './neighbours.js';
export type { TryGroup, TryPerson } from './neighbours.js';
