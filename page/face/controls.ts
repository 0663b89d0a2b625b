/**
 * Controls: a label, what is chosen, and one callback. All of them are the browser's own elements, so that keys, focus
 * and screen readers work as everywhere. Scenes mostly want those of Host, which are bound to a setting.
 */
import type { Text } from "./dom";
import { h, renew, unique } from "./dom";

export interface Control<T> {
  readonly element: HTMLElement;
  value(): T;
  /** Shows another value, without calling back. */
  show(value: T): void;
  enable(enabled: boolean): void;
}

export interface SliderOptions {
  readonly label: Text;
  /** The values in order; the slider's steps are these. */
  readonly values: readonly number[];
  readonly initial: number;
  /** What stands beside the label and is spoken. */
  readonly value: (value: number) => string;
  readonly help?: Text;
  readonly onInput: (value: number) => void;
}

export interface ChoiceOptions {
  readonly label: Text;
  readonly words: readonly string[];
  readonly initial: string;
  /** The name of a word in the present language. */
  readonly name: (word: string) => string;
  readonly help?: Text;
  readonly onChoose: (word: string) => void;
}

export interface ToggleOptions {
  readonly label: Text;
  readonly initial: boolean;
  readonly help?: Text;
  readonly onToggle: (on: boolean) => void;
}

export interface TextFieldOptions {
  readonly label: Text;
  readonly initial: string;
  readonly longest: number;
  readonly help?: Text;
  /** After Enter, or when the field is left. */
  readonly onChange: (text: string) => void;
}

export interface ButtonOptions {
  readonly look?: "main" | "plain" | "quiet";
  readonly label?: Text;
}

function nearest(values: readonly number[], value: number): number {
  let best = 0;
  values.forEach((candidate, index) => {
    if (Math.abs(candidate - value) < Math.abs((values[best] ?? 0) - value)) best = index;
  });
  return best;
}

function helpLine(help: Text | undefined, id: string): HTMLElement | null {
  return help === undefined ? null : h("p", { class: "help", id }, help);
}

/** A button; `label` is what a screen reader says where the text is too short for it. */
export function button(text: Text, onClick: () => void, options: ButtonOptions = {}): HTMLButtonElement {
  const label = options.label ?? null;
  const look = `button ${options.look ?? "plain"}`;
  return h("button", { type: "button", class: look, "aria-label": label, onclick: onClick }, text);
}

export function slider(options: SliderOptions): Control<number> {
  const id = unique("slider");
  const at = (index: number): number => options.values[index] ?? options.initial;
  let place = nearest(options.values, options.initial);
  const input = h("input", {
    type: "range", id, min: 0, max: options.values.length - 1, step: 1,
    "aria-describedby": options.help === undefined ? null : `${id}-help`,
    "aria-valuetext": () => options.value(at(place)),
  });
  const output = h("output", { class: "value", for: id, "aria-hidden": "true" }, () => options.value(at(place)));
  const element = h("div", { class: "control slider" },
    h("label", { for: id }, options.label), output, input, helpLine(options.help, `${id}-help`));
  const place_at = (index: number): void => {
    place = index;
    input.value = String(index);
    input.style.setProperty("--part", String(index / Math.max(1, options.values.length - 1)));
    renew(element);
  };
  input.addEventListener("input", () => {
    place_at(Number(input.value));
    options.onInput(at(place));
  });
  place_at(place);
  return {
    element,
    value: () => at(place),
    show: (value) => place_at(nearest(options.values, value)),
    enable: (enabled) => { input.disabled = !enabled; },
  };
}

/** Words side by side: radio buttons in the form of a switch with several places; of another word none is chosen. */
export function choice(options: ChoiceOptions): Control<string> {
  const name = unique("choice");
  const inputs = new Map<string, HTMLInputElement>();
  const places = options.words.map((word) => {
    const input = h("input", { type: "radio", name, value: word, id: `${name}-${word}`,
      onchange: () => options.onChoose(word) });
    inputs.set(word, input);
    return h("span", { class: "place" }, input, h("label", { for: `${name}-${word}` }, () => options.name(word)));
  });
  const element = h("fieldset", { class: "control choice",
    "aria-describedby": options.help === undefined ? null : `${name}-help` },
    h("legend", {}, options.label), h("div", { class: "places" }, ...places), helpLine(options.help, `${name}-help`));
  const show = (word: string): void => {
    for (const [one, input] of inputs) input.checked = one === word;
  };
  show(options.initial);
  return {
    element,
    value: () => options.words.find((word) => inputs.get(word)?.checked) ?? options.initial,
    show,
    enable: (enabled) => { element.disabled = !enabled; },
  };
}

/** Many words in a menu. `offer` gives it other words. */
export function menu(options: ChoiceOptions): Control<string> & { offer(words: readonly string[]): void } {
  const id = unique("menu");
  const select: HTMLSelectElement = h("select", { id,
    "aria-describedby": options.help === undefined ? null : `${id}-help`,
    onchange: () => options.onChoose(select.value) });
  const element = h("div", { class: "control menu" },
    h("label", { for: id }, options.label), select, helpLine(options.help, `${id}-help`));
  let offered = "";
  const offer = (words: readonly string[]): void => {
    if (words.join("\n") === offered) return renew(element);
    offered = words.join("\n");
    const kept = select.value;
    select.replaceChildren(...words.map((word) => h("option", { value: word }, () => options.name(word))));
    if (words.includes(kept)) select.value = kept;
  };
  offer(options.words);
  select.value = options.initial;
  return {
    element, offer,
    value: () => select.value,
    show: (word) => { select.value = word; },
    enable: (enabled) => { select.disabled = !enabled; },
  };
}

export function toggle(options: ToggleOptions): Control<boolean> {
  const id = unique("toggle");
  const input: HTMLInputElement = h("input", { type: "checkbox", role: "switch", id,
    "aria-describedby": options.help === undefined ? null : `${id}-help`,
    onchange: () => options.onToggle(input.checked) });
  input.checked = options.initial;
  const element = h("div", { class: "control toggle" },
    input, h("label", { for: id }, options.label), helpLine(options.help, `${id}-help`));
  return {
    element,
    value: () => input.checked,
    show: (on) => { input.checked = on; },
    enable: (enabled) => { input.disabled = !enabled; },
  };
}

export function textField(options: TextFieldOptions): Control<string> {
  const id = unique("field");
  const input: HTMLInputElement = h("input", { type: "text", id, maxlength: options.longest, autocomplete: "off",
    autocapitalize: "off", spellcheck: "false",
    "aria-describedby": options.help === undefined ? null : `${id}-help`,
    onchange: () => options.onChange(input.value) });
  input.value = options.initial;
  const element = h("div", { class: "control field" },
    h("label", { for: id }, options.label), input, helpLine(options.help, `${id}-help`));
  return {
    element,
    value: () => input.value,
    show: (text) => { input.value = text; },
    enable: (enabled) => { input.disabled = !enabled; },
  };
}
