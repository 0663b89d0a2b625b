/**
 * Bytes as text that a page may hold, 7 bits a character: in UTF-8 a seventh longer than the bytes, where base 64 is a
 * third longer. Values that HTML does not keep (NUL, carriage return) or that might end the script (<) stand 256
 * further on. build.mjs writes it.
 */
export function fromSevens(text: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor(text.length * 7 / 8));
  let held = 0, bits = 0, at = 0;
  for (let k = 0; k < text.length; k += 1) {
    held = ((held << 7) | (text.charCodeAt(k) & 127)) & 0x7fff;
    bits += 7;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
  }
  return bytes;
}
