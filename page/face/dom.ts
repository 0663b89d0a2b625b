/**
 * Elements, and texts that follow the language.
 *
 * A text is a string, or a function that gives it in the present language: `renew` asks all of these again, and
 * nothing else of the page changes when the language does. Texts are always set as text, never as HTML.
 */

export type Text = string | (() => string);
export type Child = Node | Text | null;
/** Names that begin with "on" are listeners; true sets an attribute without a value, false and null leave it out. */
export type Attributes = Readonly<Record<string, Text | number | boolean | null | ((event: never) => void)>>;

const updates = new WeakMap<Node, (() => void)[]>();

function follow(node: Node, update: () => void): void {
  update();
  const known = updates.get(node);
  if (known) known.push(update);
  else updates.set(node, [update]);
}

/** A text node that follows the language. */
export function live(text: Text): globalThis.Text {
  const node = document.createTextNode("");
  if (typeof text === "string") node.data = text;
  else follow(node, () => { node.data = text(); });
  return node;
}

function attribute(element: Element, name: string, value: Attributes[string]): void {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) {
    element.addEventListener(name.slice(2), value as EventListener);
    return;
  }
  if (typeof value === "function") {
    follow(element, () => element.setAttribute(name, (value as () => string)()));
    return;
  }
  element.setAttribute(name, value === true ? "" : String(value));
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children)
    if (child !== null) element.append(child instanceof Node ? child : live(child));
}

/** An element of HTML: h("p", { class: "lead" }, () => t("figure.lead")). */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) attribute(element, name, attributes[name] ?? null);
  append(element, children);
  return element;
}

/** An element of SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name of Object.keys(attributes)) attribute(element, name, attributes[name] ?? null);
  append(element, children);
  return element;
}

/** Gives an element other children. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** Asks every text under this node again. */
export function renew(root: Node): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node: Node | null = root; node; node = walker.nextNode())
    for (const update of updates.get(node) ?? []) update();
}

let last = 0;

/** A name for an element that no other has. */
export function unique(stem: string): string {
  last += 1;
  return `${stem}-${last}`;
}
