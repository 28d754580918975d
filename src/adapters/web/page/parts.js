import { html } from './preact.js';

const drawings = {
  back: 'M15 5l-7 7 7 7',
  send: 'M12 20V4M5 11l7-7 7 7',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  attach: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.6 1.6 0 0 1-2.3-2.3L14.5 7.3',
  close: 'M6 6l12 12M18 6L6 18',
  down: 'M6 10l6 6 6-6',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4M9 13h6M9 17h6',
  save: 'M12 4v11M7 10l5 5 5-5M5 20h14',
  leave: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  people:
    'M8.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.5c2.4.7 4 2.7 4 5.5',
};

/** A line drawing; the button around it carries the words. */
export const Icon = ({ name }) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${drawings[name]} /></svg>`;

/** The house with a heart: the bot. */
const House = () =>
  html`<svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
    <path fill="currentColor" d="M13 33 32 17l19 16v15a4 4 0 0 1-4 4H17a4 4 0 0 1-4-4Z" />
    <path class="heart" d="M32 47s-8.5-4.8-8.5-10.2a4.7 4.7 0 0 1 8.5-2.5 4.7 4.7 0 0 1 8.5 2.5c0 5.4-8.5 10.2-8.5 10.2Z" />
  </svg>`;

/** How many colours base.css has for people. */
export const shades = 6;

/** The colour of somebody who stands in no list: the same wherever they stand. */
export const shadeOfId = (id) => [...(id || '')].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % shades;

/** The round sign of a person with the first sign of the name, of the group, or of the bot. */
export function Avatar({ kind = 'person', shade = 0, name = '' }) {
  if (kind === 'bot') return html`<span class="avatar bot"><${House} /></span>`;
  if (kind === 'group') return html`<span class="avatar group"><${Icon} name="people" /></span>`;
  return html`<span class="avatar shade${shade}" aria-hidden="true">${String.fromCodePoint(name.codePointAt(0) || 32)}</span>`;
}

/** How many are unread; nothing for none. */
export const Unread = ({ count, t }) =>
  count > 0
    ? html`<span class="unread" aria-hidden="true">${count > 99 ? '99+' : count}</span><span class="unseen">${count} ${t('unread')}</span>`
    : null;
