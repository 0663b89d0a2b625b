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

const measured = (row: Row): Point | null =>
  row.mean === null ? null : { x: 0, y: row.mean, ...(row.low === null || row.high === null ? {} :
    { low: row.low, high: row.high }) };
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
    y: { label: host.t("width.axis.y"), scale: "log", from: 0.1, to: 100, cut: true },
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
  return [sentence("plain", plain), host.settings.text("penalty") === "on" ? sentence("pays", pays) : null];
}

/** The width with the largest error so far; null before there is one. */
function peak(shown: Shown): number | null {
  const plain = shown.judged.rows.filter((row) => row.arm === "plain" && row.geometric_mean !== null);
  const worst = plain.reduce<Row | null>(
    (best, row) => !best || (row.geometric_mean ?? 0) > (best.geometric_mean ?? 0) ? row : best, null);
  return worst ? widthsByCell(shown.checked).get(worst.cell) ?? null : null;
}

function surprise(host: Host, shown: Shown, guess: string | null): string {
  const worst = peak(shown);
  const n = shown.checked.sizes[0] ?? 0;
  if (!shown.finished || worst === null) return host.t("width.wait");
  const where = host.t("width.worst", { width: host.number(worst), n: host.number(n) });
  return guess === null ? where : `${host.t("part.you_said", { guess: host.t(`width.guess.${guess}`) })} ${where}`;
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
    { key: "guess", kind: "text", longest: 10, pattern: /^(rises|falls|valley|peak)?$/, initial: "" },
  ],
  open(host) {
    const plot = chart(() => host.t("part.nothing_yet"), {
      onPoint: (x) => host.settings.set({ width: nearestWidth(x / host.settings.number("n") * 100) }) });
    const results = h("div", { class: "found" });
    const guess = host.prediction({ key: "guess", question: () => host.t("width.guess"),
      answers: { words: ["rises", "falls", "valley", "peak"],
        name: (word: string) => host.t(`width.guess.${word}`) } });
    let shown: Shown | null = null;
    const draw = (): void => {
      if (!shown) { fill(results); return; }
      plot.draw(picture(host, shown));
      fill(results, ...atWidth(host, shown), p(surprise(host, shown, guess.value()), "sentence"));
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
