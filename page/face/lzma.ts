/**
 * Unpacks what `xz --format=lzma` packed (LZMA, .lzma container; after the specification of Igor Pavlov, 2015).
 * Some 9 MB a second, straight into the array that becomes the module.
 */

const states = 12;
const top = 1 << 24;
const half = 1 << 10;

class Decoder {
  private range = 0xffffffff;
  private code = 0;
  private at: number;

  constructor(private readonly bytes: Uint8Array, start: number) {
    this.at = start + 1;
    for (let k = 0; k < 4; k += 1) this.code = ((this.code << 8) | this.next()) >>> 0;
  }

  bit(odds: Uint16Array, index: number): number {
    const chance = odds[index]!;
    const bound = (this.range >>> 11) * chance;
    const zero = this.code < bound;
    if (zero) {
      this.range = bound;
      odds[index] = chance + ((2048 - chance) >>> 5);
    } else {
      this.range -= bound;
      this.code -= bound;
      odds[index] = chance - (chance >>> 5);
    }
    this.normalise();
    return zero ? 0 : 1;
  }

  direct(count: number): number {
    let value = 0;
    for (let k = 0; k < count; k += 1) {
      this.range >>>= 1;
      const one = this.code >= this.range ? 1 : 0;
      if (one) this.code -= this.range;
      value = value * 2 + one;
      this.normalise();
    }
    return value;
  }

  tree(odds: Uint16Array, offset: number, bits: number): number {
    let node = 1;
    for (let k = 0; k < bits; k += 1) node = (node << 1) | this.bit(odds, offset + node);
    return node - (1 << bits);
  }

  reversed(odds: Uint16Array, offset: number, bits: number): number {
    let node = 1, value = 0;
    for (let k = 0; k < bits; k += 1) {
      const bit = this.bit(odds, offset + node);
      node = (node << 1) | bit;
      value |= bit << k;
    }
    return value;
  }

  private next(): number {
    return this.bytes[this.at++] ?? 0;
  }

  private normalise(): void {
    if (this.range >= top) return;
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.next()) >>> 0;
  }
}

function odds(count: number): Uint16Array {
  return new Uint16Array(count).fill(half);
}

/** Lengths of matches, for each place in the rhythm of positions. */
class Lengths {
  private readonly choices = odds(2);
  private readonly low = odds(16 << 3);
  private readonly middle = odds(16 << 3);
  private readonly high = odds(256);

  read(decoder: Decoder, beat: number): number {
    if (decoder.bit(this.choices, 0) === 0) return decoder.tree(this.low, beat << 3, 3);
    if (decoder.bit(this.choices, 1) === 0) return 8 + decoder.tree(this.middle, beat << 3, 3);
    return 16 + decoder.tree(this.high, 0, 8);
  }
}

interface Header {
  readonly context_bits: number;
  readonly place_mask: number;
  readonly beat_mask: number;
  readonly size: number;
}

function headerOf(bytes: Uint8Array): Header {
  const first = bytes[0] ?? 255;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const size = view.getUint32(5, true);
  if (first >= 225 || view.getUint32(9, true) !== 0)
    throw new Error("The engine is not packed as LZMA of a known size.");
  const rest = Math.floor(first / 9);
  return { context_bits: first % 9, place_mask: (1 << rest % 5) - 1,
           beat_mask: (1 << Math.floor(rest / 5)) - 1, size };
}

class Unpacker {
  private readonly decoder: Decoder;
  private readonly out: Uint8Array<ArrayBuffer>;
  private readonly literals: Uint16Array;
  private readonly is_match = odds(states << 4);
  private readonly is_repeat = odds(states);
  private readonly is_other = odds(states);
  private readonly is_second = odds(states);
  private readonly is_third = odds(states);
  private readonly is_long = odds(states << 4);
  private readonly slots = odds(4 << 6);
  private readonly places = odds(128);
  private readonly aligned = odds(16);
  private readonly lengths = new Lengths();
  private readonly repeated_lengths = new Lengths();
  private readonly last = [0, 0, 0, 0];
  private state = 0;
  private at = 0;

  constructor(bytes: Uint8Array, private readonly header: Header, place_bits: number) {
    this.decoder = new Decoder(bytes, 13);
    this.out = new Uint8Array(header.size);
    this.literals = odds(0x300 << (header.context_bits + place_bits));
  }

  run(): Uint8Array<ArrayBuffer> {
    while (this.at < this.out.length) this.step();
    return this.out;
  }

  private step(): void {
    const beat = this.at & this.header.beat_mask;
    if (this.decoder.bit(this.is_match, (this.state << 4) + beat) === 0) this.literal();
    else if (this.decoder.bit(this.is_repeat, this.state) === 0) this.match(beat);
    else this.repeat(beat);
  }

  private literal(): void {
    const { context_bits, place_mask } = this.header;
    const before = this.at > 0 ? this.out[this.at - 1]! : 0;
    const offset = 0x300 * (((this.at & place_mask) << context_bits) + (before >> (8 - context_bits)));
    let symbol = 1;
    if (this.state >= 7) symbol = this.guided(offset);
    while (symbol < 0x100) symbol = (symbol << 1) | this.decoder.bit(this.literals, offset + symbol);
    this.out[this.at++] = symbol;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  /** A literal after a match differs from the byte that would have followed: its bits are guides up to there. */
  private guided(offset: number): number {
    let guide = this.out[this.at - this.last[0]! - 1]!, symbol = 1;
    while (symbol < 0x100) {
      const expected = (guide >> 7) & 1;
      guide <<= 1;
      const bit = this.decoder.bit(this.literals, offset + ((1 + expected) << 8) + symbol);
      symbol = (symbol << 1) | bit;
      if (bit !== expected) break;
    }
    return symbol;
  }

  private match(beat: number): void {
    this.last.pop();
    const length = this.lengths.read(this.decoder, beat);
    this.state = this.state < 7 ? 7 : 10;
    this.last.unshift(this.distance(Math.min(length, 3)));
    this.copy(length + 2);
  }

  private distance(kind: number): number {
    const slot = this.decoder.tree(this.slots, kind << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** bits;
    if (slot < 14) return base + this.decoder.reversed(this.places, base - slot, bits);
    return base + this.decoder.direct(bits - 4) * 16 + this.decoder.reversed(this.aligned, 0, 4);
  }

  private repeat(beat: number): void {
    const { decoder, last, state } = this;
    if (decoder.bit(this.is_other, state) === 0) {
      if (decoder.bit(this.is_long, (state << 4) + beat) === 0) {
        this.state = state < 7 ? 9 : 11;
        this.copy(1);
        return;
      }
    } else {
      const which = decoder.bit(this.is_second, state) === 0 ? 1 : 2 + decoder.bit(this.is_third, state);
      last.unshift(...last.splice(which, 1));
    }
    const length = this.repeated_lengths.read(decoder, beat);
    this.state = state < 7 ? 8 : 11;
    this.copy(length + 2);
  }

  private copy(length: number): void {
    const from = this.at - this.last[0]! - 1;
    if (from < 0) throw new Error("The packed engine is damaged.");
    const end = Math.min(this.at + length, this.out.length);
    for (let source = from; this.at < end; source += 1) this.out[this.at++] = this.out[source]!;
  }
}

/** The bytes that were packed; their number stands in the header, where build.mjs writes it (xz does not). */
export function unpack(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = headerOf(bytes);
  return new Unpacker(bytes, header, Math.log2(header.place_mask + 1)).run();
}
