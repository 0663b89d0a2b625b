/** Scales from numbers to places on the screen, with ticks that can be read. */
import { number, powerOfTen, whole } from "./text";

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Scale extends Range {
  readonly logarithmic: boolean;
  place(value: number): number;
  value(place: number): number;
  readonly ticks: readonly number[];
}

/** Where on the screen a scale begins and ends. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

const half_step = 1.0001;

function decades({ from, to }: Range): number[] {
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); 10 ** power <= to * half_step; power += 1)
    if (10 ** power * half_step >= from) ticks.push(Number(`1e${power}`));
  return ticks;
}

function between({ from, to }: Range): number[] {
  return decades({ from: from / 10, to })
    .flatMap((ten) => [1, 2, 5].map((digit) => Number((digit * ten).toPrecision(1))))
    .filter((tick) => tick * half_step >= from && tick <= to * half_step);
}

function logTicks(range: Range): number[] {
  const whole_powers = decades(range);
  return whole_powers.length >= 3 ? whole_powers : between(range);
}

function linearTicks({ from, to }: Range): number[] {
  const rough = (to - from) / 5;
  const ten = 10 ** Math.floor(Math.log10(rough));
  const step = ten * ([1, 2, 5, 10].find((digit) => digit * ten >= rough * 0.999) ?? 10);
  const ticks: number[] = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k += 1)
    ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}

/** A tick in words: plain up to 9999, powers of ten from there on. */
export function tickText(value: number, logarithmic: boolean): string {
  const exponent = Math.log10(value);
  if (logarithmic && Number.isInteger(Math.round(exponent * 1e9) / 1e9) && (exponent >= 4 || exponent <= -4))
    return powerOfTen(Math.round(exponent));
  return Math.abs(value) < 1e4 && Number.isInteger(value) ? whole(value) : number(value, 6);
}

/** The smallest range that holds all of these; on a logarithmic axis, of those above 0. */
export function rangeOf(values: readonly number[], logarithmic: boolean): Range | null {
  let from = Infinity, to = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (logarithmic && value <= 0)) continue;
    from = Math.min(from, value);
    to = Math.max(to, value);
  }
  return from <= to ? { from, to } : null;
}

/** A range with room at its ends, so that no point lies on the frame. */
export function padded({ from, to }: Range, logarithmic: boolean, share = 0.04): Range {
  if (logarithmic) {
    const room = Math.max((to / from) ** share, 1.05);
    return { from: from / room, to: to * room };
  }
  const room = (to > from ? to - from : Math.max(Math.abs(to), 1)) * share;
  return { from: from === 0 ? 0 : from - room, to: to + room };
}

export function scale(range: Range, span: Span, logarithmic: boolean, ticks?: readonly number[]): Scale {
  const forth = logarithmic ? Math.log : (value: number) => value;
  const back = logarithmic ? Math.exp : (value: number) => value;
  const start = forth(range.from);
  const unit = (span.last - span.first) / (forth(range.to) - start);
  const shown = ticks ?? (logarithmic ? logTicks(range) : linearTicks(range));
  return {
    ...range, logarithmic,
    place: (value) => span.first + (forth(value) - start) * unit,
    value: (place) => back(start + (place - span.first) / unit),
    ticks: shown.filter((tick) => tick >= range.from / half_step - 1e-12 && tick <= range.to * half_step + 1e-12),
  };
}
