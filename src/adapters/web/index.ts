export { createWebAdapter } from './adapter.js';
export type { WebAdapter, WebAdapterOptions } from './adapter.js';
export type { LoggedMessage, MessageLog } from './log.js';
export type { TryPerson } from './neighbours.js';
export type { ForwardStep } from './requests.js';
