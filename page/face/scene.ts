/**
 * A scene, and what it is given.
 *
 * A scene says which settings the address keeps for it (`fields`) and fills its room when it is first opened. After
 * that the room lives on, hidden or shown: a language, a theme or another scene takes nothing from it. Whatever moves
 * a setting - a control, the address, Back, Reset, the name of the seed - ends in one call of `changed`.
 *
 *   export const figure: Scene = {
 *     id: "figure",
 *     fields: [{ key: "noise", kind: "number", from: 0, to: 4, step: 0.5, initial: 1 }],
 *     open(host) {
 *       const bench = host.bench({
 *         study: () => ({ text: host.study("figure"), overrides: [["world.noise", noise()]] }),
 *         show: (shown) => picture.update(...),
 *         pictures: () => [picture],
 *       });
 *       host.room.append(host.head(), host.slider("noise", { ... }), bench.bar, picture.element, bench.exports);
 *       return { changed: () => bench.changed() };
 *     },
 *   };
 *
 * Classes of style.css that a room is laid out with: "columns" holds a "side" (controls, 20 em wide) and a "stage"
 * (pictures) beside it, one above the other where it is narrow; "row" sets things side by side and wraps; "cards" is a
 * grid of "card"s; "lead", "help" (small print), "big" (a number in large type) and "hidden" (for screen readers
 * alone) are kinds of text. The lesson is a scene, too: lesson.ts exports `lesson`, scenes/NAME.ts exports NAME.
 */
import type { Chart } from "./charts";
import type { Attributes, Text } from "./dom";
import type { Engine } from "./engine";
import type { Checked, Finding, Judged, Problem, StudyRef } from "./protocol";

/** A setting that the address keeps. What is off the grid snaps to it; what is no setting is refused with a notice. */
export type Field =
  | { readonly key: string; readonly kind: "number"; readonly from: number; readonly to: number; readonly step: number;
      readonly initial: number }
  /** A number out of a list, ascending: a slider whose steps are not even. */
  | { readonly key: string; readonly kind: "grid"; readonly values: readonly number[]; readonly initial: number }
  | { readonly key: string; readonly kind: "word"; readonly words: readonly string[]; readonly initial: string }
  /** Any text up to this many characters (and matching `pattern`, which is anchored by whoever writes it). */
  | { readonly key: string; readonly kind: "text"; readonly longest: number; readonly pattern?: RegExp;
      readonly initial: string };

export interface Settings {
  number(key: string): number;
  text(key: string): string;
  /** Sets one or more and calls the scene's `changed` once, before this returns. */
  set(values: Readonly<Record<string, string | number>>): void;
  reset(): void;
}

export type Values = Readonly<Record<string, string | number>>;

export interface Scene {
  /** In the address, in names of files and in keys of texts ("figure.title"). */
  readonly id: string;
  readonly fields: readonly Field[];
  open(host: Host): Opened;
}

export interface Opened {
  /** A setting, or the name of the seed, is another one now. */
  changed(): void;
  /** The language changed: texts made by functions follow by themselves; draw again what was set as a string. */
  renewed?(): void;
  /** Somebody typed another name of the seed; `changed` follows. */
  renamed?(): void;
  /** The room is reset: what stands in no setting is forgotten, too. */
  reset?(): void;
}

export interface Host {
  readonly id: string;
  /** The scene's own part of the page, empty when it is opened. */
  readonly room: HTMLElement;
  readonly settings: Settings;
  readonly engine: Engine;

  /** The text of page/studies/NAME.toml. */
  study(name: string): string;
  /** The seed that the name gives, as a decimal string; null while nobody has typed a name. */
  seed(): Promise<string | null>;
  /** The name of the seed as typed. */
  seedName(): string;
  /** Takes the reader to the field where that is typed. */
  askName(): void;

  /** Settings that the address cannot hold, because they are too long for it; say so beside them. */
  unkept(): readonly string[];

  /** A text in the present language. Keys are those of texts/*.json; {name} stands for a value. */
  t(key: string, values?: Values): string;
  /** A number as people write it: 3 digits that matter, thousands apart, powers of ten as 10^6 in superscripts. */
  number(value: number, digits?: number): string;
  /** .95 as "95 %". */
  percent(share: number, digits?: number): string;

