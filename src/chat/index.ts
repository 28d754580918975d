export type { Address } from './address.js';
export type { Content, Inbound, InboundFile, Sender } from './inbound.js';
export type { Choice, Outbound, OutboundFile } from './outbound.js';
export type { Adapter, Capabilities, FetchFailure, FetchResult, Receipt, Receive, Route, SendFailure, SendResult } from './adapter.js';
export { asShown, piecesOf } from './pieces.js';
export { withNumberedChoices, withoutFile } from './plain.js';
export { splitText } from './split.js';
