/** Room 1: what does it cost not to know which variables matter? */
import type { Chart, Dash, Hue, Marker, PlotSpec, Point, Series } from "../charts";
import { chart } from "../charts";
import { fill, h } from "../dom";
import { timesSmaller } from "../findings";
import type { Row, StudyRef } from "../protocol";
import type { Bench, Host, Opened, Prediction, Scene, Shown } from "../scene";
import type { Guesses } from "./overtaking";
import { outcome, overtaken } from "./overtaking";
import { priceElements } from "./price";

interface Look {
  readonly hue: Hue;
  readonly marker: Marker;
  readonly dash: Dash;
}

const looks = new Map<string, Look>([
  ["oracle", { hue: "green", marker: "circle", dash: "solid" }],
  ["expert", { hue: "orange", marker: "square", dash: "solid" }],
  ["flexible", { hue: "purple", marker: "triangle", dash: "solid" }],
  ["regularised", { hue: "blue", marker: "diamond", dash: "solid" }],
]);

/** Answers to how many cases the lasso needs. */
const guesses: Guesses = new Map([["at_once", 0], ["hundred", 50], ["later", 200], ["never", null]]);

const worst_shown = 100;
const best_shown = 1e-3;

/** What the sliders say, as the study takes it. */
interface Setting {
  readonly pool: number;
  readonly relevant: number;
  readonly noise: number;
  readonly overlooked: number;
}

/** An expert cannot overlook more than there is. */
function settingOf(host: Host): Setting {
  const number = (key: string): number => host.settings.number(key);
  const relevant = number("relevant");
  return { pool: number("pool"), relevant, noise: number("noise"),
           overlooked: Math.min(number("overlooks"), relevant) };
}

function studyOf(host: Host): StudyRef {
  const { pool, relevant, noise, overlooked } = settingOf(host);
  const overrides: [string, string][] = [
    ["world.candidates", String(pool)], ["world.relevant", String(relevant)], ["world.noise", String(noise)],
    ["arm.oracle.expert.correct", String(relevant)],
    ["arm.expert.expert.correct", String(relevant - overlooked)], ["arm.expert.expert.wrong", String(overlooked)],
  ];
  return { text: host.study("figure"), overrides };
}

/** The setting of the study that is shown, whatever the sliders say by now. */
function settingOfShown(shown: Shown): Setting {
  const overrides = new Map(shown.study.overrides ?? []);
  const number = (key: string): number => Number(overrides.get(key));
  return { pool: number("world.candidates"), relevant: number("world.relevant"), noise: number("world.noise"),
           overlooked: number("arm.expert.expert.wrong") };
}

function armName(host: Host, shown: Shown, arm: string): string {
  const { pool, relevant, overlooked } = settingOfShown(shown);
  const star = shown.checked.arms.some((one) => one.name === arm && one.informed) ? "*" : "";
  return host.t(`figure.arm.${arm}`, { pool, relevant, knows: relevant - overlooked }) + star;
}

function curvePoints(rows: readonly Row[], byData: boolean): Point[] {
  return rows.flatMap((row) => {
    if (row.mean === null) return [];
    const x = byData ? row.n : row.fit_flops + row.tuning_flops;
    const known = row.low !== null && row.high !== null ? { low: row.low, high: row.high } : {};
    return [{ x, y: row.mean, ...known }];
  });
}

function theoryPoints(rows: readonly Row[]): Point[] {
  return rows.flatMap((row) => (row.theory === null ? [] : [{ x: row.n, y: row.theory }]));
}

/** Measured lines on top, theory dashed under them; against computing there is no theory to draw. */
function seriesOf(host: Host, shown: Shown, byData: boolean): Series[] {
  const of = (arm: string): Row[] => shown.judged.rows.filter((row) => row.arm === arm);
  const theory = shown.checked.arms.map(({ name }): Series => ({
    id: `${name} theory`, name: "", points: theoryPoints(of(name)), hue: looks.get(name)?.hue ?? "ink",
    dash: "dashed", marker: "none", thin: true, silent: true,
  }));
  const measured = shown.checked.arms.map(({ name }): Series => ({
    id: name, name: armName(host, shown, name), points: curvePoints(of(name), byData),
    ...(looks.get(name) ?? { hue: "ink" }),
  }));
  return byData ? [...theory, ...measured] : measured;
}

/** The axis reaches from 1/1000 or the power of ten below the smallest error. */
function lowest(shown: Shown): number {
  const errors = shown.judged.rows.map((row) => row.mean ?? Infinity).filter((error) => error > 0);
  return 10 ** Math.floor(Math.log10(Math.min(best_shown, ...errors)));
}

function notes(host: Host, shown: Shown, byData: boolean): string {
  const starred = shown.checked.arms.some((arm) => arm.informed) ? [host.t("figure.star")] : [];
  const better = host.t("axis.better", { smaller: timesSmaller(shown) });
  return [host.t(byData ? "figure.dashed" : "figure.computing_note"), better, ...starred].join(" ");
}

function picture(host: Host, shown: Shown): PlotSpec {
  const byData = host.settings.text("by") === "data";
  return {
    kind: "plot", title: host.t(byData ? "figure.picture.data" : "figure.picture.computing"),
    x: { label: host.t(byData ? "axis.observations" : "axis.operations"), scale: "log" },
    y: { label: host.t("axis.error"), scale: "log", from: lowest(shown), to: worst_shown, cut: true },
    rules: [{ at: 1, axis: "y", label: host.t("figure.rule") }],
    series: seriesOf(host, shown, byData), note: notes(host, shown, byData),
  };
}

function sameSetting(a: Setting, b: Setting): boolean {
  return a.pool === b.pool && a.relevant === b.relevant && a.noise === b.noise && a.overlooked === b.overlooked;
}

