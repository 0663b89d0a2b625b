/** A question to be answered before the run, and what was answered. */
import type { Control } from "./controls";
import { button, choice, slider } from "./controls";
import { h, renew } from "./dom";
import type { Prediction, PredictionOptions, Settings } from "./scene";
import { t } from "./text";

function middleOf(values: readonly number[]): number {
  return values[Math.floor(values.length / 2)] ?? 0;
}

export class PredictionBox implements Prediction {
  readonly element: HTMLElement;
  private readonly chooser: Control<string> | Control<number>;
  private readonly commit_button = button(() => t("predict.commit"), () => this.commit(), { look: "main" });
  private readonly skip_button = button(() => t("predict.skip"), () => this.skip(), { look: "quiet" });
  private readonly change_button = button(() => t("predict.change"), () => this.reopen(), { look: "quiet" });
  private skipped = false;
  private touched = false;

  constructor(private readonly options: PredictionOptions, private readonly settings: Settings,
              private readonly onSettled: () => void) {
    this.chooser = this.makeChooser();
    this.element = h("section", { class: "prediction" },
      h("h2", {}, () => t("predict.heading")), this.chooser.element,
      h("div", { class: "row" }, this.commit_button, this.skip_button, this.change_button),
      h("p", { class: "answer" }, () => this.sentence()));
    this.refresh();
  }

  value(): string | null {
    const text = this.settings.text(this.options.key);
    return this.possible(text) ? text : null;
  }

  settled(): boolean {
    return this.skipped || this.value() !== null;
  }

  /** After another address, or a reset. */
  refresh(): void {
    const value = this.value();
    if (value !== null) this.display(value);
    else if (!this.skipped && !this.touched) this.displayNothing();
    this.chooser.enable(!this.settled());
    this.commit_button.hidden = this.settled();
    this.skip_button.hidden = this.settled();
    this.change_button.hidden = !this.settled();
    this.element.classList.toggle("settled", this.settled());
    renew(this.element);
  }

  /** As if nobody had been asked. */
  forget(): void {
    [this.skipped, this.touched] = [false, false];
    this.refresh();
  }

  private makeChooser(): Control<string> | Control<number> {
    const { answers, question } = this.options;
    const touch = (): void => {
      this.touched = true;
      this.commit_button.disabled = false;
    };
    if ("words" in answers)
      return choice({ label: question, words: answers.words, initial: "", name: answers.name, onChoose: touch });
    return slider({ label: question, values: answers.values, initial: middleOf(answers.values), value: answers.name,
                    onInput: touch });
  }

  private possible(text: string): boolean {
    const { answers } = this.options;
    return "words" in answers ? answers.words.includes(text) : text !== "" && answers.values.includes(Number(text));
  }

  private display(text: string): void {
    if ("words" in this.options.answers) (this.chooser as Control<string>).show(text);
    else (this.chooser as Control<number>).show(Number(text));
  }

  /** No word is chosen; a slider stands in the middle. */
  private displayNothing(): void {
    const { answers } = this.options;
    if ("words" in answers) (this.chooser as Control<string>).show("");
    else (this.chooser as Control<number>).show(middleOf(answers.values));
    this.commit_button.disabled = "words" in answers;
  }

  private nameOf(text: string): string {
    const { answers } = this.options;
    return "words" in answers ? answers.name(text) : answers.name(Number(text));
  }

  private sentence(): string {
    const value = this.value();
    if (value !== null) return t("predict.committed", { answer: this.nameOf(value) });
    return this.skipped ? t("predict.skipped") : "";
  }

  private commit(): void {
    const value = String(this.chooser.value());
    if (!this.possible(value)) return;
    this.settings.set({ [this.options.key]: value });
    this.settle();
  }

  private skip(): void {
    this.skipped = true;
    this.settle();
  }

  private settle(): void {
    this.refresh();
    this.change_button.focus({ preventScroll: true });
    this.onSettled();
  }

  private reopen(): void {
    [this.skipped, this.touched] = [false, this.value() !== null];
    this.settings.set({ [this.options.key]: "" });
    this.refresh();
    this.commit_button.focus({ preventScroll: true });
  }
}
