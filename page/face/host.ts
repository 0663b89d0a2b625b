/** What a scene is given: controls bound to its settings, texts, a bench, and a place. */
import { StudyBench } from "./bench";
import type { Control } from "./controls";
import { choice, menu, slider, toggle } from "./controls";
import type { Attributes, Child, Text } from "./dom";
import { h } from "./dom";
import type { Engine } from "./engine";
import { save } from "./exports";
import { findingElement } from "./findings";
import { PredictionBox } from "./prediction";
import type { Finding } from "./protocol";
import type {
  Bench, BenchOptions, BoundChoice, BoundSlider, Host, Opened, Prediction, PredictionOptions, Scene, Shown, Values,
} from "./scene";
import type { SceneSettings } from "./state";
import { gridOf } from "./state";
import { has, number, percent, t } from "./text";

/** What all scenes share. */
export interface House {
  readonly engine: Engine;
  readonly studies: ReadonlyMap<string, string>;
  seed(): Promise<string | null>;
  seedName(): string;
  askName(): void;
  unkept(): readonly string[];
  notice(text: Text): void;
  announce(text: string): void;
}

export class SceneHost implements Host {
  readonly id: string;
  readonly room: HTMLElement;
  readonly engine: Engine;
  private readonly refreshers: (() => void)[] = [];
  private readonly boxes: PredictionBox[] = [];
  private readonly benches: Bench[] = [];
  private opened: Opened | null = null;

  constructor(private readonly scene: Scene, readonly settings: SceneSettings, private readonly house: House) {
    this.id = scene.id;
    this.engine = house.engine;
    this.room = h("div", { class: `room ${scene.id}` });
  }

  /** Fills the room when it is first entered. */
  open(): void {
    this.opened ??= this.scene.open(this);
    this.changed();
  }

  /** Something is set otherwise, by whomever. */
  changed(): void {
    if (!this.opened) return;
    for (const refresh of this.refreshers) refresh();
    this.opened.changed();
  }

  renewed(): void {
    this.opened?.renewed?.();
  }

  renamed(): void {
    this.opened?.renamed?.();
  }

  /** As when it was first entered: no prediction, no picture, no findings. */
  reset(): void {
    for (const box of this.boxes) box.forget();
    for (const bench of this.benches) bench.reset();
    this.opened?.reset?.();
    this.settings.reset();
  }

  t(key: string, values?: Values): string {
    return t(key, values);
  }

  number(value: number, digits?: number): string {
    return number(value, digits);
  }

  percent(share: number, digits?: number): string {
    return percent(share, digits);
  }

  study(name: string): string {
    const text = this.house.studies.get(name);
    if (text === undefined) throw new Error(`page/studies has no ${name}.toml`);
    return text;
  }

  seed(): Promise<string | null> {
    return this.house.seed();
  }

  seedName(): string {
    return this.house.seedName();
  }

  askName(): void {
    this.house.askName();
  }

  unkept(): readonly string[] {
    return this.house.unkept();
  }

  head(): HTMLElement {
    const key = (part: string): (() => string) => () => t(`${this.id}.${part}`);
    return h("header", { class: "head" }, h("p", { class: "kicker" }, key("kicker")),
      h("h1", { tabindex: -1 }, key("question")), h("p", { class: "lead" }, key("lead")));
  }

  slider(key: string, options: BoundSlider): HTMLElement {
    const field = this.scene.fields.find((one) => one.key === key);
    if (!field) throw new Error(`scene ${this.id} has no setting ${key}`);
    const control = slider({ ...options, values: gridOf(field), initial: this.settings.number(key),
                             onInput: (value) => this.settings.set({ [key]: value }) });
    return this.bound(control, () => this.settings.number(key));
  }

  choice(key: string, options: BoundChoice): HTMLElement {
    return this.bound(choice({ ...options, ...this.words(key) }), () => this.settings.text(key));
  }

  menu(key: string, options: BoundChoice): HTMLElement {
    return this.bound(menu({ ...options, ...this.words(key) }), () => this.settings.text(key));
  }

  toggle(key: string, options: { label: Text; help?: Text }): HTMLElement {
    const [off = "off", on = "on"] = this.words(key).words;
    const control = toggle({ ...options, initial: this.settings.text(key) === on,
                             onToggle: (is_on) => this.settings.set({ [key]: is_on ? on : off }) });
    return this.bound(control, () => this.settings.text(key) === on);
  }

  prediction(options: PredictionOptions): Prediction {
    const box = new PredictionBox(options, this.settings, () => this.opened?.changed());
    this.boxes.push(box);
    this.refreshers.push(() => box.refresh());
    return box;
  }

  bench(options: BenchOptions): Bench {
    const bench = new StudyBench(options, { id: this.id, engine: this.engine, seed: () => this.seed(),
                                            announce: (text) => this.announce(text),
                                            notice: (text) => this.notice(text) });
    this.benches.push(bench);
    return bench;
  }

  takeHome(): HTMLElement {
    const list = h("ul", {});
    for (let k = 1; has(`${this.id}.home.${k}`); k += 1) list.append(h("li", {}, () => t(`${this.id}.home.${k}`)));
    return h("section", { class: "take-home" }, h("h2", {}, () => t("home.heading")), list);
  }

  finding(finding: Finding, shown: Shown, nameOf: (arm: string) => string = (arm) => arm): HTMLElement {
    return findingElement(finding, shown, nameOf);
  }

  panel(heading: Text, attributes: Attributes = {}, ...children: Child[]): HTMLElement {
    return h("section", { class: "panel", ...attributes }, h("h2", {}, heading), ...children);
  }

  save(name: string, text: string, type: string): void {
    save(name, text, type);
  }

  notice(text: Text): void {
    this.house.notice(text);
  }

  announce(text: string): void {
    this.house.announce(text);
  }

  private words(key: string): { words: readonly string[]; initial: string; onChoose: (word: string) => void } {
    const field = this.scene.fields.find((one) => one.key === key);
    if (field?.kind !== "word") throw new Error(`scene ${this.id} has no words ${key}`);
    return { words: field.words, initial: this.settings.text(key),
             onChoose: (word) => this.settings.set({ [key]: word }) };
  }

  private bound<T>(control: Control<T>, value: () => T): HTMLElement {
    this.refreshers.push(() => { if (control.value() !== value()) control.show(value()); });
    return control.element;
  }
}
