// Readable from a phone's length away, and with a fold or a spot on it.
const errorCorrectionLevel = 'M';
// The empty border that readers need, in squares.
const margin = 4;

/** A QR code as a PNG picture. `scale`: pixels of one square. */
export async function qrPng(text: string, scale = 10): Promise<Uint8Array> {
  const { default: qrcode } = await import('qrcode');
  return new Uint8Array(await qrcode.toBuffer(text, { errorCorrectionLevel, margin, scale }));
}

/** A QR code as an SVG picture. */
export async function qrSvg(text: string): Promise<string> {
  const { default: qrcode } = await import('qrcode');
  return qrcode.toString(text, { type: 'svg', errorCorrectionLevel, margin });
}

/** A QR code at most `width` pixels wide, each square the same whole number of pixels, without a border. */
export async function qrWithin(text: string, width: number): Promise<{ readonly png: Uint8Array; readonly width: number }> {
  const { default: qrcode } = await import('qrcode');
  const { size } = qrcode.create(text, { errorCorrectionLevel }).modules;
  const scale = Math.max(1, Math.floor(width / size));
  const png = await qrcode.toBuffer(text, { errorCorrectionLevel, margin: 0, scale });
  return { png: new Uint8Array(png), width: size * scale };
}
