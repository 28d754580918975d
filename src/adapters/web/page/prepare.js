/** What the server takes. */
export const mostBytes = 5 * 1024 * 1024;
/** How many files one picks for one message. */
export const mostFiles = 9;
/** Longer words go as a message of their own. */
export const longestCaption = 1000;

const longestSide = 1600;
const previewSide = 240;
/** A drawing or a picture of a screen stays sharp as PNG; above this it is a photo all the same. */
const mostOfPng = 1_000_000;

/** Draws a picture so that its longer side is at most so long. */
function drawn(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  return { canvas, pen: canvas.getContext('2d'), smaller: scale < 1 };
}

function paint({ canvas, pen }, bitmap, background) {
  if (background) {
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}

const encoded = (canvas, type) => new Promise((resolve) => canvas.toBlob(resolve, type, 0.85));

/** A picture as it is sent: at most 1600 pixels wide and high, and drawn anew, so that the place where it was taken stays at home. */
async function smaller(file, bitmap) {
  const sheet = drawn(bitmap, longestSide);
  const { width, height } = sheet.canvas;
  const made = async (type) => {
    paint(sheet, bitmap, type === 'image/jpeg');
    return encoded(sheet.canvas, type);
  };
  const png = file.type === 'image/png' ? await made('image/png') : null;
  const blob = png && png.size <= mostOfPng ? png : await made('image/jpeg');
  // What is no smaller by it goes as it is; the server takes the place out of that.
  if (!blob || (!sheet.smaller && blob.size >= file.size)) return { blob: file, name: file.name, picture: { width, height } };
  const name = blob.type === 'image/jpeg' ? `${file.name.replace(/\.[a-z0-9]{1,5}$/i, '')}.jpg` : file.name;
  return { blob, name, picture: { width, height } };
}

/** A file as it is sent and shown before it is: `{ blob, name, size }`, of a picture with its sides and a small `preview`. */
export async function prepare(file) {
  const plain = { blob: file, name: file.name, size: file.size };
  // A drawing (SVG) may hold a script: it is sent as the file that it is.
  if (!/^image\/(?!svg)/.test(file.type)) return plain;
  try {
    const bitmap = await createImageBitmap(file);
    const preview = drawn(bitmap, previewSide);
    paint(preview, bitmap, true);
    // Drawn anew, a moving picture would stand still.
    const moving = file.type === 'image/gif';
    const sent = moving ? { ...plain, picture: { width: bitmap.width, height: bitmap.height } } : await smaller(file, bitmap);
    bitmap.close();
    return { ...sent, size: sent.blob.size, preview: preview.canvas.toDataURL('image/jpeg', 0.7) };
  } catch {
    // This browser cannot read it, as many cannot read HEIC.
    return plain;
  }
}
