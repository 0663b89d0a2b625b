/** Runs the study of a scene, shows what comes of it, and gives it away. */
import { button } from "./controls";
import type { Text } from "./dom";
import { fill, h, renew } from "./dom";
import type { Engine, Running } from "./engine";
import { Refused, sharers } from "./engine";
import { copyHere, png, save } from "./exports";
import { Judge } from "./judge";
import type { Checked, Judged, Problem, Progress, StudyRef } from "./protocol";
import type { Bench, BenchOptions, Shown } from "./scene";
import { t, whole } from "./text";

/** What a bench needs of its host. */
export interface Surroundings {
  readonly id: string;
  readonly engine: Engine;
  readonly seed: () => Promise<string | null>;
  readonly announce: (text: string) => void;
  readonly notice: (text: Text) => void;
}

type Phase = "idle" | "running" | "finished" | "stopped" | "failed";

interface Run {
  readonly study: StudyRef;
  running: Running | null;
  over: boolean;
}

const pause_before_run = 15;
/** So many, that a worker soon has a free hand; so few, that reading the study for each of them costs little. */
const pieces_of_a_worker = 8;

function same(a: StudyRef, b: StudyRef): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function problemsOf(reason: unknown): readonly Problem[] {
  if (reason instanceof Refused && reason.problems.length > 0) return reason.problems;
  return [{ line: null, text: reason instanceof Error ? reason.message : String(reason) }];
}

export class StudyBench implements Bench {
  readonly bar: HTMLElement;
  readonly exports: HTMLElement;
  private current: StudyRef | null = null;
  private sound: Checked | null = null;
  private sound_of: StudyRef | null = null;
  private problems: readonly Problem[] = [];
  /** What was stopped does not begin again by itself. */
  private stopped: StudyRef | null = null;
  /** Why the last run of a sound study failed. */
  private failure: readonly Problem[] = [];
  private shown_now: Shown | null = null;
  private records: readonly Uint8Array[] = [];
  private present: Run | null = null;
  private phase: Phase = "idle";
  private progress: Progress | null = null;
  private timer = 0;
  private changes = 0;
  private readonly start_button = button(() => t(this.phase === "idle" ? "run.start" : "run.again"),
    () => this.run(), { look: "main" });
  private readonly stop_button = button(() => t("run.stop"), () => this.stop(), { look: "main" });
  private readonly meter = h("progress", { max: 1, value: 0, "aria-label": () => t("run.progress") });
  private readonly status = h("p", { class: "status" }, () => this.sentence());
  private readonly stale_note = h("p", { class: "stale-note" }, () => t("run.stale"));
  private readonly trouble = h("ul", { class: "problems" });
  private readonly give = new Map<string, HTMLButtonElement>();
  private readonly command = h("code", {}, () => this.commandText());
  private readonly command_box: HTMLElement;
  private readonly copied = h("div", { role: "status" });
  private readonly dimmed: HTMLElement[] = [];

  constructor(private readonly options: BenchOptions, private readonly around: Surroundings) {
    this.bar = h("div", { class: "run-bar" },
      h("div", { class: "row" }, this.start_button, this.stop_button, this.meter, this.status), this.trouble,
      this.stale_note);
    this.command_box = h("div", { class: "command" }, this.command,
      button(() => t("export.copy"), () => void this.copy(), { label: () => t("export.copy_command") }), this.copied);
    this.exports = this.exportBox();
    this.refresh();
  }

  get shown(): Shown | null {
    return this.shown_now;
  }

  get running(): boolean {
    return this.present !== null;
  }

  dims(...elements: HTMLElement[]): void {
    this.dimmed.push(...elements);
    this.refresh();
  }

  changed(): void {
    void this.check();
  }

  /** A study that is not even looked at: it has no command, and nothing to download. */
  refuse(problems: readonly Problem[]): void {
    this.leave(null);
    this.changes += 1;
    [this.sound, this.problems] = [null, problems];
    this.options.checked?.(null, problems);
    this.refresh();
  }

  run(): void {
    this.stopQuietly();
    void this.begin();
  }

  runOnce(): void {
    void this.withSeed().then((study) => {
      if (!this.isShown(study) && !(this.present && same(this.present.study, study))) this.run();
    });
  }

  stop(): void {
    const run = this.present;
    if (!run) return;
    this.stopQuietly();
    this.stopped = run.study;
    this.enter("stopped");
    this.around.announce(this.sentence());
    void this.judgeStopped(run.study);
  }

  reset(): void {
    this.stopQuietly();
    this.changes += 1;
    [this.shown_now, this.records, this.stopped, this.progress, this.failure] = [null, [], null, null, []];
    this.options.show(null);
    for (const picture of this.options.pictures()) picture.clear();
    this.enter("idle");
  }

