export { calendar, type CalendarEvent } from './calendar.js';
export { csv } from './csv.js';
export { mimeTypes } from './mimeTypes.js';
export { poster, type Poster } from './poster.js';
export { qrPng, qrSvg } from './qr.js';
export type { Cell, Sheet } from './sheet.js';
export { xlsx } from './xlsx.js';
