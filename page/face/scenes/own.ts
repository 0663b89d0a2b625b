/** Room 6: any study of the program, or one's own. */
import type { Chart, Dash, Hue, Marker, PlotSpec, Point, Series } from "../charts";
import { chart } from "../charts";
import { Completer } from "../completion";
import type { Control } from "../controls";
import { button, choice, menu } from "../controls";
import { fill, h, renew } from "../dom";
import { Editor, longest_text, most_lines, tooLong } from "../editor";
import { observationsAxis, timesSmaller } from "../findings";
import type { KeptText } from "../kept_text";
import { keep, recall } from "../kept_text";
import type { About, BuiltIn, Cell, Checked, Finding, Problem, Row, StudyRef } from "../protocol";
import type { Bench, Host, Opened, Scene, Shown } from "../scene";
import { remediesElement } from "./remedies";

const first_study = "figure2";
const most_curves = 8;
/** A browser fits so many small models in some minutes. */
const many_fits = 200_000;
const most_findings = 100;
const hues: readonly Hue[] = ["blue", "orange", "green", "purple", "red", "sky", "yellow", "ink"];
const markers: readonly Marker[] = ["circle", "square", "triangle", "diamond", "cross", "circle", "square", "triangle"];
const dashes: readonly Dash[] = ["solid", "solid", "solid", "solid", "dash-dot", "dash-dot", "dotted", "dotted"];

function cellName(cell: Cell): string {
  return Object.entries(cell.settings).map(([key, value]) => `${key.replace(/^world\./, "")} = ${value}`).join(", ");
}

/** With a star where an arm knows what nobody does. */
function armName(shown: Shown, name: string): string {
  return name + (shown.checked.arms.find((arm) => arm.name === name)?.informed ? "*" : "");
}

function pointsOf(rows: readonly Row[], byData: boolean): Point[] {
  return rows.flatMap((row) => {
    if (row.mean === null) return [];
    const interval = row.low !== null && row.high !== null ? { low: row.low, high: row.high } : {};
    return [{ x: byData ? row.n : row.fit_flops + row.tuning_flops, y: row.mean, ...interval }];
  });
}

function theoryOf(rows: readonly Row[]): Point[] {
  return rows.flatMap((row) => (row.theory === null ? [] : [{ x: row.n, y: row.theory }]));
}

function seriesOf(shown: Shown, cell: number, byData: boolean): Series[] {
  return shown.checked.arms.slice(0, most_curves).flatMap((arm, index): Series[] => {
    const rows = shown.judged.rows.filter((row) => row.cell === cell && row.arm === arm.name);
    const hue = hues[index] ?? "ink";
    const theory: Series = { id: `${arm.name} theory`, name: "", points: byData ? theoryOf(rows) : [], hue,
                             dash: "dashed", marker: "none", thin: true, silent: true };
    return [theory, { id: arm.name, name: armName(shown, arm.name), points: pointsOf(rows, byData), hue,
                      marker: markers[index] ?? "circle", dash: dashes[index] ?? "solid" }];
  });
}

