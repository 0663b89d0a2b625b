/** Class mode: every pupil's list is a short code; the codes of a class are pasted together and run as one study. */
import type { PlotSpec, Series } from "../charts";
import { chart } from "../charts";
import { button } from "../controls";
import { fill, h, renew as renewTexts, unique } from "../dom";
import { copyHere } from "../exports";
import type { Row } from "../protocol";
import type { Bench, Host, Shown } from "../scene";
import { candidatesOf } from "./cases";
import { typeWord, wordOf } from "./class_word";
import type { PastedCodes, PupilList } from "./codes";
import { encode, longestName, readCodes } from "./codes";
import { listOf } from "./findings_list";
import { overtaken, people } from "./overtaking";
import { inWords, p, table } from "./parts";

/** So many lists run in a few seconds; a class of 25 or of 35 has its place. */
const mostLists = 40;
/** Of more lists only the best and the worst are named in the picture; the table names all. */
const mostLabels = 8;
/** A class has a few kilobytes of codes; what is longer is no class. */
const longestPaste = 100_000;
const swept = "arm.list.expert.columns";

/** Pupils with the same list share a cell: their names, by the list as the study writes it. */
function byColumns(lists: readonly PupilList[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const list of lists) {
    const columns = list.columns.join(",");
    names.set(columns, [...names.get(columns) ?? [], list.name]);
  }
  return names;
}

interface Result {
  readonly names: string;
  /** As it fits beside a line. */
  readonly label: string;
  readonly list: string;
  readonly columns: number;
  readonly cell: number;
  readonly rows: readonly Row[];
  readonly last: Row | null;
}

/** "Anna", "Anna, Ben", "Anna and 24 more". */
function labelOf(host: Host, names: readonly string[]): string {
  const [first = "", ...others] = names;
  return others.length < 2 ? names.join(", ") :
    host.t("radiologist.class.and_more", { name: first, count: host.number(others.length) });
}

function resultsOf(host: Host, shown: Shown, names: Map<string, string[]>): Result[] {
  const results = shown.checked.cells.map((cell): Result => {
    const columns = String(cell.settings[swept] ?? [...names.keys()][0] ?? "");
    const rows = shown.judged.rows.filter((row) => row.cell === cell.id && row.arm === "list" && row.mean !== null);
    const called = (names.get(columns) ?? []).map((name) => name || host.t("radiologist.class.nameless"));
    return { names: called.join(", "), label: labelOf(host, called), list: columns,
             columns: columns.split(",").length, cell: cell.id, rows, last: rows.at(-1) ?? null };
  });
  return results.sort((a, b) => (a.last?.mean ?? Infinity) - (b.last?.mean ?? Infinity));
}

const points = (rows: readonly Row[], bands: boolean): Series["points"] => rows.map((row) => ({
  x: row.n, y: row.mean ?? Number.NaN,
  ...(bands && row.low !== null && row.high !== null ? { low: row.low, high: row.high } : {}) }));

/** As in the picture of one's own list: the list of this page is orange, the lasso blue. */
function picture(host: Host, shown: Shown, results: readonly Result[]): PlotSpec {
  const hues: Series["hue"][] = ["green", "purple", "sky", "ink"], own = listOf(host).join(",");
  const named = (index: number): boolean => results.length <= mostLabels ||
    index < mostLabels / 2 || index >= results.length - mostLabels / 2;
  const lasso = shown.judged.rows.filter((row) => row.cell === results[0]?.cell && row.arm === "lasso");
  return {
    kind: "plot", title: host.t("radiologist.class.picture"),
    x: { label: host.t("radiologist.axis.data"), scale: "log" },
    y: { label: host.t("radiologist.axis.error"), scale: "log", to: 1.5 },
    series: [
      ...results.map((result, index): Series => ({ id: `cell ${result.cell}`, name: named(index) ? result.label : "",
        points: points(result.rows, false), marker: "circle", ...result.list === own ? { hue: "orange" } :
          { hue: hues[index % hues.length] ?? "ink", thin: true } })),
      { id: "lasso", name: host.t("radiologist.arm.lasso"), points: points(lasso, true), hue: "blue", dash: "dashed",
        marker: "diamond" },
    ],
    note: `${host.t("radiologist.class.colours")} ${host.t("radiologist.note")}`,
  };
}

