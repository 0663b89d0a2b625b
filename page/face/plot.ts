/** Draws lines with bands on two axes. */
import type { Scale } from "./axes";
import { padded, rangeOf, scale, tickText } from "./axes";
import type { Axis, Canvas, Dash, Drawn, Hue, Marker, PlotSpec, Point, Rule, Series } from "./charts";
import { s, unique } from "./dom";
import type { Box, Label } from "./labels";
import { placeBeside, placeInside } from "./labels";

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Plot {
  readonly spec: PlotSpec;
  readonly canvas: Canvas;
  readonly frame: Frame;
  readonly x: Scale;
  readonly y: Scale;
  /** The words of the axes, in lines that the picture holds. */
  readonly words: { readonly x: readonly string[]; readonly y: readonly string[] };
}

const line_height = 1.25;
/** How much wider names of lines are than other words: they are bold. */
const bold = 1.12;
/** Unlike any curve: what leads from the end of one to its name is dotted, thin and light. */
const leader_style = "stroke:var(--axis);stroke-width:1;stroke-dasharray:1 5";
const dashes: Record<Dash, string | null> = { solid: null, dashed: "9 6", dotted: "2 5", "dash-dot": "10 5 2 5" };

export function paint(hue: Hue): string {
  return `var(--${hue})`;
}

function fits(point: Point, spec: PlotSpec): boolean {
  const ok = (value: number, axis: Axis): boolean => Number.isFinite(value) && (axis.scale === "linear" || value > 0);
  return ok(point.x, spec.x) && ok(point.y, spec.y);
}

function axisRange(axis: Axis, values: readonly number[]): { from: number; to: number } {
  const logarithmic = axis.scale === "log";
  const ends = [axis.from, axis.to].filter((value) => value !== undefined);
  if (axis.cut && axis.from !== undefined && axis.to !== undefined) return { from: axis.from, to: axis.to };
  const range = rangeOf([...values, ...ends], logarithmic) ?? (logarithmic ? { from: 1, to: 10 } : { from: 0, to: 1 });
  return padded(range, logarithmic);
}

function yLabels(plot: { y: Scale }, canvas: Canvas): number {
  return Math.max(...plot.y.ticks.map((tick) => canvas.measure(tickText(tick, plot.y.logarithmic))), 10);
}

function labelWidth(spec: PlotSpec, canvas: Canvas): number {
  if (canvas.narrow) return 0;
  const widest = Math.max(0, ...spec.series.map((series) => canvas.measure(series.name) * bold));
  return Math.min(widest, canvas.width * 0.34);
}

/** Words in lines that are no wider than the picture. */
function wrapped(words: string, canvas: Canvas): string[] {
  const lines: string[] = [];
  for (const word of words.split(" ")) {
    const last = lines[lines.length - 1], longer = `${last} ${word}`;
    if (last !== undefined && canvas.measure(longer) <= canvas.width - 4) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function layOut(spec: PlotSpec, canvas: Canvas): Plot {
  const points = spec.series.flatMap((series) => series.points.filter((point) => fits(point, spec)));
  const x_range = axisRange(spec.x, points.map((point) => point.x));
  const y_range = axisRange(spec.y, points.map((point) => point.y));
  const words = { x: wrapped(spec.x.label, canvas), y: wrapped(spec.y.label, canvas) };
  const top = canvas.font * (1.15 + line_height * words.y.length);
  const bottom = canvas.height - canvas.font * (2.35 + line_height * words.x.length);
  const y = scale(y_range, { first: bottom, last: top }, spec.y.scale === "log", spec.y.ticks);
  const left = yLabels({ y }, canvas) + 14;
  const right = canvas.width - labelWidth(spec, canvas) - (canvas.narrow ? 10 : 26);
  const x = scale(x_range, { first: left, last: right }, spec.x.scale === "log", spec.x.ticks);
  return { spec, canvas, frame: { left, right, top, bottom }, x, y, words };
}

type Anchor = "start" | "middle" | "end";

function text(words: string, x: number, y: number, anchor: Anchor, hue: Hue = "ink"): SVGTextElement {
  return s("text", { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": anchor, style: `fill:${paint(hue)}` }, words);
}

function line(x1: number, y1: number, x2: number, y2: number, style: string): SVGLineElement {
  return s("line", { x1: x1.toFixed(1), y1: y1.toFixed(1), x2: x2.toFixed(1), y2: y2.toFixed(1), style });
}

/** Ticks whose words do not touch. */
function apart(ticks: readonly number[], place: (tick: number) => number, size: (tick: number) => number): number[] {
  let end = -Infinity;
  return [...ticks].sort((a, b) => place(a) - place(b)).filter((tick) => {
    const free = place(tick) - size(tick) / 2 > end;
    if (free) end = place(tick) + size(tick) / 2;
    return free;
  });
}

function xAxis({ canvas, frame, x, words: { x: label } }: Plot): SVGGElement {
  const words = (tick: number): string => tickText(tick, x.logarithmic);
  const shown = apart(x.ticks, x.place, (tick) => canvas.measure(words(tick)) + 12);
  const group = s("g", {}, line(frame.left, frame.bottom, frame.right, frame.bottom, "stroke:var(--axis)"));
  for (const tick of shown) {
    const at = x.place(tick);
    group.append(line(at, frame.bottom, at, frame.bottom + 6, "stroke:var(--axis)"),
      text(words(tick), at, frame.bottom + 8 + canvas.font, "middle"));
  }
  label.forEach((one, index) => {
    const half = canvas.measure(one) / 2 + 2;
    const middle = Math.max(half, Math.min((frame.left + frame.right) / 2, canvas.width - half));
    const lift = 0.55 + line_height * (label.length - 1 - index);
    group.append(text(one, middle, canvas.height - canvas.font * lift, "middle"));
  });
  return group;
}

function yAxis({ canvas, frame, y, words: { y: label } }: Plot): SVGGElement {
  const shown = apart(y.ticks, y.place, () => canvas.font * 1.3);
  const group = s("g", {});
  for (const tick of shown) {
    const at = y.place(tick);
    group.append(line(frame.left, at, frame.right, at, "stroke:var(--grid)"),
      text(tickText(tick, y.logarithmic), frame.left - 8, at + canvas.font * 0.35, "end"));
  }
  label.forEach((one, index) => group.append(text(one, 0, canvas.font * (1 + line_height * index), "start")));
  return group;
}

function path(plot: Plot, points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) =>
    `${index === 0 ? "M" : "L"}${plot.x.place(x).toFixed(1)} ${plot.y.place(y).toFixed(1)}`).join("");
}

/** Runs of points whose interval has a place: on a logarithmic axis, one that does not reach down to 0. */
function shaded(plot: Plot, points: readonly Point[]): Point[][] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    const fits_in = point.high !== undefined && point.low !== undefined && (!plot.y.logarithmic || point.low > 0);
    if (fits_in) runs[runs.length - 1]?.push(point);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 1);
}