/** What was predicted, and for which settings. */
interface Prophecy {
  readonly guess: string;
  readonly at: Setting;
}

class Figure implements Opened {
  private readonly chart: Chart = chart(() => this.host.t("figure.empty"));
  private readonly bench: Bench;
  private readonly prediction: Prediction;
  private readonly found = h("div", { class: "found" });

  constructor(private readonly host: Host) {
    this.prediction = host.prediction({
      key: "guess", question: () => this.question(),
      answers: { words: [...guesses.keys()],
                 name: (word: string) => host.t(`figure.predict.${word}`) },
    });
    this.bench = host.bench({
      study: () => studyOf(host), show: () => this.show(), pictures: () => [this.chart], begins: "at once",
      waits: () => !this.prediction.settled(), grows: "rows",
    });
    this.bench.dims(this.chart.element, this.found);
    host.room.append(host.head(), this.prediction.element,
      h("div", { class: "columns" }, this.controls(), h("div", { class: "stage" }, this.bench.bar, this.chart.element)),
      this.found, host.takeHome(), this.bench.exports);
  }

  changed(): void {
    if (this.notePlace()) return;  // which calls this again
    this.bench.changed();
    this.show();
  }

  renewed(): void {
    this.show();
  }

  /** A prediction is about the settings at which it was made, which stand beside it in the address. */
  private prophecy(): Prophecy | null {
    const guess = this.host.settings.text("guess");
    const [pool, relevant, noise, overlooked] = this.host.settings.text("at").split(",").map(Number);
    if (guess === "" || pool === undefined || relevant === undefined || noise === undefined || overlooked === undefined)
      return null;
    return { guess, at: { pool, relevant, noise, overlooked } };
  }

  /** Notes where a prediction is made; true where that changed a setting. */
  private notePlace(): boolean {
    const { settings } = this.host;
    const { pool, relevant, noise, overlooked } = settingOf(this.host);
    const present = settings.text("at"), guessed = settings.text("guess") !== "";
    if (guessed === (present !== "")) return false;
    settings.set({ at: guessed ? [pool, relevant, noise, overlooked].join(",") : "" });
    return true;
  }

  private question(): string {
    const { relevant, overlooked } = this.prophecy()?.at ?? settingOf(this.host);
    return this.host.t("figure.predict", { relevant, knows: relevant - overlooked });
  }

  private controls(): HTMLElement {
    const { host } = this;
    const slider = (key: string, value: (value: number) => string): HTMLElement =>
      host.slider(key, { label: () => host.t(`figure.${key}`), value, help: () => host.t(`figure.${key}.help`) });
    return h("div", { class: "side" },
      slider("pool", (value) => host.t("figure.pool.value", { value })),
      slider("relevant", (value) => host.t("figure.relevant.value", { value })),
      slider("noise", (value) => host.number(value)),
      slider("overlooks", () => {
        const { overlooked, relevant } = settingOf(host);
        return host.t("figure.overlooks.value", { overlooked, relevant });
      }),
      host.choice("by", { label: () => host.t("figure.by"), name: (word) => host.t(`figure.by.${word}`) }));
  }

  private show(): void {
    const { shown } = this.bench;
    if (!shown) return fill(this.found);
    this.chart.draw(picture(this.host, shown));
    fill(this.found, h("h2", {}, () => this.host.t("found.heading")), ...this.sentences(shown));
  }

  private sentences(shown: Shown): HTMLElement[] {
    const { host } = this;
    if (!shown.finished) return [h("p", { class: "help" }, () => host.t("found.when_finished"))];
    const all_known = settingOfShown(shown).overlooked === 0;
    return [...this.said(shown), ...priceElements(host, shown, all_known, (arm) => armName(host, shown, arm)),
            h("p", { class: "help" }, () => host.t("claim.what"))];
  }

  private said(shown: Shown): HTMLElement[] {
    const prophecy = this.prophecy();
    if (!prophecy) return [];
    const { guess, at } = prophecy;
    const { relevant, overlooked, pool, noise } = at;
    const values = (): Record<string, string | number> => ({
      answer: this.host.t(`figure.predict.${guess}`), knows: relevant - overlooked, relevant, pool,
      noise: this.host.number(noise) });
    if (!sameSetting(at, settingOfShown(shown)))
      return [h("p", { class: "said" }, () => this.host.t("figure.said_elsewhere", values()))];
    const found = overtaken(shown.judged, "regularised", "expert", shown.checked.sizes);
    const came_out = (): string => overlooked === 0 ? "" : outcome(this.host, guess, guesses, found,
      (one) => this.host.t(`figure.predict.${one}`));
    return [h("p", { class: "said" }, () => `${this.host.t("figure.said", values())} ${came_out()}`.trim())];
  }
}

export const figure: Scene = {
  id: "figure",
  fields: [
    { key: "pool", kind: "grid", values: [50, 100, 150, 200, 300], initial: 200 },
    { key: "relevant", kind: "grid", values: [2, 4, 6, 8, 10, 15, 20], initial: 10 },
    { key: "noise", kind: "grid", values: [0.25, 0.5, 1, 1.5, 2, 3, 4], initial: 1 },
    { key: "overlooks", kind: "number", from: 0, to: 5, step: 1, initial: 1 },
    { key: "by", kind: "word", words: ["data", "computing"], initial: "data" },
    { key: "guess", kind: "text", longest: 10, pattern: /^(at_once|hundred|later|never)?$/, initial: "" },
    { key: "at", kind: "text", longest: 30, pattern: /^(\d+,\d+,\d+(\.\d+)?,\d+)?$/, initial: "" },
  ],
  open: (host) => new Figure(host),
};
