/** Scene 2: be the radiologist. Films to read, a list of findings to pick, and what becomes of it. */
import type { PlotSpec, Series } from "../charts";
import { chart } from "../charts";
import { button } from "../controls";
import { fill, h } from "../dom";
import type { Row } from "../protocol";
import type { Host, Scene, Shown } from "../scene";
import type { Cases } from "./cases";
import { candidatesOf, columnsOf, loadCases, nameOf, tallies } from "./cases";
import { classMode } from "./class_mode";
import { changedNote, classWord } from "./class_word";
import { longestName } from "./codes";
import { findingsList, listOf } from "./findings_list";
import type { Guesses, Overtaken } from "./overtaking";
import { outcome, overtaken, sentenceOf } from "./overtaking";
import { findingOf, inWords, latest, p, table } from "./parts";
import { readingRoom } from "./reading";

const guesses: Guesses = new Map([["early", 0], ["middle", 100], ["late", 1000], ["never", null]]);
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
    rules: [{ axis: "y", at: 1, label: "" }], note: host.t("radiologist.note") };
}

/** A setting that the study shown runs with. */
const overrideOf = (shown: Shown, key: string): string =>
  shown.study.overrides?.find(([name]) => name === key)?.[1] ?? "";

function predicted(host: Host, shown: Shown, guess: string | null): HTMLElement | null {
  if (guess === null || !shown.finished) return null;
  const name = (one: string): string => host.t(`radiologist.guess.${one}`);
  const found = overtaken(shown.judged, "lasso", "you", shown.checked.sizes);
  return p(`${host.t("part.you_said", { guess: name(guess) })} ${outcome(host, guess, guesses, found, name)}`, "said");
}

/** Where the list stalls, against the textbook, and who overtakes it: each by its finding's verdict. */
function sentences(host: Host, shown: Shown): HTMLElement[] {
  const said = (key: string, law: string, against?: string): HTMLElement | null => {
    const finding = findingOf(shown.judged, { arm: "you", law, ...(against ? { against } : {}) });
    return finding && p(host.t(`radiologist.${key}.${finding.verdict.replace(" ", "_")}`,
      { error: inWords(host, finding), smaller: host.number(1 / (finding.estimate ?? Number.NaN)) }), "sentence");
  };
  const most = shown.checked.sizes.at(-1) ?? 0;
  const fares = (rival: string): Overtaken => overtaken(shown.judged, rival, "you", shown.checked.sizes);
  const rivals = ["lasso", "network"].map((rival) => p(sentenceOf(host, rival, fares(rival), most), "sentence"));
  if (["ahead", "by"].includes(fares("lasso").how)) rivals.push(p(host.t("radiologist.hint"), "sentence"));
  const own = [said("stall", "plateau"), said("textbook", "error_multiple", "textbook")];
  return [...own, ...rivals].filter((one) => one !== null);
}

function idleTicks(host: Host, idle: readonly number[]): HTMLElement[] {
  if (idle.length === 0) return [];
  return [p(host.t("radiologist.truth.idle")), h("ul", {}, ...idle.map((column) => h("li", {}, nameOf(host, column))))];
}