function band(plot: Plot, points: readonly Point[], hue: Hue): SVGPathElement | null {
  const outlines = shaded(plot, points).map((run) => {
    const upper = run.map((point) => [point.x, point.high ?? point.y] as const);
    const lower = run.map((point) => [point.x, point.low ?? point.y] as const).reverse();
    return path(plot, [...upper, ...lower]) + "Z";
  });
  if (outlines.length === 0) return null;
  return s("path", { d: outlines.join(""), style: `fill:${paint(hue)};fill-opacity:0.17` });
}

/** An interval that reaches down to 0 is a thin line to the lower edge. */
function openIntervals(plot: Plot, points: readonly Point[], hue: Hue): SVGPathElement | null {
  const open = points.filter((point) => plot.y.logarithmic && point.low !== undefined && point.low <= 0);
  if (open.length === 0) return null;
  const d = open.map((point) => `M${plot.x.place(point.x).toFixed(1)} ${plot.frame.bottom.toFixed(1)}` +
    `V${plot.y.place(point.high ?? point.y).toFixed(1)}`).join("");
  return s("path", { d, style: `stroke:${paint(hue)};stroke-width:6;stroke-opacity:0.17` });
}

function shape(marker: Marker, x: number, y: number, r: number): string {
  const ring = `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  const shapes: Record<Marker, string> = {
    circle: ring,
    square: `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}Z`,
    triangle: `M${x} ${y - 1.2 * r}l${1.15 * r} ${2.1 * r}h${-2.3 * r}Z`,
    diamond: `M${x} ${y - 1.3 * r}l${1.3 * r} ${1.3 * r}l${-1.3 * r} ${1.3 * r}l${-1.3 * r} ${-1.3 * r}Z`,
    cross: `M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`,
    none: "",
  };
  return shapes[marker];
}

/** Marks of the points within the frame: whole ones, also where a point lies on it. */
function markers(plot: Plot, series: Series): SVGPathElement | null {
  const points = series.points.filter((point) => fits(point, plot.spec));
  const marker = series.marker ?? "circle";
  if (marker === "none") return null;
  const r = plot.canvas.narrow ? 3.2 : 4.2;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const { frame } = plot;
  const framed = (point: Point): boolean => {
    const x = plot.x.place(point.x), y = plot.y.place(point.y);
    return x >= frame.left - 1 && x <= frame.right + 1 && y >= frame.top - 1 && y <= frame.bottom + 1;
  };
  const at = (point: Point): string => shape(marker, round(plot.x.place(point.x)), round(plot.y.place(point.y)), r);
  const colour = paint(series.hue);
  const style = marker === "cross" ? `stroke:${colour};fill:none;stroke-width:2` : `fill:${colour}`;
  return s("path", { d: points.filter(framed).map(at).join(""), style });
}

/** Its bands and its line, which end at the frame. */
function curve(plot: Plot, series: Series): SVGGElement {
  const points = series.points.filter((point) => fits(point, plot.spec));
  const group = s("g", {});
  for (const shade of [band(plot, points, series.hue), openIntervals(plot, points, series.hue)])
    if (shade) group.append(shade);
  if (series.joined !== false)
    group.append(s("path", {
      d: path(plot, points.map((point) => [point.x, point.y] as const)), fill: "none",
      "stroke-dasharray": dashes[series.dash ?? "solid"], "stroke-linejoin": "round",
      style: `stroke:${paint(series.hue)};stroke-width:${series.thin ? 1.6 : 2.8}`,
    }));
  return group;
}

function inkOf(hue: Hue): Hue {
  return `${hue}-text` as Hue;
}

function ruleLine(plot: Plot, rule: Rule): SVGGElement {
  const { frame, canvas } = plot;
  const hue = rule.hue ?? "faint";
  const style = `stroke:${paint(hue)};stroke-width:1.5;stroke-dasharray:3 4`;
  if (rule.axis === "y") {
    const y = plot.y.place(rule.at);
    return s("g", {}, line(frame.left, y, frame.right, y, style),
      halo(text(rule.label, frame.left + 8, y - 6, "start", inkOf(hue))));
  }
  const x = plot.x.place(rule.at);
  const late = x + canvas.measure(rule.label) + 8 > frame.right;
  return s("g", {}, line(x, frame.top, x, frame.bottom, style),
    halo(text(rule.label, late ? x - 6 : x + 6, frame.top + canvas.font, late ? "end" : "start", inkOf(hue))));
}

function halo(words: SVGTextElement): SVGTextElement {
  words.setAttribute("stroke-linejoin", "round");
  words.style.cssText += ";stroke:var(--paper);stroke-width:4px;paint-order:stroke";
  return words;
}

function within(plot: Plot, points: readonly Point[]): Box[] {
  const { frame } = plot;
  return points.filter((point) => fits(point, plot.spec))
    .map((point) => ({ x: plot.x.place(point.x), y: plot.y.place(point.y), width: 0, height: 0 }))
    .filter((at) => at.x >= frame.left && at.x <= frame.right && at.y >= frame.top - 1 && at.y <= frame.bottom + 1);
}

/** Places on a line, also between its points. */
function along(trail: readonly Box[]): Box[] {
  return trail.flatMap((at, index) => {
    const next = trail[index + 1] ?? at;
    return [0, 0.25, 0.5, 0.75].map((share) => ({ ...at, x: at.x + share * (next.x - at.x),
                                                  y: at.y + share * (next.y - at.y) }));
  });
}

/** Where the words of rules stand that lie across. */
function ruleWords({ spec, canvas, frame, y }: Plot): Box[] {
  return (spec.rules ?? []).filter((rule) => rule.axis === "y").map((rule) => ({
    x: frame.left + 8, y: y.place(rule.at) - 6 - canvas.font, width: canvas.measure(rule.label),
    height: canvas.font * 1.2,
  }));
}

function labels(plot: Plot): SVGGElement {
  const { canvas, frame } = plot;
  const wanted: Label[] = plot.spec.series.filter((series) => series.name !== "").map((series) => ({
    name: series.name, hue: series.hue, width: canvas.measure(series.name) * bold, trail: within(plot, series.points),
  })).filter((label) => label.trail.length > 0);
  const obstacles = plot.spec.series.flatMap((series) => along(within(plot, series.points)));
  const area = { x: frame.left, y: frame.top, width: frame.right - frame.left, height: frame.bottom - frame.top };
  const placed = canvas.narrow ? placeInside(wanted, obstacles, ruleWords(plot), area, canvas.font)
                               : placeBeside(wanted, area, canvas.font);
  const group = s("g", { "font-weight": 600 });
  for (const { label, x, y, leader } of placed) {
    if (leader) group.append(line(leader.x + 7, leader.y, x - 4, y - canvas.font * 0.32, leader_style));
    const words = halo(text(label.name, x, y, "start", inkOf(label.hue)));
    const room = canvas.width - x - 2;
    if (label.width > room) {
      words.setAttribute("textLength", room.toFixed(0));
      words.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    group.append(words);
  }
  return group;
}

export function drawPlot(spec: PlotSpec, canvas: Canvas): Drawn {
  const plot = layOut(spec, canvas);
  const { frame } = plot;
  const clip = unique("clip");
  const inside = s("g", { "clip-path": `url(#${clip})` });
  for (const series of spec.series) inside.append(curve(plot, series));
  const marks = spec.series.map((series) => markers(plot, series)).filter((one) => one !== null);
  const svg = s("svg", { width: canvas.width, height: canvas.height, viewBox: `0 0 ${canvas.width} ${canvas.height}`,
      "font-size": canvas.font },
    s("clipPath", { id: clip }, s("rect", { x: frame.left, y: frame.top,
      width: frame.right - frame.left, height: frame.bottom - frame.top })),
    yAxis(plot), xAxis(plot), inside, ...marks, ...(spec.rules ?? []).map((rule) => ruleLine(plot, rule)),
    labels(plot));
  return { svg, valueAt: (place) => Math.min(Math.max(plot.x.value(place), plot.x.from), plot.x.to) };
}
