import { html } from './preact.js';
import { Avatar } from './parts.js';
import { firstLocale } from './words.js';

/** Stands where somebody was until a page for the next one can come: nothing of theirs, and why nothing happens. */
export function Away({ texts, away }) {
  const words = texts[firstLocale(texts)];
  return html`<main class="enter">
    <header class="top">
      <${Avatar} kind="bot" />
      <span class="lines"><b>${words.title}</b></span>
    </header>
    <div class="door">
      <h1>${words.hello}</h1>
      <p role="status">${away && words.lost}</p>
    </div>
  </main>`;
}