  private async withSeed(): Promise<StudyRef> {
    const study = this.options.study();
    const seed = await this.around.seed();
    return seed === null ? study : { ...study, overrides: [...(study.overrides ?? []), ["seed", seed]] };
  }

  /** Asks whether the study of the present settings is sound; runs it where pictures follow at once. */
  private async check(): Promise<void> {
    this.changes += 1;
    const change = this.changes;
    const study = await this.withSeed();
    if (change !== this.changes) return;
    this.current = study;
    if (this.present && this.options.begins === "at once" && !same(this.present.study, study)) this.leave(study);
    this.refresh();
    const checked = await this.sounds(study);
    if (change !== this.changes) return;
    this.options.checked?.(checked, this.problems);
    this.refresh();
    const at_once = this.options.begins === "at once" && !(this.options.waits?.() ?? false);
    if (at_once && checked !== null && !this.isShown(study) && !this.isStopped(study) && !this.present) this.soon();
  }

  private async sounds(study: StudyRef): Promise<Checked | null> {
    if (this.sound && this.sound_of && same(this.sound_of, study)) return this.sound;
    try {
      const { study: checked } = await this.around.engine.ask("check", { study });
      [this.sound, this.sound_of, this.problems] = [checked, study, []];
    } catch (reason) {
      [this.sound, this.problems] = [null, problemsOf(reason)];
    }
    return this.sound;
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.run(), pause_before_run);
  }

  private isShown(study: StudyRef): boolean {
    return this.shown_now !== null && this.shown_now.finished && same(this.shown_now.study, study);
  }

  private isStopped(study: StudyRef): boolean {
    return this.stopped !== null && same(this.stopped, study);
  }

  private async begin(): Promise<void> {
    const run: Run = { study: await this.withSeed(), running: null, over: false };
    this.stopQuietly();
    this.stopped = null;
    this.present = run;
    this.current = run.study;
    [this.progress, this.failure] = [null, []];
    this.enter("running");
    const checked = await this.sounds(run.study);
    if (run.over) return;
    this.options.checked?.(checked, this.problems);
    if (checked) await this.share(run, checked);
    else this.end(run, "failed");
  }

  private async share(run: Run, checked: Checked): Promise<void> {
    const judge = new Judge((records) => this.judge(run, checked, records, false));
    const workers = checked.adaptive ? 1 : Math.min(sharers(), checked.replicates);
    const pieces = checked.adaptive ? 1 : Math.min(pieces_of_a_worker * workers, checked.replicates);
    run.running = this.around.engine.run(run.study, {
      workers, pieces, fits: checked.fits,
      onProgress: (progress) => this.advance(run, progress),
      onRecords: (records) => judge.take(records),
    });
    try {
      const result = await run.running.done;
      if (run.over) return;
      await this.judge(run, checked, result.records, true);
      this.end(run, "finished");
    } catch (reason) {
      if (run.over) return;
      this.failure = problemsOf(reason);
      this.end(run, "failed");
    }
  }

  private async judge(run: Run, checked: Checked, records: readonly Uint8Array[], finished: boolean): Promise<void> {
    if (run.over) return;
    const rows_only = !finished && this.options.grows === "rows";
    const judged: Judged = await this.around.engine.ask("judge", { study: run.study, rows_only }, records);
    if (run.over || (this.shown_now?.study === run.study && this.shown_now.finished)) return;
    this.records = records;
    this.shown_now = { study: run.study, checked, judged, finished };
    this.options.show(this.shown_now);
    this.refresh();
  }

  /** Findings of what had finished before the stop. */
  private async judgeStopped(study: StudyRef): Promise<void> {
    const { shown_now: shown, records } = this;
    if (this.options.grows !== "rows" || shown?.study !== study || shown.finished) return;
    const judged = await this.around.engine.ask("judge", { study }, records).catch(() => null);
    if (!judged || this.shown_now !== shown) return;
    this.shown_now = { ...shown, judged };
    this.options.show(this.shown_now);
  }

  private advance(run: Run, progress: Progress): void {
    if (run.over) return;
    this.progress = progress;
    this.meter.value = progress.share;
    renew(this.status);
  }

  private end(run: Run, phase: Phase): void {
    run.over = true;
    if (this.present === run) this.present = null;
    this.enter(phase);
    if (phase === "finished") this.around.announce([t("run.finished_spoken"), this.failuresText()].join(" ").trim());
    else this.around.announce([this.sentence(), ...this.problems.map((one) => one.text)].join(" "));
  }

  private stopQuietly(): void {
    clearTimeout(this.timer);
    if (!this.present) return;
    this.present.over = true;
    this.present.running?.stop();
    this.present = null;
  }

  /** Ends the run of settings that are no longer these; what is shown may be theirs. */
  private leave(study: StudyRef | null): void {
    this.stopQuietly();
    if (this.phase === "running") this.phase = study !== null && this.isShown(study) ? "finished" : "idle";
  }

  private enter(phase: Phase): void {
    this.phase = phase;
    this.refresh();
  }

  private get stale(): boolean {
    return this.shown_now !== null && this.current !== null && !same(this.shown_now.study, this.current);
  }

  private sentence(): string {
    if (this.problems.length > 0) return t("run.unsound");
    if (this.phase === "failed") return t("run.failed");
    if (this.phase === "running") {
      if (!this.progress) return t("run.waiting");
      return t("run.so_far", { done: whole(this.progress.done), total: whole(this.progress.total) });
    }
    if (this.phase === "stopped") return t(this.shown_now && !this.stale ? "run.stopped" : "run.stopped_early");
    return this.phase === "finished" && !this.stale ? [t("run.finished"), this.failuresText()].join(" ").trim() : "";
  }

  private failuresText(): string {
    const count = this.shown_now?.judged.rows.reduce((sum, row) => sum + row.failed, 0) ?? 0;
    return count > 0 ? t("run.failed_fits", { count: whole(count) }) : "";
  }

  /** Brings everything on the screen into agreement with what is known. */
  private refresh(): void {
    const running = this.phase === "running" && this.present !== null;
    const focused = document.activeElement === this.start_button || document.activeElement === this.stop_button;
    this.start_button.hidden = running;
    this.stop_button.hidden = !running;
    if (focused) (running ? this.stop_button : this.start_button).focus({ preventScroll: true });
    this.meter.classList.toggle("hushed", !running);
    if (!running || !this.progress) this.meter.value = running ? 0 : this.meter.value;
    this.stale_note.hidden = !this.stale || running;
    for (const element of this.dimmed) element.classList.toggle("stale", this.stale);
    const told = [...(this.options.problemsElsewhere ? [] : this.problems), ...this.failure].slice(0, 5);
    fill(this.trouble, ...told.map((problem) => h("li", { lang: "en" }, problem.text)));
    this.refreshExports();
    renew(this.bar);
  }

  private slug(): string {
    return this.options.slug?.() ?? this.around.id;
  }

  /** The study that exports belong to: the one shown, and before that the one that the settings stand for. */
  private subject(): Checked | null {
    if (this.problems.length > 0) return null;
    return this.shown_now?.checked ?? this.sound;
  }

  private file(): { file: string } {
    return { file: `${this.slug()}.toml` };
  }

  private commandText(): string {
    return `quartic run ${this.slug()}.toml --out ${this.slug()}`;
  }

  private exportBox(): HTMLElement {
    const buttons: [string, () => void][] = [
      ["toml", () => this.saveStudy()],
      ["summary", () => void this.saveTable("summary")],
      ["records", () => void this.saveTable("records")],
      ["png", () => this.givePictures("png")],
      ["svg", () => this.givePictures("svg")],
    ];
    for (const [what, act] of buttons)
      this.give.set(what, button(() => t(`export.${what}`, this.file()), act, { look: "quiet" }));
    return h("section", { class: "exports" }, h("h2", {}, () => t("export.heading")),
      h("p", { class: "help" }, () => t("export.how", this.file())), this.command_box,
      h("p", { class: "help none" }, () => t("export.none")), h("div", { class: "row" }, ...this.give.values()));
  }

  private refreshExports(): void {
    const drawn = this.shown_now !== null;
    const sound = this.subject() !== null;
    for (const [what, one] of this.give) one.disabled = what === "toml" ? !sound : !drawn;
    this.command_box.hidden = !sound;
    this.exports.classList.toggle("unsound", !sound);
    renew(this.exports);
  }

  private async copy(): Promise<void> {
    await copyHere(this.copied, this.commandText(), () => t("export.copied"));
  }

  private saveStudy(): void {
    const subject = this.subject();
    if (subject) save(`${this.slug()}.toml`, subject.text, "application/toml");
  }

  private async saveTable(what: "records" | "summary"): Promise<void> {
    if (!this.shown_now) return;
    const { text } = await this.around.engine.ask("export", { study: this.shown_now.study, what }, this.records);
    save(`${this.slug()}-${what}.csv`, text, "text/csv");
  }

  private givePictures(what: "png" | "svg"): void {
    this.savePictures(what).catch(() => this.around.notice(() => t("part.no_picture")));
  }

  private async savePictures(what: "png" | "svg"): Promise<void> {
    const pictures = this.options.pictures().map((picture) => picture.svg()).filter((svg) => svg !== null);
    for (const [index, svg] of pictures.entries()) {
      const name = `${this.slug()}${pictures.length > 1 ? `-${index + 1}` : ""}.${what}`;
      if (what === "svg") save(name, svg, "image/svg+xml");
      else save(name, await png(svg), "image/png");
    }
  }
}
