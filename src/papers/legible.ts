// Line breaks and tabs stay.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** A text without control characters, which no file format wants. */
export const withoutControls = (text: string): string => text.replace(controls, '');

// Signs that show nothing by themselves, but turn the direction of what follows or join emoji.
const invisible = /[\p{Cf}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const emojiParts = /[\p{Emoji_Modifier}\p{Regional_Indicator}\u20e3]/gu;
// The pictographs that the font has in black on white, so they can stand in a printed line.
const inFont = new Set('©®‼⁉™↔↕↖↗↘↙▪▫▶◀☀☁☂☃☎☝☯♀♂♠♣♥♦♨♻⚠⚽⚾✂➡⤴⤵⬅⬆⬇〰〽㊗㊙');

/**
 * A text as it can be drawn: emoji are left out, since the font has none and a notice does well without them; so are marks that would
 * turn the direction of a line. A letter that the font does not have stays, and is drawn as a crossed box: a gap would read as another name.
 */
export function drawable(text: string): string {
  return withoutControls(text.replace(/\r\n?/gu, '\n'))
    .replace(invisible, '')
    .replace(emojiParts, '')
    .replace(/\p{Extended_Pictographic}/gu, (sign) => (inFont.has(sign) ? sign : ''))
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/gu, '\n')
    .trim();
}