function overtakenCell(host: Host, shown: Shown, result: Result): string {
  const found = overtaken(shown.judged, "lasso", "list", shown.checked.sizes, result.cell);
  const at = found.crossing ? inWords(host, found.crossing, people(host)) : "";
  return host.t(`radiologist.class.${found.how}`, { at,
    most: host.number(shown.checked.sizes.at(-1) ?? 0) });
}

function resultsTable(host: Host, shown: Shown, results: readonly Result[]): HTMLElement {
  const most = host.number(shown.checked.sizes.at(-1) ?? 0);
  return table(host.t("radiologist.class.table"), [
    { heading: host.t("radiologist.class.name"), cell: (row) => row.names },
    { heading: host.t("radiologist.class.findings"), number: true, cell: (row) => host.number(row.columns) },
    { heading: host.t("radiologist.class.error", { most }), number: true, cell: (row) => row.last ? inWords(host,
      { estimate: row.last.mean, low: row.last.low, high: row.last.high }) : host.t("part.dash") },
    { heading: host.t("radiologist.class.overtaken"), cell: (row) => overtakenCell(host, shown, row) },
  ], results);
}

function refusals(host: Host, pasted: PastedCodes): HTMLElement[] {
  const quoted = (text: string): string => host.t("part.quoted", { text });
  /** Codes of a class begin alike, and end each in its own way. */
  const shortened = (code: string): string => code.length > 16 ? `${code.slice(0, 3)}…${code.slice(-9)}` : code;
  const called = ({ code, name }: PastedCodes["refused"][number]): string =>
    name ? `${quoted(name)}, ${shortened(code)}` : shortened(code);
  const lines = pasted.refused.map((one) => h("li", {}, host.t(`radiologist.code.${one.why}`, {
    code: called(one), word: one.classWord ? quoted(one.classWord) : host.t("radiologist.class.no_word"),
    most: mostLists })));
  const more = host.t("radiologist.code.more", { count: host.number(pasted.leftOut) });
  if (pasted.leftOut > 0) lines.push(h("li", {}, more));
  return lines.length === 0 ? [] : [p(host.t("radiologist.class.refused")), h("ul", {}, ...lines)];
}

/** The pupil's own code, made anew whenever list, name or class word change. */
function ownCode(host: Host): { element: HTMLElement; code: () => string; renew: () => void } {
  const id = unique("name");
  const name = h("input", { type: "text", id, maxlength: longestName, autocomplete: "off", spellcheck: "false",
    onchange: (): void => host.settings.set({ pupil: name.value }) });
  const output = h("output", { class: "code" });
  const word = p(() => host.t("radiologist.class.word", { word: wordOf(host) }));
  const code = (): string => encode({ name: host.settings.text("pupil"), classWord: host.seedName(),
    columns: listOf(host) });
  const sign = h("div", { "aria-live": "polite" });
  const copy = button(() => host.t("radiologist.class.copy"), () => {
    void copyHere(sign, code(), () => host.t("radiologist.class.copied"));
  });
  let last = "";
  const renew = (): void => {
    if (last !== code()) fill(sign);
    last = code();
    name.value = host.settings.text("pupil");
    const empty = listOf(host).length === 0;
    copy.disabled = empty;
    fill(output, empty ? host.t("radiologist.class.no_list") : code());
    renewTexts(word);
  };
  const element = h("div", { class: "own-code" },
    h("div", { class: "control field" }, h("label", { for: id }, () => host.t("radiologist.class.your_name")), name),
    word, h("div", { class: "row" }, typeWord(host)),
    h("p", {}, h("span", {}, () => `${host.t("radiologist.class.your_code")} `), output),
    h("div", { class: "row" }, copy, sign));
  return { element, code, renew };
}

