/** What somebody asks to be called, or why that cannot be. */
export type VisitorName =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly why: 'nameMissing' | 'nameTooLong' | 'nameOdd' | 'nameOurs' };

/** As people count: a letter with its accents is one, and so is a family of emoji. */
const longest = 20;
/** A single one may hold any number of accents. */
const mostUnits = 100;

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Reads a name. Markup is shown as signs, like letters. Refused is what cannot be seen and changes how the rest is read
 * (control signs, signs that turn the direction of writing), a name of nothing but such or of punctuation, and the bot's own: in the
 * group nobody should take a visitor for it.
 */
export function readVisitorName(text: string, botNames: readonly string[]): VisitorName {
  const name = text.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '') return { ok: false, why: 'nameMissing' };
  if (name.length > mostUnits || [...graphemes.segment(name)].length > longest) return { ok: false, why: 'nameTooLong' };
  // The joiners that emoji and some scripts are written with.
  const rest = name.replace(/[\u200c\u200d]/gu, '');
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/u.test(rest) || !/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(rest))
    return { ok: false, why: 'nameOdd' };
  if (botNames.some((own) => own.toLowerCase() === rest.toLowerCase())) return { ok: false, why: 'nameOurs' };
  return { ok: true, name };
}
