/**
 * Pictures in SVG, drawn at the width they have on the screen, so that text is never smaller than text elsewhere.
 *
 * A plot has lines with bands on two axes; bars lie in rows (a waterfall is bars that begin where the last one ended).
 * Lines are named where they run, not in a legend. Every picture has a name, a summary of each line for whom it is read
 * to, and the same numbers as a table that can be opened. A picture is drawn at most 10 times a second, whatever it is
 * told. (A writer of our own: it is 20 kB of the page where a library takes 160, and draws at the real width.)
 */
import { drawBars } from "./bars";
import type { Text } from "./dom";
import { fill, h, s, unique } from "./dom";
import { drawPlot } from "./plot";
import { alike, number, t } from "./text";

/** Colours of Okabe and Ito, by what they stand for; "ink" is that of text. */
export type Hue = "blue" | "orange" | "green" | "purple" | "red" | "sky" | "yellow" | "ink" | "faint";
export type Dash = "solid" | "dashed" | "dotted" | "dash-dot";
export type Marker = "circle" | "square" | "triangle" | "diamond" | "cross" | "none";

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

export interface Series {
  /** The same from one drawing to the next. */
  readonly id: string;
  /** The label on its line; a star is added by whoever knows of a footnote. Empty: no label. */
  readonly name: string;
  /** In the order in which they are joined; what is not finite, or not above 0 on a logarithmic axis, is left out. */
  readonly points: readonly Point[];
  readonly hue: Hue;
  readonly dash?: Dash;
  readonly marker?: Marker;
  /** Points alone, or points joined by a line (the default). */
  readonly joined?: boolean;
  /** A thin line: theory, other groups. */
  readonly thin?: boolean;
  /** Not in the table and the summary. */
  readonly silent?: boolean;
}

export interface Axis {
  readonly label: string;
  readonly scale: "log" | "linear";
  /** What the axis shows at least; without it, what the series need. */
  readonly from?: number;
  readonly to?: number;
  /** Shows no more than from .. to, whatever the series have. */
  readonly cut?: boolean;
  /** Ticks at these numbers instead of those that suit the scale. */
  readonly ticks?: readonly number[];
}

/** A line across the whole picture, with a word beside it. */
export interface Rule {
  readonly at: number;
  readonly axis: "x" | "y";
  readonly label: string;
  readonly hue?: Hue;
}

export interface PlotSpec {
  readonly kind: "plot";
  /** What the picture is called, in a sentence. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly rules?: readonly Rule[];
  /** A line under the picture, such as what the star means. */
  readonly note?: string;
}

export interface Bar {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The interval about `to`. */
  readonly low?: number;
  readonly high?: number;
  /** What stands at its end. */
  readonly text: string;
  readonly hue: Hue;
  readonly pattern?: "plain" | "striped";
}

export interface BarsSpec {
  readonly kind: "bars";
  readonly title: string;
  readonly axis: Axis;
  readonly bars: readonly Bar[];
  /** Only those across the axis ("x"). */
  readonly rules?: readonly Rule[];
  readonly note?: string;
}

export type ChartSpec = PlotSpec | BarsSpec;

export interface ChartOptions {
  /** Height over width on a wide screen (0.56); on a narrow one pictures are nearly square. Of bars the rows decide. */
  readonly ratio?: number;
  /** A pointer pressed or drawn over the picture is at this x. Keys need a slider beside it. */
  readonly onPoint?: (x: number) => void;
}

export interface Chart {
  readonly element: HTMLElement;
  draw(spec: ChartSpec): void;
  /** Nothing is shown but the sentence for an empty place. */
  clear(): void;
  /** The picture as a file of its own, with the colours of the present theme; null while nothing is drawn. */
  svg(): string | null;
}

/** What a drawing needs to know of its place. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly font: number;
  readonly narrow: boolean;
  /** Width of a text on the screen. */
  measure(text: string): number;
}

/** A drawing, and how its x is read back from a place. */
export interface Drawn {
  readonly svg: SVGSVGElement;
  readonly valueAt: ((place: number) => number) | null;
}

const shortest_pause = 100;
const pen = document.createElement("canvas").getContext("2d");

function canvasOf(width: number, ratio: number): Canvas {
  const narrow = width < 620;
  const font = narrow ? 14 : width < 900 ? 16 : width < 1250 ? 18 : 20;
  const height = Math.round(narrow ? Math.max(320, width * 0.95) : Math.min(width * ratio, 720));
  const family = getComputedStyle(document.body).fontFamily;
  const measure = (text: string): number => {
    if (!pen) return text.length * font * 0.6;
    pen.font = `${font}px ${family}`;
    return pen.measureText(text).width;
  };
  return { width, height, font, narrow, measure };
}

function seriesSummary(series: Series): string | null {
  const seen = series.points.filter((point) => Number.isFinite(point.y));
  const first = seen[0], last = seen[seen.length - 1];
  if (!first || !last || series.silent) return null;
  const lowest = seen.reduce((best, point) => (point.y < best.y ? point : best), first);
  const highest = seen.reduce((best, point) => (point.y > best.y ? point : best), first);
  const pair = (point: Point): Record<string, string> => ({ x: number(point.x), y: number(point.y) });
  const name = series.name || series.id;
  const ends = t("chart.line", { name, x1: number(first.x), y1: number(first.y), x2: number(last.x),
                                 y2: number(last.y) });
  const bottom = lowest === first || lowest === last ? "" : " " + t("chart.lowest", pair(lowest));
  const top = highest === first || highest === last ? "" : " " + t("chart.highest", pair(highest));
  return ends + bottom + top;
}

