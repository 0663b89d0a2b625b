/**
 * A pupil's list as a short code that can be sent or written down: name, class word and list, with a checksum. There is
 * no server: the codes of a class are pasted together into one field.
 *
 * Bytes: length of the class word, class word, length of the name, name (both UTF-8), the list as bits of
 * columns 0 to 55, CRC-16 of all that. Written in base 64 without + and /, after "Q1.". Blanks at the ends of the two
 * words count nowhere.
 */

export interface PupilList {
  name: string;
  classWord: string;
  columns: number[];
}

export type Refusal = "damaged" | "newer" | "other_class" | "empty_list" | "twice" | "too_many" | "outside";

export interface PastedCodes {
  lists: PupilList[];
  /** With what could be read of them: class word and name are empty where nothing could. */
  refused: { code: string; why: Refusal; classWord: string; name: string }[];
  leftOut: number;
}

/** Of a name and of a class word, in units of UTF-16: at most 240 bytes of UTF-8 each. */
export const longestName = 80;
const prefix = "Q1.";
const maskBytes = 7;
const longestCode = 720;

/** CRC-16/CCITT of bytes. */
function checksum(bytes: ArrayLike<number>, count: number): number {
  let crc = 0xffff;
  for (let k = 0; k < count; ++k) {
    crc ^= (bytes[k] ?? 0) << 8;
    for (let bit = 0; bit < 8; ++bit) crc = ((crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff) >>> 0;
  }
  return crc;
}

function toBase64(bytes: number[]): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function withLength(text: string): number[] {
  const bytes = new TextEncoder().encode(text);
  return [bytes.length, ...bytes];
}

function maskOf(columns: number[]): number[] {
  const mask = new Array<number>(maskBytes).fill(0);
  for (const column of columns) {
    const byte = Math.floor(column / 8);
    mask[byte] = (mask[byte] ?? 0) | (1 << (column % 8));
  }
  return mask;
}

function columnsOf(mask: Uint8Array): number[] {
  const columns: number[] = [];
  for (let column = 0; column < 8 * maskBytes; ++column)
    if (((mask[Math.floor(column / 8)] ?? 0) >> (column % 8)) & 1) columns.push(column);
  return columns;
}

export function encode(list: PupilList): string {
  const words = [...withLength(list.classWord.trim()), ...withLength(list.name.trim())];
  const bytes = [...words, ...maskOf(list.columns)];
  const crc = checksum(bytes, bytes.length);
  return prefix + toBase64([...bytes, crc >> 8, crc & 255]);
}

/** The text of `length` bytes from `at`; null where they are not UTF-8. */
function textAt(bytes: Uint8Array, at: number, length: number): string | null {
  if (at + length > bytes.length) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
  } catch {
    return null;
  }
}

/** The list of a code, or why it is none. */
export function decode(code: string): PupilList | Refusal {
  if (code.length > longestCode) return "damaged";
  if (!code.startsWith(prefix)) return /^Q[2-9]\./.test(code) ? "newer" : "damaged";
  const bytes = fromBase64(code.slice(prefix.length));
  if (!bytes || bytes.length < maskBytes + 4) return "damaged";
  const end = bytes.length - 2;
  if (checksum(bytes, end) !== (bytes[end] ?? 0) * 256 + (bytes[end + 1] ?? 0)) return "damaged";
  const wordLength = bytes[0] ?? 0;
  const nameAt = 1 + wordLength;
  const nameLength = bytes[nameAt] ?? 0;
  const classWord = textAt(bytes, 1, wordLength);
  const name = textAt(bytes, nameAt + 1, nameLength);
  if (classWord === null || name === null || nameAt + 1 + nameLength + maskBytes !== end) return "damaged";
  const visible = (text: string): string => text.replace(/\p{Cc}/gu, "").trim();  // a picture holds no others
  return { name: visible(name), classWord: classWord.trim(), columns: columnsOf(bytes.subarray(end - maskBytes, end)) };
}

/**
 * Pasted codes, apart by blanks, commas or lines: the lists of one class, at most `most` of them, and what was refused.
 * A code that stands twice counts once. Lists of the same name are told apart by a number.
 */
export function readCodes(text: string, classWord: string, candidates: number, most: number): PastedCodes {
  const result: PastedCodes = { lists: [], refused: [], leftOut: 0 };
  const seen = new Set<string>();
  const names = new Map<string, number>();
  const refuse = (code: string, why: Refusal, { name = "", classWord: other = "" }: Partial<PupilList> = {}): void => {
    if (result.refused.length < 2 * most) result.refused.push({ code, why, classWord: other, name });
    else ++result.leftOut;
  };
  for (const match of text.matchAll(/[^\s,;]+/g)) {
    const code = match[0];
    const list = decode(code);
    if (typeof list === "string") {
      refuse(code, list);
      continue;
    }
    if (seen.has(code)) refuse(code, "twice", list);
    else if (list.classWord !== classWord.trim()) refuse(code, "other_class", list);
    else if (list.columns.length === 0) refuse(code, "empty_list", list);
    else if (list.columns.some((column) => column >= candidates)) refuse(code, "outside", list);
    else if (result.lists.length >= most) refuse(code, "too_many", list);
    else {
      seen.add(code);
      const count = (names.get(list.name) ?? 0) + 1;
      names.set(list.name, count);
      result.lists.push(count > 1 ? { ...list, name: `${list.name} (${count})` } : list);
    }
  }
  return result;
}