  /** Kicker, question as heading and lead, from the texts ID.kicker, ID.question and ID.lead. */
  head(): HTMLElement;
  /** Controls that are bound to the setting of that key, both ways. */
  slider(key: string, options: BoundSlider): HTMLElement;
  /** A few words side by side, of which one is chosen; each named by `name`. */
  choice(key: string, options: BoundChoice): HTMLElement;
  /** Many words in a menu. */
  menu(key: string, options: BoundChoice): HTMLElement;
  /** A switch between two words of a field ("off", "on", in this order). */
  toggle(key: string, options: { label: Text; help?: Text }): HTMLElement;

  prediction(options: PredictionOptions): Prediction;
  bench(options: BenchOptions): Bench;
  /** "What to take home": a list of sentences, from the texts ID.home.1, ID.home.2, ... as many as there are. */
  takeHome(): HTMLElement;
  /** A finding as a sentence with interval and verdict, whatever they are; names of arms through `nameOf`. */
  finding(finding: Finding, shown: Shown, nameOf?: (arm: string) => string): HTMLElement;
  /** A section with a heading, to hold what belongs together. */
  panel(heading: Text, attributes?: Attributes, ...children: (Node | Text | null)[]): HTMLElement;

  /** Gives a file to the reader; the name is a fixed slug of ours. */
  save(name: string, text: string, type: "text/csv" | "application/toml" | "text/plain"): void;
  /** A sentence in a box at the top that stays until it is closed. */
  notice(text: Text): void;
  /** A sentence for screen readers. */
  announce(text: string): void;
}

export interface BoundSlider {
  readonly label: Text;
  /** What stands beside the label and is spoken: "200 candidates". */
  readonly value: (value: number) => string;
  readonly help?: Text;
}

export interface BoundChoice {
  readonly label: Text;
  readonly name: (word: string) => string;
  readonly help?: Text;
}

/** A question to be answered before the run. Its answer is a setting of kind "text" with the initial value "". */
export interface PredictionOptions {
  readonly key: string;
  readonly question: Text;
  /** Answers to choose from, by the word that the setting keeps. */
  readonly answers: { readonly words: readonly string[]; readonly name: (word: string) => string };
  /** Somebody answered here, or went on without; an address that holds an answer does not call it. */
  readonly onSettled?: () => void;
}

export interface Prediction {
  readonly element: HTMLElement;
  /** What was committed to; null where nobody predicted: then nothing is said of it. */
  value(): string | null;
  /** Answered or skipped. */
  settled(): boolean;
}

/** What a picture shows: a study, and what became of it so far. */
export interface Shown {
  readonly study: StudyRef;
  readonly checked: Checked;
  readonly judged: Judged;
  /** All of it has run. */
  readonly finished: boolean;
}

export interface BenchOptions {
  /** The study that the settings now stand for; the seed of the name is added by the bench. */
  readonly study: () => StudyRef;
  /** Called with results as they come, at most 4 times a second; with null after a reset. */
  readonly show: (shown: Shown | null) => void;
  /** A sound study, or what is wrong with it, after every change. */
  readonly checked?: (checked: Checked | null, problems: readonly Problem[]) => void;
  /** The scene lists what is wrong itself; the run bar says only that something is. */
  readonly problemsElsewhere?: boolean;
  /** The pictures that "PNG" and "SVG" give, in order. */
  readonly pictures: () => readonly Chart[];
  /** Run at once and again after every change ("live"), or when the button is pressed. */
  readonly begins: "at once" | "by button";
  /** True as long as nothing shall begin by itself, say until a prediction is settled; that calls `changed`. */
  readonly waits?: () => boolean;
  /** While it runs, only the picture grows: there are no findings before the end, or a stop. */
  readonly grows?: "rows";
  /** Name of study.toml and of folders, where it is not the scene's id. */
  readonly slug?: () => string;
}

/** Runs a study: run bar, what is shown, exports. The old picture is dimmed once the settings are others. */
export interface Bench {
  /** Run and Stop, progress, and what happened. */
  readonly bar: HTMLElement;
  /** "The same in the program", CSV, PNG, SVG, study.toml. They belong to the study shown. */
  readonly exports: HTMLElement;
  /** Elements that are dimmed while they show another study than the settings say. */
  dims(...elements: HTMLElement[]): void;
  /** Call it whenever the study may be another one. */
  changed(): void;
  /** What the scene itself finds wrong with a study: there is then no command, and nothing to download. */
  refuse(problems: readonly Problem[]): void;
  run(): void;
  /** Runs what is neither shown nor running. */
  runOnce(): void;
  stop(): void;
  /** Stops, and shows nothing any more, as before the first run. */
  reset(): void;
  readonly shown: Shown | null;
  readonly running: boolean;
}
