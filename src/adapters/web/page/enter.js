import { html, useEffect, useRef, useState } from './preact.js';
import { Avatar } from './parts.js';
import { browser } from './store.js';
import { call, reason } from './wire.js';
import { firstLocale, nextLocale } from './words.js';

/** How long a name stands on a shared device that nobody sends off, ms. */
const forgetTypedMs = 60_000;

/** What a visitor sees first: what to call them, and what is kept of them. `onEntered` when they are in. */
export function Enter({ texts, kiosk, onEntered }) {
  const [locale, setLocale] = useState(() => firstLocale(texts));
  const [name, setName] = useState('');
  const [why, setWhy] = useState(null);
  const [under, setUnder] = useState(false);
  const field = useRef(null);
  const t = (key) => texts[locale][key] || key;

  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t('title');
  }, [locale]);
  useEffect(() => {
    if (!kiosk || name === '') return undefined;
    const timer = setTimeout(() => setName(''), forgetTypedMs);
    return () => clearTimeout(timer);
  }, [name]);

  const enter = async (event) => {
    event.preventDefault();
    if (under) return;
    setUnder(true);
    const { ok, data } = await call('/web/enter', { name, kiosk, locale });
    setUnder(false);
    if (ok) return onEntered();
    setWhy(data);
    field.current.focus();
  };

  return html`<main class="enter">
    <header class="top">
      <${Avatar} kind="bot" />
      <span class="lines"><b>${t('title')}</b></span>
      <button
        class="quiet"
        lang=${locale === 'en' ? 'zh-CN' : 'en'}
        onClick=${() => {
          const next = nextLocale(texts, locale);
          browser.set('locale', next);
          setLocale(next);
        }}
      >
        ${t('language')}
      </button>
    </header>
    <form class="door" onSubmit=${enter} novalidate>
      <h1>${t('hello')}</h1>
      <label for="name">${t('callYou')}</label>
      <input
        id="name"
        ref=${field}
        dir="auto"
        enterkeyhint="go"
        autocomplete=${kiosk ? 'off' : 'nickname'}
        autocapitalize="off"
        spellcheck=${false}
        value=${name}
        aria-invalid=${why ? 'true' : undefined}
        aria-describedby=${why ? 'why' : undefined}
        onInput=${(event) => {
          setName(event.target.value);
          setWhy(null);
        }}
      />
      <p id="why" class="why" role="alert">${why && reason(why, t, 'enterAgain')}</p>
      <button class="go" aria-disabled=${under ? 'true' : undefined}>${t('enter')}</button>
      <p>${t('kept')}</p>
      <p>${t(kiosk ? 'keptKiosk' : 'keptUntil')}</p>
    </form>
  </main>`;
}