function summary(spec: ChartSpec): string {
  if (spec.kind === "bars") return spec.bars.map((bar) => `${bar.name}: ${bar.text}.`).join(" ");
  const lines = spec.series.map((series) => seriesSummary(series)).filter((line) => line !== null);
  return [t("chart.axes", { x: spec.x.label, y: spec.y.label }), ...lines].join(" ");
}

function cells(tag: "th" | "td", texts: readonly string[]): HTMLElement {
  const scope = tag === "th" ? "col" : null;
  return h("tr", {}, ...texts.map((text) => h(tag, { scope }, text)));
}

const most_rows = 400;

function tableRows(spec: ChartSpec): string[][] {
  const range = (low?: number, high?: number): string =>
    low === undefined || high === undefined ? "" : alike([low, high]).join(" – ");
  if (spec.kind === "bars") return spec.bars.map((bar) => [bar.name, number(bar.to), range(bar.low, bar.high)]);
  return spec.series.filter((series) => !series.silent).flatMap((series) =>
    series.points.map((point) =>
      [series.name || series.id, number(point.x, 4), number(point.y, 4), range(point.low, point.high)]));
}

function table(spec: ChartSpec): HTMLElement {
  const names = spec.kind === "bars"
    ? [t("chart.name"), spec.axis.label, t("chart.interval")]
    : [t("chart.name"), spec.x.label, spec.y.label, t("chart.interval")];
  const rows = tableRows(spec).slice(0, most_rows).map((row) => cells("td", row));
  return h("table", {}, h("caption", { class: "hidden" }, spec.title), h("thead", {}, cells("th", names)),
    h("tbody", {}, ...rows));
}

/** A drawing with paper under it, so that it can be read on any ground. */
function asFile(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.prepend(s("rect", { width: "100%", height: "100%", style: "fill:var(--paper)" }));
  copy.setAttribute("font-family", getComputedStyle(document.body).fontFamily);
  const style = getComputedStyle(document.documentElement);
  return new XMLSerializer().serializeToString(copy)
    .replace(/var\((--[a-z-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim());
}

class Picture implements Chart {
  readonly element: HTMLElement;
  private readonly place = h("div", { class: "canvas" });
  private readonly note = h("figcaption", {});
  private readonly numbers = h("details", { class: "numbers" });
  private readonly table_place = h("div", { class: "scroll", tabindex: "0", role: "region",
    "aria-label": () => t("chart.numbers") });
  private spec: ChartSpec | null = null;
  private drawn: Drawn | null = null;
  private width = 0;
  private last_drawn = -Infinity;
  private waiting = false;

  constructor(private readonly empty: Text, private readonly options: ChartOptions) {
    this.numbers.append(h("summary", {}, () => t("chart.numbers")), this.table_place);
    this.numbers.hidden = true;
    this.element = h("figure", { class: "chart" }, this.place, this.note, this.numbers);
    this.numbers.addEventListener("toggle", () => this.tabulate());
    new ResizeObserver(() => this.resized()).observe(this.place);
    this.listen();
    this.clear();
  }

  draw(spec: ChartSpec): void {
    this.spec = spec;
    this.numbers.hidden = false;
    this.schedule();
  }

  clear(): void {
    this.spec = null;
    this.drawn = null;
    this.numbers.hidden = true;
    this.note.textContent = "";
    fill(this.place, h("p", { class: "empty" }, this.empty));
  }

  svg(): string | null {
    return this.drawn ? asFile(this.drawn.svg) : null;
  }

  private resized(): void {
    if (Math.abs(this.place.clientWidth - this.width) >= 1 && this.spec) this.schedule();
  }

  private schedule(): void {
    if (this.waiting) return;
    this.waiting = true;
    const pause = Math.max(0, this.last_drawn + shortest_pause - performance.now());
    setTimeout(() => requestAnimationFrame(() => this.paint()), pause);
  }

  private paint(): void {
    this.waiting = false;
    this.width = this.place.clientWidth;
    if (!this.spec || this.width < 50) return;
    this.last_drawn = performance.now();
    const canvas = canvasOf(this.width, this.options.ratio ?? 0.56);
    this.drawn = this.spec.kind === "plot" ? drawPlot(this.spec, canvas) : drawBars(this.spec, canvas);
    this.name(this.drawn.svg, this.spec);
    this.place.replaceChildren(this.drawn.svg);
    this.note.textContent = this.spec.note ?? "";
    this.tabulate();
  }

  private name(svg: SVGSVGElement, spec: ChartSpec): void {
    const title = unique("title"), desc = unique("desc");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-labelledby", `${title} ${desc}`);
    svg.prepend(s("title", { id: title }, spec.title), s("desc", { id: desc }, summary(spec)));
  }

  private tabulate(): void {
    if (this.numbers.open && this.spec) this.table_place.replaceChildren(table(this.spec));
  }

  private listen(): void {
    const { onPoint } = this.options;
    if (!onPoint) return;
    this.element.classList.add("pointed");
    const point = (event: PointerEvent): void => {
      const value = this.drawn?.valueAt?.(event.clientX - this.place.getBoundingClientRect().left);
      if (value !== undefined && Number.isFinite(value)) onPoint(value);
    };
    this.place.addEventListener("pointerdown", (event) => {
      this.place.setPointerCapture(event.pointerId);
      point(event);
    });
    this.place.addEventListener("pointermove", (event) => { if (event.buttons > 0) point(event); });
  }
}

/** A picture. `empty` is what stands in its place while there is nothing to draw. */
export function chart(empty: Text, options: ChartOptions = {}): Chart {
  return new Picture(empty, options);
}
