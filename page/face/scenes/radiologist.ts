/** Scene 2: be the radiologist. Films to read, a list of findings to pick, and what becomes of it. */
import type { PlotSpec, Series } from "../charts";
import { chart } from "../charts";
import { fill, h } from "../dom";
import type { Row } from "../protocol";
import type { Host, Scene, Shown } from "../scene";
import type { Cases } from "./cases";
import { loadCases, nameOf, tallies } from "./cases";
import { classMode } from "./class_mode";
import { longestName } from "./codes";
import { findingsList, listOf } from "./findings_list";
import { overtaken, sentenceOf } from "./overtaking";
import { findingOf, inWords, latest, p, table } from "./parts";
import { readingRoom } from "./reading";

const listKey = "arm.you.expert.columns";
const looks: Readonly<Record<string, Pick<Series, "hue" | "dash" | "marker">>> = {
  you: { hue: "orange", dash: "solid", marker: "circle" }, textbook: { hue: "sky", dash: "dotted", marker: "square" },
  lasso: { hue: "blue", dash: "dashed", marker: "diamond" },
  network: { hue: "purple", dash: "dash-dot", marker: "triangle" } };

function seriesOf(host: Host, shown: Shown): Series[] {
  const computing = host.settings.text("view") === "computing";
  const x = (row: Row): number => computing ? row.fit_flops + row.tuning_flops : row.n;
  return shown.checked.arms.map((arm) => ({
    id: arm.name, name: host.t(`radiologist.arm.${arm.name}`), ...looks[arm.name] ?? { hue: "ink" },
    points: shown.judged.rows.filter((row) => row.arm === arm.name && row.mean !== null).map((row) => ({
      x: x(row), y: row.mean ?? Number.NaN,
      ...(row.low === null || row.high === null ? {} : { low: row.low, high: row.high }) })),
  }));
}

function picture(host: Host, shown: Shown): PlotSpec {
  const view = host.settings.text("view");
  return { kind: "plot", title: host.t(`radiologist.picture.${view}`),
    x: { label: host.t(`radiologist.axis.${view}`), scale: "log" },
    y: { label: host.t("radiologist.axis.error"), scale: "log", from: 0.03, to: 1.5 }, series: seriesOf(host, shown),
    rules: [{ axis: "y", at: 1, label: "" }] };
}

/** Where the list stalls, against the textbook, and who overtakes it: each by its finding's verdict. */
function sentences(host: Host, shown: Shown): HTMLElement[] {
  const said = (key: string, law: string, against?: string): HTMLElement | null => {
    const finding = findingOf(shown.judged, { arm: "you", law, ...(against ? { against } : {}) });
    return finding && p(host.t(`radiologist.${key}.${finding.verdict.replace(" ", "_")}`,
      { error: inWords(host, finding) }), "sentence");
  };
  const most = shown.checked.sizes.at(-1) ?? 0;
  const rivals = ["lasso", "network"].map((rival) =>
    p(sentenceOf(host, rival, overtaken(shown.judged, rival, "you"), most), "sentence"));
  const own = [said("stall", "plateau"), said("textbook", "error_multiple", "textbook")];
  return [...own, ...rivals].filter((one) => one !== null);
}

