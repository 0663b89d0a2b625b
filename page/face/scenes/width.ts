/** Scene 4: too many parameters. The error at a fixed number of observations, by the width of a network. */
import type { PlotSpec, Point, Series } from "../charts";
import { chart } from "../charts";
import { fill, h } from "../dom";
import type { Checked, Row } from "../protocol";
import type { Host, Scene, Shown } from "../scene";
import { findingOf, inWords, p } from "./parts";

/** Parameters in per cent of observations. All of them are run, so that the slider only points. */
const widths = [10, 20, 35, 50, 60, 70, 80, 90, 100, 110, 120, 140, 170, 200, 300, 500];
const arms = ["plain", "penalised"] as const;

const features = (host: Host, per_cent: number): number =>
  Math.max(1, Math.round(host.settings.number("n") * per_cent / 100));

/** The widths of the sweep, by cell. */
function widthsByCell(checked: Checked): Map<number, number> {
  return new Map(checked.cells.map((cell) => [cell.id, Number(cell.settings["arm.plain.features"])]));
}

/** Theory stops on both sides of the width where it has no value, and is not drawn across it. */
function theorySeries(arm: string, points: readonly Point[], n: number, hue: Series["hue"]): Series[] {
  const part = (id: string, some: readonly Point[]): Series => ({ id: `${arm} ${id}`, name: "", points: some, hue,
    dash: "dashed", thin: true, marker: "none", silent: true });
  if (points.some((point) => point.x === n)) return [part("theory", points)];
  return [part("theory below", points.filter((point) => point.x < n)),
          part("theory above", points.filter((point) => point.x > n))];
}

function pointsOf(rows: readonly Row[], width: Map<number, number>, y: (row: Row) => Point | null): Point[] {
  const points = rows.map((row) => ({ row, x: width.get(row.cell) ?? Number.NaN, point: y(row) }));
  return points.flatMap(({ x, point }) => point ? [{ ...point, x }] : []).sort((a, b) => a.x - b.x);
}

/** Geometric means: at the peak, errors have no mean to speak of. */
const measured = (row: Row): Point | null => row.geometric_mean === null ? null : { x: 0, y: row.geometric_mean };
const theory = (row: Row): Point | null => row.theory === null ? null : { x: 0, y: row.theory };

function seriesOf(host: Host, shown: Shown): Series[] {
  const width = widthsByCell(shown.checked);
  return arms.filter((arm) => arm === "plain" || host.settings.text("penalty") === "on").flatMap((arm): Series[] => {
    const rows = shown.judged.rows.filter((row) => row.arm === arm);
    const hue = arm === "plain" ? "orange" : "blue";
    return [
      { id: arm, name: host.t(`width.arm.${arm}`), points: pointsOf(rows, width, measured), hue,
        marker: arm === "plain" ? "circle" : "square" },
      ...theorySeries(arm, pointsOf(rows, width, theory), shown.checked.sizes[0] ?? 0, hue),
    ];
  });
}

function picture(host: Host, shown: Shown): PlotSpec {
  const n = shown.checked.sizes[0] ?? Number.NaN;
  return {
    kind: "plot", title: host.t("width.picture", { n: host.number(n) }),
    x: { label: host.t("width.axis.x"), scale: "log" },
    y: { label: host.t("width.axis.y"), scale: "log", from: 0.1, to: 300, cut: true },
    series: seriesOf(host, shown),
    rules: [
      { axis: "y", at: 1, label: "" },
      { axis: "x", at: n, label: host.t("width.rule.equal"), hue: "faint" },
      { axis: "x", at: features(host, host.settings.number("width")), label: "", hue: "purple" },
    ],
    note: host.t("width.note"),
  };
}

/** What was found at the width that the slider points at, in sentences that the verdicts choose. */
function atWidth(host: Host, shown: Shown): (HTMLElement | null)[] {
  const width = features(host, host.settings.number("width"));
  const cell = [...widthsByCell(shown.checked)].find(([, value]) => value === width)?.[0];
  if (cell === undefined) return [];
  const plain = findingOf(shown.judged, { arm: "plain", law: "plateau", cell });
  const pays = findingOf(shown.judged, { arm: "penalised", law: "error_multiple", against: "plain", cell });
  const sentence = (key: string, finding: typeof plain): HTMLElement | null => finding && p(host.t(
    `width.${key}.${finding.verdict.replace(" ", "_")}`, { width: host.number(width), error: inWords(host, finding) }),
    "sentence");
  /** At the peak the penalty has a sentence of its own. */
  const told = shown.finished && courseOf(shown)?.worst.cell === cell && pays?.verdict === "supported";
  return [sentence("plain", plain), host.settings.text("penalty") === "on" && !told ? sentence("pays", pays) : null];
}

interface Turn {
  readonly cell: number;
  readonly width: number;
  readonly error: number;
}

