/** A question to be answered before the run, and what was answered. */
import type { Control } from "./controls";
import { button, choice } from "./controls";
import { h, renew } from "./dom";
import type { Prediction, PredictionOptions, Settings } from "./scene";
import { t } from "./text";

export class PredictionBox implements Prediction {
  readonly element: HTMLElement;
  private readonly chooser: Control<string>;
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
    if (value !== null) this.chooser.show(value);
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

  private makeChooser(): Control<string> {
    const { answers, question } = this.options;
    return choice({ label: question, words: answers.words, initial: "", name: answers.name, onChoose: () => {
      this.touched = true;
      this.commit_button.disabled = false;
    } });
  }

  private possible(text: string): boolean {
    return this.options.answers.words.includes(text);
  }

  private displayNothing(): void {
    this.chooser.show("");
    this.commit_button.disabled = true;
  }

  private sentence(): string {
    const value = this.value();
    if (value !== null) return t("predict.committed", { answer: this.options.answers.name(value) });
    return this.skipped ? t("predict.skipped") : "";
  }

  private commit(): void {
    const value = this.chooser.value();
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
    this.options.onSettled?.();
  }

  private reopen(): void {
    [this.skipped, this.touched] = [false, this.value() !== null];
    this.settings.set({ [this.options.key]: "" });
    this.refresh();
    this.commit_button.focus({ preventScroll: true });
  }
}