/** The truth of the films, told after the run: what decides, and which of it is on the list. */
function revealed(host: Host, shown: Shown, cases: Cases): HTMLElement {
  const list = shown.study.overrides?.find(([key]) => key === listKey)?.[1] ?? "";
  const chosen = new Set(list.replace(/"/g, "").split(",").filter((part) => part !== "").map(Number));
  const { relevant, weights } = cases.films;
  const hits = relevant.filter((column) => chosen.has(column)).length;
  const body = table(host.t("radiologist.truth.table"), [
    { heading: host.t("radiologist.truth.finding"), cell: (column) => nameOf(host, column) },
    { heading: host.t("radiologist.truth.speaks"), cell: (column) =>
      host.t((weights[column] ?? 0) > 0 ? "radiologist.truth.for" : "radiologist.truth.against") },
    { heading: host.t("radiologist.truth.weight"), number: true, cell: (column) =>
      host.number(Math.abs(weights[column] ?? 0), 2) },
    { heading: host.t("radiologist.truth.listed"), cell: (column) =>
      host.t(chosen.has(column) ? "part.yes" : "part.no") },
  ], relevant);
  return h("details", {}, h("summary", {}, host.t("radiologist.truth.title")), p(host.t("radiologist.truth.hits", {
    hits: host.number(hits), relevant: host.number(relevant.length),
    others: host.number(chosen.size - hits) })), body);
}

const guesses = ["early", "middle", "late", "never"];

export const radiologist: Scene = {
  id: "radiologist",
  fields: [
    { key: "list", kind: "text", longest: 150, pattern: /^(\d{1,2}(,\d{1,2})*)?$/,
      initial: "0,5,10,15,20,25,30,35,40,45" },
    { key: "reads", kind: "text", longest: 10, pattern: /^[sh]*$/, initial: "" },
    { key: "places", kind: "word", words: ["off", "on"], initial: "off" },
    { key: "archive", kind: "word", words: ["off", "on"], initial: "off" },
    { key: "view", kind: "word", words: ["data", "computing"], initial: "data" },
    { key: "guess", kind: "text", longest: 10, pattern: /^(early|middle|late|never)?$/, initial: "" },
    { key: "pupil", kind: "text", longest: longestName, initial: "" },
  ],
  open(host) {
    const plot = chart(() => host.t("part.nothing_yet")), results = h("div", { class: "found" });
    const room = readingRoom(host), list = findingsList(host);
    const guess = host.prediction({ key: "guess", question: () => host.t("radiologist.guess"),
      answers: { words: guesses, name: (word: string) => host.t(`radiologist.guess.${word}`) } });
    let shown: Shown | null = null, cases: Cases | null = null, truth: string | null = null;
    const draw = (): void => {
      if (!shown) { fill(results); return; }
      plot.draw(picture(host, shown));
      const said = guess.value();
      const predicted = said === null ? null :
        p(host.t("part.you_said", { guess: host.t(`radiologist.guess.${said}`) }), "said");
      const truths = shown.finished && cases ? revealed(host, shown, cases) : null;
      fill(results, predicted, ...sentences(host, shown), truths);
    };
    const bench = host.bench({
      study: () => ({ text: host.study("radiologist"), overrides: [
        ["truth_seed", truth ?? "1"], [listKey, `"${listOf(host).join(",")}"`]] }),
      show: (now) => { shown = now; draw(); }, pictures: () => [plot], begins: "by button" });
    bench.dims(plot.element, results);
    const classroom = classMode(host, () => truth);
    const failed = (reason: unknown): void => host.notice(reason instanceof Error ? reason.message :
      host.t("part.no_answer"));
    const loads = latest<Cases>((now) => {
      cases = now;
      room.show(now);
      list.tell(tallies(now.archive));
      draw();
    }, failed);
    const finds = latest<string | null>((now) => {
      if ((now ?? "1") === truth) return;
      truth = now ?? "1";
      cases = null;
      room.show(null);
      loads(loadCases(host, truth));
      bench.changed();
      classroom.changed();
    }, failed);
    const view = host.choice("view", { label: () => host.t("radiologist.view"),
      name: (word) => host.t(`radiologist.view.${word}`) });
    host.room.append(host.head(), room.element, list.element, guess.element, bench.bar, view, plot.element, results,
      bench.exports, host.takeHome(), classroom.element);
    const changed = (): void => {
      finds(host.seed());
      list.show();
      room.changed();
      bench.changed();
      classroom.changed();
      draw();
    };
    return { changed, renewed: () => { list.show(); room.draw(); classroom.renewed(); draw(); } };
  },
};
