export { createWebAdapter } from './adapter.js';
export type { TryMode, WebAdapter, WebAdapterOptions } from './adapter.js';
export type { LoggedMessage, MessageLog } from './log.js';
export type { TryPerson } from './neighbours.js';
export type { OnMode } from './onMode.js';
export type { ForwardStep } from './requests.js';
export type { Visitor, VisitorBook } from './visitorBook.js';