/** Where the error without a penalty begins, is least before its peak, is worst, and ends. */
function courseOf(shown: Shown): { first: Turn; least: Turn; worst: Turn; last: Turn } | null {
  const width = widthsByCell(shown.checked);
  const plain = shown.judged.rows.flatMap((row): Turn[] => row.arm !== "plain" || row.geometric_mean === null ? [] :
    [{ cell: row.cell, width: width.get(row.cell) ?? 0, error: row.geometric_mean }]).sort((a, b) => a.width - b.width);
  const [first] = plain, last = plain.at(-1);
  if (!first || !last) return null;
  const worst = plain.reduce((best, one) => one.error > best.error ? one : best);
  const least = plain.reduce((best, one) => one.width <= worst.width && one.error < best.error ? one : best, first);
  return { first, least, worst, last };
}

function surprise(host: Host, shown: Shown, guess: string | null): string[] {
  const course = courseOf(shown);
  if (!shown.finished || !course) return [host.t("width.wait")];
  const { first, least, worst, last } = course;
  const values = { n: host.number(shown.checked.sizes[0] ?? 0), width: host.number(worst.width),
    first: host.number(first.error), least: host.number(least.error), worst: host.number(worst.error),
    last: host.number(last.error) };
  const said = guess === null ? "" : `${host.t("part.you_said", { guess: host.t(`width.guess.${guess}`) })} `;
  const how = host.t(least === first ? "width.course" : "width.course.dip", values);
  const pays = findingOf(shown.judged, { arm: "penalised", law: "error_multiple", against: "plain", cell: worst.cell });
  const tame = findingOf(shown.judged, { arm: "penalised", law: "plateau", cell: worst.cell });
  const penalty = pays?.verdict !== "supported" || !tame ? [] : [host.t(
    `width.peak.${tame.verdict.replace(" ", "_")}`, { multiple: inWords(host, pays), error: inWords(host, tame) })];
  return [`${said}${how}`, ...penalty];
}

function widthText(host: Host, per_cent: number): string {
  return host.t("width.slider.value", { width: host.number(features(host, per_cent)) });
}

export const width: Scene = {
  id: "width",
  fields: [
    { key: "width", kind: "grid", values: widths, initial: 100 },
    { key: "n", kind: "grid", values: [40, 60, 100], initial: 60 },
    { key: "noise", kind: "number", from: 0, to: 2, step: 0.25, initial: 0.5 },
    { key: "penalty", kind: "word", words: ["off", "on"], initial: "off" },
    { key: "guess", kind: "text", longest: 10, pattern: /^(rises|falls|valley|peak|twice)?$/, initial: "" },
  ],
  open(host) {
    const plot = chart(() => host.t("part.nothing_yet"), {
      onPoint: (x) => host.settings.set({ width: nearestWidth(x / host.settings.number("n") * 100) }) });
    const results = h("div", { class: "found" });
    const guess = host.prediction({ key: "guess", question: () => host.t("width.guess"),
      answers: { words: ["rises", "falls", "valley", "peak", "twice"],
        name: (word: string) => host.t(`width.guess.${word}`) } });
    let shown: Shown | null = null;
    const draw = (): void => {
      if (!shown) { fill(results); return; }
      plot.draw(picture(host, shown));
      fill(results, ...atWidth(host, shown), ...surprise(host, shown, guess.value()).map((one) => p(one, "sentence")));
    };
    const list = (): string => `[${[...new Set(widths.map((one) => features(host, one)))].join(", ")}]`;
    const bench = host.bench({
      study: () => ({ text: host.study("width"), overrides: [
        ["sizes", `[${host.settings.number("n")}]`], ["world.noise", String(host.settings.number("noise"))],
        ...arms.map((arm): [string, string] => [`arm.${arm}.features`, list()])] }),
      show: (now) => { shown = now; draw(); },
      pictures: () => [plot], begins: "at once",
      waits: () => !guess.settled(),
    });
    bench.dims(plot.element, results);
    host.room.append(host.head(), guess.element, h("div", { class: "columns" },
      h("div", { class: "side" }, ...controls(host)), h("div", { class: "stage" }, bench.bar, plot.element)), results,
      host.panel(() => host.t("width.why.title"), {}, p(() => host.t("width.why"))),
      host.takeHome(), bench.exports);
    return { changed: () => { bench.changed(); draw(); }, renewed: draw };
  },
};

function nearestWidth(per_cent: number): number {
  const distance = (one: number): number => Math.abs(Math.log(one / Math.max(per_cent, 1e-3)));
  return widths.reduce((best, one) => distance(one) < distance(best) ? one : best);
}

function controls(host: Host): HTMLElement[] {
  return [
    host.slider("width", { label: () => host.t("width.slider"), value: (one) => widthText(host, one),
      help: () => host.t("width.slider.help") }),
    host.slider("n", { label: () => host.t("width.n"), value: (one) => host.number(one) }),
    host.slider("noise", { label: () => host.t("width.noise"), value: (one) => host.number(one) }),
    host.toggle("penalty", { label: () => host.t("width.penalty"), help: () => host.t("width.penalty.help") }),
  ];
}