/** The truth of the films, told after the run: what decides, and which of it is on the list. It stays unfolded. */
function revealed(host: Host, shown: Shown, cases: Cases, unfolded: { open: boolean }): HTMLElement {
  const chosen = new Set(columnsOf(overrideOf(shown, listKey).replace(/"/g, ""), candidatesOf(host)));
  const relevant = [...cases.films.relevant].sort((a, b) => a - b);
  const hits = relevant.filter((column) => chosen.has(column)).length;
  const idle = [...chosen].filter((column) => !relevant.includes(column));
  const body = table(host.t("radiologist.truth.table"), [
    { heading: host.t("radiologist.truth.finding"), cell: (column) => nameOf(host, column) },
    { heading: host.t("radiologist.truth.listed"), cell: (column) =>
      host.t(chosen.has(column) ? "part.yes" : "part.no") },
  ], relevant);
  const details: HTMLDetailsElement = h("details", { open: unfolded.open, ontoggle: (): void => {
    unfolded.open = details.open;
  } }, h("summary", {}, host.t("radiologist.truth.title")), p(host.t("radiologist.truth.hits", {
    hits: host.number(hits), relevant: host.number(relevant.length),
    others: host.number(idle.length) })), body, ...idleTicks(host, idle));
  return details;
}

/** What leads from the run to the findings, which may be far below. */
function wayTo(host: Host, results: HTMLElement): HTMLElement {
  const go = (): void => {
    results.scrollIntoView({ block: "start" });
    results.focus({ preventScroll: true });
  };
  return h("div", { class: "row", hidden: true }, button(() => host.t("radiologist.found"), go));
}

/** A line on each of those that learn, for whoever is to predict. */
function competitors(host: Host): HTMLElement {
  const lines = Object.keys(looks).map((arm) => h("li", {}, () => host.t(`radiologist.rivals.${arm}`)));
  return host.panel(() => host.t("radiologist.rivals.title"), {}, h("ul", {}, ...lines));
}

const startingList = "0,5,10,15,20,25,30,35,40,45";

/** The truth that a class word stands for. */
interface Truth {
  readonly word: string;
  readonly seed: string;
}

const unnamed: Truth = { word: "", seed: "1" };

async function truthOf(host: Host, word: string): Promise<Truth> {
  return word === "" ? unnamed : { word, seed: (await host.engine.ask("seed", { name: word })).seed };
}

/** Forgets what was answered of other patients. A list is kept: it was work. */
function forget(host: Host): void {
  if (host.settings.text("reads") === "") return;
  host.notice(() => host.t("radiologist.other_patients"));
  host.settings.set({ reads: "" });
}

/** The patients that the class word stands for. */
interface Patients {
  truth(): Truth;
  cases(): Cases | null;
  /** Asks for them where the class word is another. */
  seek(): void;
}

interface PatientsEvents {
  /** They are on their way; `anew` where there were others before. */
  sought(anew: boolean): void;
  found(): void;
  loaded(cases: Cases): void;
}

function patientsOf(host: Host, on: PatientsEvents): Patients {
  let truth = unnamed, cases: Cases | null = null, sought: string | null = null;
  const failed = (reason: unknown): void => host.notice(reason instanceof Error ? reason.message :
    host.t("part.no_answer"));
  const loads = latest<Cases>((now) => {
    cases = now;
    on.loaded(now);
  }, failed);
  const finds = latest<Truth>((now) => {
    truth = now;
    loads(loadCases(host, truth.seed));
    on.found();
  }, failed);
  const seek = (): void => {
    const now = host.seedName();
    if (now === sought) return;
    const anew = sought !== null;
    sought = now;
    cases = null;
    finds(truthOf(host, now));
    on.sought(anew);
  };
  return { truth: () => truth, cases: () => cases, seek };
}

export const radiologist: Scene = {
  id: "radiologist",
  fields: [
    { key: "list", kind: "text", longest: 150, pattern: /^(\d{1,2}(,\d{1,2})*)?$/, initial: startingList },
    { key: "reads", kind: "text", longest: 10, pattern: /^[sh]*$/, initial: "" },
    { key: "places", kind: "word", words: ["off", "on"], initial: "off" },
    { key: "archive", kind: "word", words: ["off", "on"], initial: "off" },
    { key: "view", kind: "word", words: ["data", "computing"], initial: "data" },
    { key: "guess", kind: "text", longest: 10, pattern: /^(early|middle|late|never)?$/, initial: "" },
    { key: "pupil", kind: "text", longest: longestName, pattern: /^\P{Cc}*$/u, initial: "" },
  ],
  open(host) {
    const plot = chart(() => host.t("part.nothing_yet")), results = h("div", { class: "found", tabindex: -1 });
    const notes = [changedNote(host), changedNote(host)] as const, word = classWord(host, notes);
    const room = readingRoom(host, [...word.parts, notes[0]]), list = findingsList(host, notes[1]);
    const unfolded = { open: false };
    const guess = host.prediction({ key: "guess", question: () => host.t("radiologist.guess"),
      answers: { words: [...guesses.keys()], name: (word: string) => host.t(`radiologist.guess.${word}`) },
      onSettled: () => { if (!runs.hidden) bench.runOnce(); } });
    let shown: Shown | null = null, told: Cases | null = null;  // the patients of the run that is shown
    const draw = (): void => {
      found.hidden = !shown?.finished;
      if (!shown) { fill(results); return; }
      plot.draw(picture(host, shown));
      const of = overrideOf(shown, "truth_seed");
      const cases = patients.cases();
      if (cases?.truth === of) told = cases;
      const truths = shown.finished && told?.truth === of ? revealed(host, shown, told, unfolded) : null;
      fill(results, predicted(host, shown, guess.value()), ...sentences(host, shown), truths);
    };
    const empty = h("p", { class: "sentence", role: "status" }, () => host.t("radiologist.list.empty"));
    const problems = h("ul", { class: "problems" });
    const bench = host.bench({
      study: () => ({ text: host.study("radiologist"), overrides: [
        ["truth_seed", patients.truth().seed], [listKey, `"${listOf(host).join(",")}"`]] }),
      show: (now) => { shown = now; draw(); }, pictures: () => [plot], begins: "by button", problemsElsewhere: true,
      checked: (_, wrong) => fill(problems, ...(listOf(host).length === 0 ? [] :
        wrong.map((problem) => h("li", { lang: "en" }, problem.text)))) });
    bench.dims(plot.element, results);
    const found = wayTo(host, results), runs = h("div", { class: "runs" }, problems, bench.bar, found);
    const classroom = classMode(host, () => patients.truth().seed);
    /** Nothing runs without a list, or before it is known which patients a class word stands for. */
    const offer = (): void => {
      empty.hidden = listOf(host).length > 0;
      runs.hidden = !empty.hidden || patients.truth().word !== host.seedName();
      if (runs.hidden) bench.stop();
      bench.changed();
      classroom.changed();
    };
    const patients = patientsOf(host, {
      sought: (anew) => { room.show(null); list.tell([]); word.show(anew); },
      found: offer,
      loaded: (cases) => { room.show(cases); list.tell(tallies(cases.archive)); draw(); } });
    const view = host.choice("view", { label: () => host.t("radiologist.view"),
      name: (word) => host.t(`radiologist.view.${word}`) });
    host.room.append(host.head(), room.element, list.element, competitors(host), guess.element, empty, runs, view,
      plot.element, results, bench.exports, host.takeHome(), classroom.element);
    const changed = (): void => {
      patients.seek();
      list.show();
      room.changed();
      offer();
      draw();
    };
    return { changed, renewed: () => { list.show(); room.draw(); classroom.renewed(); draw(); },
             renamed: () => forget(host), reset: () => { word.show(false); classroom.reset(); } };
  },
};
