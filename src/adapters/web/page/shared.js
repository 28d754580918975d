import { html, useEffect, useState } from './preact.js';
import { forgetHere } from './forget.js';
import { Avatar } from './parts.js';
import { call } from './wire.js';
import { firstLocale } from './words.js';

/**
 * What a shared device shows whose browser has somebody's own pass: nothing of theirs, and no way to it. It asks before it ends the pass,
 * since whoever follows a link to here on a phone of their own would lose their chat by it.
 */
export function Shared({ texts }) {
  const [locale] = useState(() => firstLocale(texts));
  const [under, setUnder] = useState(false);
  const [away, setAway] = useState(false);
  const t = (key) => texts[locale][key] || key;

  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t('title');
  }, []);

  const share = async () => {
    if (under) return;
    setUnder(true);
    const { ok, status } = await call('/web/leave', {});
    if (ok || status === 401) return void forgetHere();
    setUnder(false);
    setAway(true);
  };

  return html`<main class="enter">
    <header class="top">
      <${Avatar} kind="bot" />
      <span class="lines"><b>${t('title')}</b></span>
    </header>
    <div class="door">
      <h1>${t('shareThis')}</h1>
      <p>${t('ownChatHere')}</p>
      <p>${t('shareMeans')}</p>
      <button class="go" aria-disabled=${under ? 'true' : undefined} onClick=${share}>${t('shareYes')}</button>
      <p class="why" role="alert">${away && t('shareAgain')}</p>
      <p>${t('ownDevice')}</p>
    </div>
  </main>`;
}