/** Efforts that a text has, in its own order; that of nobody is the study as it stands. */
function effortsOf(text: string): string[] {
  if (tooLong(text)) return [""];
  const named = [...text.matchAll(/^[ \t]*\[effort\.([\w-]+)/gm)].map((match) => match[1] ?? "");
  return ["", ...new Set(named)];
}

class Own implements Opened {
  private readonly editor: Editor;
  private readonly bench: Bench;
  private readonly chart: Chart = chart(() => this.host.t("own.empty"));
  private readonly found = h("div", { class: "found" });
  private readonly facts = h("p", { class: "facts" });
  private readonly address_note = h("p", { class: "help warn" }, () =>
    this.host.t(this.is_kept ? "own.too_long_for_address" : "own.kept_nowhere"));
  private readonly back_button = button(() => this.host.t("own.back"), () => this.goBack());
  /** The last text that was changed here, and whether the browser keeps it, too. */
  private last: KeptText | null = null;
  private is_kept = false;
  private readonly study_menu: ReturnType<typeof menu>;
  private readonly effort_choice = h("div", { class: "efforts" });
  private readonly cell_menu: ReturnType<typeof menu>;
  private efforts: Control<string> | null = null;
  private offered: readonly string[] = [];
  private readonly names = new Map<string, BuiltIn>();
  private readonly texts = new Map<string, string>();
  private completer: Completer | null = null;
  private sound: Checked | null = null;
  private loading = "";

  constructor(private readonly host: Host) {
    this.editor = new Editor({
      complete: (text, caret) => this.completer?.at(text, caret) ?? { typed: "", suggestions: [] },
      onChange: (text) => this.edited(text),
    });
    this.study_menu = menu({ label: () => host.t("own.study"), words: [first_study], initial: first_study,
      name: (name) => this.names.get(name)?.title ?? name, onChoose: (name) => this.choose(name) });
    this.cell_menu = menu({ label: () => host.t("own.cell"), words: [], initial: "",
      name: (id) => this.nameOfCell(Number(id)), onChoose: (id) => host.settings.set({ cell: Number(id) }) });
    this.bench = host.bench({
      study: () => this.study(), show: () => this.show(), pictures: () => [this.chart], begins: "by button",
      grows: "rows", problemsElsewhere: true, checked: (checked, problems) => this.checked(checked, problems),
    });
    this.bench.dims(this.chart.element, this.found);
    this.layOut();
    this.restore();
    void this.learn();
  }

  changed(): void {
    const base = this.host.settings.text("study"), text = this.host.settings.text("text");
    if (text !== "") this.editor.show(text);
    else if (this.texts.has(base)) this.editor.show(this.texts.get(base) ?? "");
    else void this.load(base);
    this.study_menu.show(base);
    this.remember();
    this.address_note.hidden = !this.host.unkept().includes("text");
    this.back_button.hidden = this.last === null || text !== "";
    this.offerEfforts();
    if (this.editor.text() !== "") this.inspect();
    this.show();
  }

  renewed(): void {
    this.show();
  }

  private layOut(): void {
    const { host } = this;
    const by = host.choice("by", { label: () => host.t("own.by"), name: (word) => host.t(`own.by.${word}`) });
    host.room.append(host.head(),
      h("div", { class: "row tools studies" }, this.study_menu.element,
        button(() => host.t("own.restore"), () => this.leave({ text: "" })), this.back_button,
        button(() => host.t("own.download"), () => host.save("own.toml", this.editor.text(), "application/toml"))),
      this.effort_choice, this.editor.element, this.address_note, this.facts, this.bench.bar,
      h("div", { class: "row tools" }, by, this.cell_menu.element), this.chart.element, this.found, host.takeHome(),
      this.bench.exports);
    this.cell_menu.element.hidden = true;
  }

  private study(): StudyRef {
    const effort = this.host.settings.text("effort"), text = this.editor.text();
    return effortsOf(text).includes(effort) && effort !== "" ? { text, effort } : { text };
  }

  /** What is too long is not looked at, and said to be too long. */
  private inspect(): void {
    if (!tooLong(this.editor.text())) return this.bench.changed();
    const text = this.host.t("own.too_long", { characters: this.host.number(longest_text),
                                               lines: this.host.number(most_lines) });
    this.bench.refuse([{ line: null, text }]);
  }

  private edited(text: string): void {
    const base = this.texts.get(this.host.settings.text("study"));
    const before = this.host.settings.text("text");
    this.host.settings.set({ text: text === base ? "" : text || "\n" });
    if (before === this.host.settings.text("text")) this.inspect();
  }

  private choose(name: string): void {
    const efforts = this.names.get(name)?.efforts ?? [];
    const effort = efforts.includes("classroom") ? "classroom" : "";
    this.leave({ study: name, text: "", effort, cell: 0 });
  }

  /** A text that the address could not hold comes back when the page is loaded again. */
  private restore(): void {
    const { settings } = this.host;
    this.last = recall();
    if (this.last?.present && settings.text("text") === "" && settings.text("study") === this.last.study) this.goBack();
  }

  private goBack(): void {
    if (!this.last) return;
    const { text, study, effort } = this.last;
    this.host.settings.set({ text, study, effort, cell: 0 });
  }

  /** Keeps what was written before something else takes its place. */
  private leave(values: Readonly<Record<string, string | number>>): void {
    if (this.editor.text() !== "") this.edited(this.editor.text());
    this.host.settings.set(values);
  }

  private remember(): void {
    const { settings } = this.host;
    const text = settings.text("text"), present = text !== "";
    const next = present ? { text, study: settings.text("study"), effort: settings.text("effort"), present }
                         : this.last && { ...this.last, present };
    if (next === null || JSON.stringify(next) === JSON.stringify(this.last)) return;
    this.last = next;
    this.is_kept = keep(next);
    renew(this.address_note);
  }

  private async load(name: string): Promise<void> {
    if (this.loading === name) return;
    this.loading = name;
    try {
      const { text } = await this.host.engine.ask("study", { name });
      this.texts.set(name, text);
      if (this.host.settings.text("study") === name) this.changed();
    } catch {
      this.host.notice(() => this.host.t("own.no_study", { name }));
      this.host.settings.set({ study: first_study });
    } finally {
      this.loading = "";
    }
  }

  /** Learns what the program has. Whether a study fits into this page turns out when it is chosen. */
  private async learn(): Promise<void> {
    const about: About = await this.host.engine.ask("about", {});
    this.completer = new Completer(about);
    for (const study of about.studies) this.names.set(study.name, study);
    this.study_menu.offer([...this.names.keys()]);
    this.study_menu.show(this.host.settings.text("study"));
  }

  private offerEfforts(): void {
    if (this.editor.text() === "") return;
    const efforts = effortsOf(this.editor.text());
    const effort = this.host.settings.text("effort");
    if (efforts.join() !== this.offered.join() || !this.efforts) {
      this.offered = efforts;
      this.efforts = choice({ label: () => this.host.t("own.effort"), words: efforts, initial: "",
        name: (word) => (word === "" ? this.host.t("own.effort.none") : word),
        onChoose: (word) => this.host.settings.set({ effort: word }) });
      this.effort_choice.replaceChildren(this.efforts.element);
    }
    this.effort_choice.hidden = efforts.length < 2;
    this.efforts.show(efforts.includes(effort) ? effort : "");
  }

  private checked(checked: Checked | null, problems: readonly Problem[]): void {
    this.sound = checked;
    this.editor.mark(problems);
    fill(this.facts, () => this.factsText());
  }

  private factsText(): string {
    if (!this.sound) return "";
    const { arms, cells, sizes, fits } = this.sound;
    const facts = this.host.t("own.facts", { arms: arms.length, cells: cells.length, sizes: sizes.length,
                                             fits: this.host.number(fits) });
    return fits > many_fits ? `${facts} ${this.host.t("own.many")}` : facts;
  }

  private nameOfCell(id: number): string {
    const cell = this.bench.shown?.checked.cells.find((one) => one.id === id);
    return cell ? cellName(cell) || this.host.t("own.cell.only") : String(id);
  }

  private show(): void {
    const { shown } = this.bench;
    if (!shown) return fill(this.found);
    const ids = shown.checked.cells.map((cell) => String(cell.id));
    const cell = ids.includes(this.host.settings.text("cell")) ? this.host.settings.number("cell") : Number(ids[0]);
    this.cell_menu.element.hidden = ids.length < 2;
    this.cell_menu.offer(ids);
    this.cell_menu.show(String(cell));
    this.chart.draw(this.picture(shown, cell));
    const { remedies } = shown.judged;
    fill(this.found, ...this.findings(shown),
         remedies && remediesElement(this.host, remedies, (arm) => armName(shown, arm)));
  }

  private picture(shown: Shown, cell: number): PlotSpec {
    const { host } = this;
    const byData = host.settings.text("by") === "data";
    const notes = [
      host.t("axis.better", { smaller: timesSmaller(shown) }),
      shown.checked.arms.some((arm) => arm.informed) ? host.t("own.star") : "",
      shown.checked.arms.length > most_curves ? host.t("own.more", { most: most_curves }) : "",
      byData ? host.t("own.dashed") : "",
    ];
    const observations = observationsAxis(shown.checked.observations);
    return { kind: "plot", title: shown.checked.title,
             x: { label: byData ? observations : host.t("axis.operations"), scale: "log" },
             y: { label: host.t("axis.error"), scale: "log" }, rules: [],
             series: seriesOf(shown, cell, byData), note: notes.filter((note) => note !== "").join(" ") };
  }

  private findings(shown: Shown): HTMLElement[] {
    const { host } = this;
    const found = shown.judged.findings;
    if (found.length === 0 && !shown.finished && shown.checked.claims.length > 0)
      return [h("p", { class: "help" }, () => host.t("found.when_finished"))];
    if (found.length === 0 && shown.judged.remedies) return [];
    if (found.length === 0) return [h("p", { class: "help" }, () => host.t("own.no_claims"))];
    const items = found.slice(0, most_findings).map((finding) => this.findingItem(finding, shown));
    const cut = found.length > most_findings
      ? [h("p", { class: "help" }, () => host.t("own.more_findings", { most: most_findings, all: found.length }))] : [];
    const heading = shown.finished ? "found.heading" : "own.found_so_far";
    return [h("h2", {}, () => host.t(heading)), h("ol", { class: "claims" }, ...items), ...cut,
            h("p", { class: "help" }, () => host.t("claim.what"))];
  }

  private findingItem(finding: Finding, shown: Shown): HTMLElement {
    const cell = shown.checked.cells.length > 1 ? this.nameOfCell(finding.cell) : "";
    return h("li", {}, h("p", { class: "says" }, finding.says), cell === "" ? null : h("p", { class: "help" }, cell),
             this.host.finding(finding, shown));
  }
}

export const own: Scene = {
  id: "own",
  fields: [
    { key: "study", kind: "text", longest: 60, pattern: /^[a-z0-9_]+$/, initial: first_study },
    { key: "effort", kind: "text", longest: 40, pattern: /^[\w-]*$/, initial: "classroom" },
    { key: "by", kind: "word", words: ["data", "computing"], initial: "data" },
    { key: "cell", kind: "number", from: 0, to: 9999, step: 1, initial: 0 },
    { key: "text", kind: "text", longest: 2000, initial: "" },
  ],
  open: (host) => new Own(host),
};
