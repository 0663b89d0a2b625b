/**
 * An editor for study files: the browser's own text field with numbers of lines, marks where something is wrong, and
 * suggestions. Tab leaves it, as it leaves any field; suggestions open while one types, or with Ctrl and the space bar.
 */
import type { Completion, Suggestion } from "./completion";
import { button } from "./controls";
import { fill, h, unique } from "./dom";
import type { Problem } from "./protocol";
import { t, whole } from "./text";

export const longest_text = 60_000;
export const most_lines = 2_000;

export interface EditorOptions {
  readonly complete: (text: string, caret: number) => Completion;
  readonly onChange: (text: string) => void;
}

function lineCount(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** Whether the page takes a text of this length. */
export function tooLong(text: string): boolean {
  return text.length > longest_text || lineCount(text) > most_lines;
}

export class Editor {
  readonly element: HTMLElement;
  private readonly id = unique("editor");
  private readonly area = h("textarea", {
    id: this.id, spellcheck: "false", autocomplete: "off", autocapitalize: "off", wrap: "off", rows: 22,
    "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": `${this.id}-list`,
    "aria-describedby": `${this.id}-help`,
  });
  private readonly gutter = h("pre", { class: "gutter", "aria-hidden": "true" });
  private readonly list = h("ul", { class: "suggestions", role: "listbox", id: `${this.id}-list`,
    "aria-label": () => t("editor.suggestions") });
  private readonly problem_list = h("ul", { class: "problems" });
  private readonly spoken = h("p", { class: "hidden", role: "status" });
  private completion: Completion = { typed: "", suggestions: [] };
  private active = -1;
  private lines = 0;
  private marked: ReadonlySet<number> = new Set();
  private timer = 0;

  constructor(private readonly options: EditorOptions) {
    this.list.hidden = true;
    this.area.addEventListener("input", () => this.typed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("scroll", () => this.scrolled());
    this.area.addEventListener("blur", () => this.close());
    this.element = h("div", { class: "editor" }, h("label", { for: this.id }, () => t("editor.label")),
      h("div", { class: "sheet" }, this.gutter, this.area, this.list),
      h("p", { class: "help", id: `${this.id}-help` }, () =>
        t("editor.help", { characters: whole(longest_text), lines: whole(most_lines) })), this.spoken,
      this.problem_list);
  }

  text(): string {
    return this.area.value;
  }

  show(text: string): void {
    if (text === this.area.value) return;
    this.area.value = text;
    this.close();
    this.number();
  }

  mark(problems: readonly Problem[]): void {
    this.marked = new Set(problems.flatMap((problem) => (problem.line === null ? [] : [problem.line])));
    this.area.setAttribute("aria-invalid", String(problems.length > 0));
    fill(this.problem_list, ...problems.slice(0, 20).map((problem) => this.problem(problem)));
    this.lines = 0;
    this.number();
  }

  private problem({ line, text }: Problem): HTMLElement {
    const words = h("span", { lang: "en" }, text);
    if (line === null) return h("li", {}, words);
    return h("li", {}, button(() => t("editor.line", { line }), () => this.go(line), { look: "quiet" }), " ", words);
  }

  private go(line: number): void {
    const lines = this.area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    this.area.scrollTop = Math.max(0, (line - 5) * this.lineHeight());
  }

  private typed(): void {
    this.number();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.options.onChange(this.area.value), 200);
    if (!tooLong(this.area.value)) this.suggest(false);
  }

  /** Numbers of lines; a mark at those where something is wrong. */
  private number(): void {
    const count = Math.min(lineCount(this.area.value), most_lines + 1);
    if (count !== this.lines) {
      this.lines = count;
      const label = (line: number): string => (this.marked.has(line) ? `● ${line}` : String(line));
      this.gutter.textContent = Array.from({ length: count }, (_, k) => label(k + 1)).join("\n") + "\n\n";
    }
    this.gutter.scrollTop = this.area.scrollTop;
  }

  private scrolled(): void {
    this.gutter.scrollTop = this.area.scrollTop;
    if (!this.list.hidden) this.close();
  }

  private lineHeight(): number {
    return parseFloat(getComputedStyle(this.area).lineHeight) || 24;
  }

  private suggest(asked: boolean): void {
    const caret = this.area.selectionStart;
    this.completion = this.options.complete(this.area.value, caret);
    const { typed, suggestions } = this.completion;
    if (suggestions.length === 0 || (!asked && typed === "")) return this.close();
    this.active = asked ? 0 : -1;
    fill(this.list, ...suggestions.map((one, index) => this.suggestion(one, index)));
    this.place(caret);
    this.list.hidden = false;
    this.spoken.textContent = t("editor.count", { count: suggestions.length });
    this.point();
  }

  private suggestion({ text, help }: Suggestion, index: number): HTMLElement {
    const take = (event: Event): void => {
      event.preventDefault();
      this.accept(index);
    };
    return h("li", { role: "option", id: `${this.id}-${index}`, onpointerdown: take },
      h("code", {}, text), help === "" ? null : h("span", { class: "help", lang: "en" }, help));
  }

  /** Under the caret: every character of the field has the same width. */
  private place(caret: number): void {
    const before = this.area.value.slice(0, caret).split("\n");
    const column = before[before.length - 1]?.length ?? 0;
    const size = parseFloat(getComputedStyle(this.area).fontSize);
    const left = this.area.offsetLeft + 12 + column * size * 0.602 - this.area.scrollLeft;
    this.list.style.top = `${this.area.offsetTop + 10 + before.length * this.lineHeight() - this.area.scrollTop}px`;
    this.list.style.left = `${Math.max(0, Math.min(left, this.element.clientWidth - 320))}px`;
  }

  private point(): void {
    [...this.list.children].forEach((item, index) =>
      item.setAttribute("aria-selected", String(index === this.active)));
    if (this.active >= 0) this.area.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    else this.area.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      return this.suggest(true);
    }
    if (this.list.hidden) return;
    const count = this.completion.suggestions.length;
    if (event.key === "Escape") this.close();
    else if (event.key === "ArrowDown") this.active = (this.active + 1) % count;
    else if (event.key === "ArrowUp" && this.active >= 0) this.active -= 1;
    else if (event.key === "Enter" && this.active >= 0) this.accept(this.active);
    else return;
    event.preventDefault();
    this.point();
  }

  private accept(index: number): void {
    const chosen = this.completion.suggestions[index];
    if (!chosen) return;
    const caret = this.area.selectionStart;
    this.area.setRangeText(chosen.text, caret - this.completion.typed.length, caret, "end");
    this.close();
    this.number();
    this.options.onChange(this.area.value);
  }

  private close(): void {
    this.list.hidden = true;
    this.active = -1;
    this.spoken.textContent = "";
    this.area.removeAttribute("aria-activedescendant");
  }
}
