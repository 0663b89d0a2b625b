/** Draws horizontal bars in rows, each with its interval. */
import type { Scale } from "./axes";
import { padded, rangeOf, scale, tickText } from "./axes";
import type { Bar, BarsSpec, Canvas, Drawn } from "./charts";
import { s, unique } from "./dom";

interface Rows {
  readonly spec: BarsSpec;
  readonly canvas: Canvas;
  readonly x: Scale;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly pitch: number;
  readonly stripes: string;
}

/** On a narrow screen names stand above their bars. */
function nameWidth(spec: BarsSpec, canvas: Canvas): number {
  if (canvas.narrow) return 0;
  return Math.min(canvas.width * 0.4, 18 + Math.max(0, ...spec.bars.map((bar) => canvas.measure(bar.name))));
}

function layOut(spec: BarsSpec, canvas: Canvas): Rows {
  const logarithmic = spec.axis.scale === "log";
  const values = spec.bars.flatMap((bar) => [bar.from, bar.to, bar.low ?? bar.to, bar.high ?? bar.to]);
  const ends = [spec.axis.from, spec.axis.to].filter((value) => value !== undefined);
  const marks = (spec.rules ?? []).map((rule) => rule.at);
  const range = rangeOf([...values, ...ends, ...marks], logarithmic) ?? { from: logarithmic ? 0.1 : 0, to: 1 };
  const left = nameWidth(spec, canvas) + 4;
  const widest = Math.max(0, ...spec.bars.map((bar) => canvas.measure(bar.text)));
  const right = canvas.width - (canvas.narrow ? 16 : widest + 22);
  const x = scale(padded(range, logarithmic), { first: left, last: right }, logarithmic, spec.axis.ticks);
  const pitch = canvas.font * (canvas.narrow ? 3.5 : 2.4);
  const top = canvas.font * (spec.rules?.length ? 1.8 : 0.6);
  return { spec, canvas, x, left, right, top, pitch, stripes: unique("stripes") };
}

function words(text: string, x: number, y: number, anchor: "start" | "middle" | "end", bold = false): SVGTextElement {
  return s("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, "font-weight": bold ? 600 : null,
    style: "fill:var(--ink);stroke:var(--paper);stroke-width:4px;paint-order:stroke" }, text);
}

function whisker({ x, canvas }: Rows, bar: Bar, middle: number): SVGPathElement | null {
  if (bar.low === undefined || bar.high === undefined) return null;
  const low = x.place(bar.low), high = x.place(bar.high), cap = canvas.font * 0.3;
  const d = `M${low} ${middle}H${high}M${low} ${middle - cap}v${2 * cap}M${high} ${middle - cap}v${2 * cap}`;
  return s("path", { d, style: "stroke:var(--ink);stroke-width:1.8;fill:none" });
}

function row(rows: Rows, bar: Bar, index: number): SVGGElement {
  const { canvas, x, pitch } = rows;
  const height = canvas.font * 1.25;
  const top = rows.top + index * pitch + (canvas.narrow ? canvas.font * 1.6 : (pitch - height) / 2);
  const middle = top + height / 2, baseline = middle + canvas.font * 0.34;
  const from = x.place(bar.from), to = x.place(bar.to);
  const ends = [from, to, x.place(bar.low ?? bar.to), x.place(bar.high ?? bar.to)];
  const style = `fill:var(--${bar.hue})` + (bar.pattern === "striped" ? ";fill-opacity:0.35" : "");
  const box = { x: Math.min(from, to).toFixed(1), y: top.toFixed(1), width: Math.max(Math.abs(to - from), 2).toFixed(1),
                height: height.toFixed(1) };
  const group = s("g", {}, s("rect", { ...box, rx: 2, style }));
  if (bar.pattern === "striped") group.append(s("rect", { ...box, rx: 2, fill: `url(#${rows.stripes})` }));
  const interval = whisker(rows, bar, middle);
  if (interval) group.append(interval);
  if (canvas.narrow)
    group.append(words(bar.name, 0, top - canvas.font * 0.35, "start"),
                 words(bar.text, canvas.width, top - canvas.font * 0.35, "end", true));
  else
    group.append(words(bar.name, rows.left - 14, baseline, "end"),
                 words(bar.text, Math.max(...ends) + 10, baseline, "start", true));
  return group;
}

function grid({ spec, canvas, x, top }: Rows, bottom: number): SVGGElement {
  const group = s("g", {});
  let end = -Infinity;
  for (const tick of x.ticks) {
    const at = x.place(tick), word = tickText(tick, x.logarithmic), size = canvas.measure(word) / 2 + 6;
    group.append(s("line", { x1: at, x2: at, y1: top, y2: bottom, style: "stroke:var(--grid)" }));
    if (at - size < end) continue;
    end = at + size;
    group.append(words(word, at, bottom + canvas.font * 1.3, "middle"));
  }
  group.append(words(spec.axis.label, (x.place(x.from) + x.place(x.to)) / 2, bottom + canvas.font * 2.9, "middle"));
  return group;
}

function rules({ spec, canvas, x, top }: Rows, bottom: number): SVGGElement {
  const group = s("g", {});
  for (const rule of spec.rules ?? []) {
    const at = x.place(rule.at), late = at > canvas.width * 0.7;
    group.append(s("line", { x1: at, x2: at, y1: top, y2: bottom,
                             style: "stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 4" }),
                 words(rule.label, late ? at - 6 : at + 6, canvas.font, late ? "end" : "start"));
  }
  return group;
}

function stripes(id: string): SVGPatternElement {
  return s("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 2.5, height: 7, style: "fill:var(--ink);fill-opacity:0.45" }));
}

/** Without what has no place: nothing is drawn of a bar whose ends are not known. */
function placeable(spec: BarsSpec): BarsSpec {
  const known = (value: number): boolean => Number.isFinite(value) && (spec.axis.scale === "linear" || value > 0);
  return { ...spec, bars: spec.bars.filter((bar) => known(bar.from) && known(bar.to)) };
}

export function drawBars(whole: BarsSpec, canvas: Canvas): Drawn {
  const spec = placeable(whole);
  const rows = layOut(spec, canvas);
  const bottom = rows.top + spec.bars.length * rows.pitch + 6;
  const height = Math.ceil(bottom + canvas.font * 3.4);
  const svg = s("svg", { width: canvas.width, height, viewBox: `0 0 ${canvas.width} ${height}`,
                         "font-size": canvas.font },
    s("defs", {}, stripes(rows.stripes)), grid(rows, bottom), ...spec.bars.map((bar, index) => row(rows, bar, index)),
    rules(rows, bottom));
  return { svg, valueAt: rows.x.value };
}
