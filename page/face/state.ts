/**
 * What the page is set to, and the address that keeps it: #v1/SCENE?key=value&..., at most 2,000 characters.
 *
 * Every scene has settings of its own, which stay when another scene is shown; the address holds those of the present
 * scene that are not as they were at first, and what all scenes share: language, theme and the name of the seed.
 * Whatever an address says that is no setting is refused with a sentence, and the rest of it holds.
 */
import type { Field, Scene, Settings } from "./scene";
import type { Language } from "./text";
import { isLanguage, t } from "./text";

export const themes = ["auto", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const longest_address = 2000;
export const longest_name = 80;
const version = "v1";
const shared_keys = ["lang", "theme", "name"];

export interface Shared {
  readonly language: Language | null;
  readonly theme: Theme;
  readonly name: string;
}

/** What an address says of it; null where it says nothing. */
type SharedRead = { readonly [Key in keyof Shared]: Shared[Key] | null };

/** What an address says; `problems` are sentences about what it says in vain. */
export interface Reading {
  readonly scene: string;
  readonly shared: SharedRead;
  readonly values: ReadonlyMap<string, number | string>;
  readonly problems: readonly (() => string)[];
}

function onGrid(field: Field & { kind: "number" }, value: number): number {
  const steps = Math.round((Math.min(Math.max(value, field.from), field.to) - field.from) / field.step);
  const last = Math.floor((field.to - field.from) / field.step + 1e-9);
  return Number((field.from + Math.min(steps, last) * field.step).toPrecision(12));
}

function nearest(values: readonly number[], value: number): number {
  return values.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best));
}

/** The values of a slider for this field. */
export function gridOf(field: Field): readonly number[] {
  if (field.kind === "grid") return field.values;
  if (field.kind !== "number") return [];
  const steps = Math.floor((field.to - field.from) / field.step + 1e-9);
  return Array.from({ length: steps + 1 }, (_, k) => Number((field.from + k * field.step).toPrecision(12)));
}

/** A value that this field can have, or null. */
function accepted(field: Field, text: string): number | string | null {
  if (field.kind === "word") return field.words.includes(text) ? text : null;
  if (field.kind === "text")
    return text.length <= field.longest && (field.pattern?.test(text) ?? true) ? text : null;
  const value = /^-?\d{1,15}(\.\d{1,15})?(e-?\d{1,2})?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return null;
  return field.kind === "grid" ? nearest(field.values, value) : onGrid(field, value);
}

/** What is quoted in a sentence: short, and of visible characters. */
function quoted(text: string): string {
  const seen = text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
  return seen.length > 40 ? `${seen.slice(0, 40)}…` : seen;
}

function readShared(query: URLSearchParams, problems: (() => string)[]): SharedRead {
  const refuse = (key: string, value: string): void => {
    problems.push(() => t("address.value", { key, value: quoted(value) }));
  };
  const lang = query.get("lang"), theme = query.get("theme"), name = query.get("name");
  const language = lang !== null && isLanguage(lang) ? lang : null;
  if (lang !== null && language === null) refuse("lang", lang);
  const known = themes.find((one) => one === theme) ?? null;
  if (theme !== null && !known) refuse("theme", theme);
  const too_long = name !== null && name.length > longest_name;
  if (too_long) refuse("name", name);
  return { language, theme: known, name: too_long ? null : name?.trim() ?? null };
}

function readValues(scene: Scene, query: URLSearchParams, problems: (() => string)[]): Map<string, number | string> {
  const values = new Map<string, number | string>();
  for (const [key, text] of query) {
    if (shared_keys.includes(key)) continue;
    const field = scene.fields.find((one) => one.key === key);
    const value = field ? accepted(field, text) : null;
    if (value !== null) values.set(key, value);
    else if (problems.length < 5)
      problems.push(() => t(field ? "address.value" : "address.key", { key: quoted(key), value: quoted(text) }));
  }
  return values;
}

const nothing: SharedRead = { language: null, theme: null, name: null };

function refused(scene: string, sentence: () => string): Reading {
  return { scene, shared: nothing, values: new Map(), problems: [sentence] };
}

/** Reads what stands behind the # of an address. */
export function readAddress(hash: string, scenes: readonly Scene[]): Reading {
  const first = scenes[0]?.id ?? "";
  const text = hash.replace(/^#/, "");
  if (text === "") return { scene: first, shared: nothing, values: new Map(), problems: [] };
  if (text.length > longest_address) return refused(first, () => t("address.long", { most: longest_address }));
  const [, id, , query_text] = /^v1\/([a-z]+)(\?(.*))?$/s.exec(text) ?? [];
  const scene = scenes.find((one) => one.id === id);
  if (!scene) return refused(first, () => t("address.unknown"));
  const query = new URLSearchParams(query_text ?? "");
  const problems: (() => string)[] = [];
  const shared = readShared(query, problems);
  return { scene: scene.id, shared, values: readValues(scene, query, problems), problems };
}

/** The settings of one scene. */
export class SceneSettings implements Settings {
  private readonly values = new Map<string, number | string>();

  constructor(private readonly scene: Scene, private readonly onChange: () => void) {
    this.fill(new Map());
  }

  number(key: string): number {
    return Number(this.values.get(key));
  }

  text(key: string): string {
    return String(this.values.get(key) ?? "");
  }

  set(values: Readonly<Record<string, string | number>>): void {
    let moved = false;
    for (const key of Object.keys(values)) {
      const value = values[key] ?? "";
      moved ||= this.values.get(key) !== value;
      this.values.set(key, value);
    }
    if (moved) this.onChange();
  }

  reset(): void {
    this.fill(new Map());
    this.onChange();
  }

  /**
   * Takes these and the first values of all others but those to be kept, without telling anyone; true if that changes
   * something.
   */
  fill(values: ReadonlyMap<string, number | string>, kept: readonly string[] = []): boolean {
    let moved = false;
    for (const field of this.scene.fields) {
      if (kept.includes(field.key)) continue;
      const value = values.get(field.key) ?? field.initial;
      moved ||= this.values.get(field.key) !== value;
      this.values.set(field.key, value);
    }
    return moved;
  }

  /** What is not as it was at first; texts last. */
  moved(): [Field, string][] {
    const moved = this.scene.fields.filter((field) => this.values.get(field.key) !== field.initial)
      .map((field): [Field, string] => [field, String(this.values.get(field.key))]);
    return moved.sort(([a], [b]) => Number(a.kind === "text") - Number(b.kind === "text"));
  }
}

export interface Written {
  /** With the #. */
  readonly hash: string;
  /** Settings that found no room. */
  readonly left_out: readonly string[];
}

/** The address of these settings; what would make it longer than 2,000 characters is left out, and named. */
export function writeAddress(scene: string, shared: Shared, settings: SceneSettings): Written {
  const query = new URLSearchParams();
  if (shared.language) query.set("lang", shared.language);
  if (shared.theme !== "auto") query.set("theme", shared.theme);
  if (shared.name !== "") query.set("name", shared.name);
  const left_out: string[] = [];
  for (const [field, value] of settings.moved()) {
    const longer = new URLSearchParams(query);
    longer.set(field.key, value);
    if (`${version}/${scene}?${longer}`.length > longest_address) left_out.push(field.key);
    else query.set(field.key, value);
  }
  const text = query.toString();
  return { hash: `#${version}/${scene}${text === "" ? "" : `?${text}`}`, left_out };
}