export interface ClassMode {
  readonly element: HTMLElement;
  changed(): void;
  renewed(): void;
  /** Forgets what was pasted. */
  reset(): void;
}

const nothing: PastedCodes = { lists: [], refused: [], leftOut: 0 };

/** The study of all lists that were pasted, and its picture. */
interface ClassRun {
  readonly element: HTMLElement;
  draw(): void;
  /** The run's bar, where there are lists to run. */
  offer(lists: boolean): void;
}

function classRun(host: Host, truth: () => string, lists: () => PastedCodes["lists"]): ClassRun {
  const plot = chart(() => host.t("part.nothing_yet")), results = h("div", { class: "found" });
  const element = h("div", { class: "class-run", hidden: true });
  let shown: Shown | null = null, bench: Bench | null = null;
  /** Names as they were when a study of these lists was asked for: the study shown may be an older one. */
  const named = new Map<string, Map<string, string[]>>();
  const draw = (): void => {
    if (!shown) { fill(results); return; }
    const run = shown.study.overrides?.find(([key]) => key === swept)?.[1] ?? "";
    const found = resultsOf(host, shown, named.get(run) ?? new Map());
    plot.draw(picture(host, shown, found));
    fill(results, resultsTable(host, shown, found));
  };
  const columns = (): string => {
    const names = byColumns(lists()), all = `[${[...names.keys()].map((one) => `"${one}"`).join(", ")}]`;
    named.set(all, names);
    return all;
  };
  const begin = (): Bench => {
    const made = host.bench({
      study: () => ({ text: host.study("class"), overrides: [["truth_seed", truth()], [swept, columns()]] }),
      show: (now) => { shown = now; draw(); }, pictures: () => [plot], begins: "by button", slug: () => "class" });
    made.dims(plot.element, results);
    element.append(made.bar, plot.element, results, made.exports);
    return made;
  };
  const offer = (some: boolean): void => {
    element.hidden = !some;
    if (some) (bench ??= begin()).changed();
    else bench?.stop();
  };
  return { element, draw, offer };
}

export function classMode(host: Host, truth: () => string): ClassMode {
  const own = ownCode(host), id = unique("codes");
  const field = h("textarea", { id, rows: 6, spellcheck: "false", autocomplete: "off" });
  const told = h("div", { "aria-live": "polite" });
  let pasted = nothing, word: string | null = null;
  const run = classRun(host, truth, () => pasted.lists);
  /** Lists of another class word are neither shown nor run. */
  const isStale = (): boolean => word !== null && word !== host.seedName();
  const show = (): void => {
    const stale = isStale();
    fill(told, ...(word === null ? [] : [p(host.t(stale ? "radiologist.class.stale" : "radiologist.class.taken",
      { count: host.number(pasted.lists.length) }))]), ...(stale ? [] : refusals(host, pasted)));
    run.offer(!stale && pasted.lists.length > 0);
  };
  const take = (): void => {
    if (field.value.length > longestPaste) { fill(told, p(host.t("radiologist.class.too_long"))); return; }
    pasted = readCodes(field.value, host.seedName(), candidatesOf(host), mostLists);
    word = host.seedName();
    show();
  };
  const addOwn = (): void => {
    if (listOf(host).length > 0) field.value = `${field.value.trimEnd()}\n${own.code()}\n`.trimStart();
  };
  const element = host.panel(() => host.t("radiologist.class.title"), {},
    p(() => host.t("radiologist.class.lead", { most: mostLists })), own.element,
    h("div", { class: "control field" }, h("label", { for: id }, () => host.t("radiologist.class.codes")), field),
    h("div", { class: "row" }, button(() => host.t("radiologist.class.add"), addOwn),
      button(() => host.t("radiologist.class.take"), take, { look: "main" })),
    p(() => host.t("radiologist.class.kept"), "help"), told, run.element);
  const reset = (): void => {
    [pasted, word, field.value] = [nothing, null, ""];
    show();
  };
  return { element, reset, changed: () => { own.renew(); show(); run.draw(); },
    renewed: () => { own.renew(); show(); run.draw(); } };
}
