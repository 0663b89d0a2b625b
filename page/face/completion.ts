/** What may stand at a place of a study file: keys, and words of options, from the program's catalogue and schema. */
import type { About, Catalogued, Option, Schema } from "./protocol";

export interface Suggestion {
  /** What is written in place of `typed`. */
  readonly text: string;
  readonly help: string;
}

export interface Completion {
  /** Characters before the caret that the suggestion replaces. */
  readonly typed: string;
  readonly suggestions: readonly Suggestion[];
}

const most = 12;
const nothing: Completion = { typed: "", suggestions: [] };

/** The table that a line stands in, and the lines of it. */
interface Block {
  /** "", "world", "arm", "claim", ... */
  readonly table: string;
  readonly lines: readonly string[];
}

function blockAt(lines: readonly string[], at: number): Block {
  const is_header = (line: string | undefined): boolean => /^\s*\[/.test(line ?? "");
  let first = at;
  while (first >= 0 && !is_header(lines[first])) first -= 1;
  let last = at + 1;
  while (last < lines.length && !is_header(lines[last])) last += 1;
  const table = first < 0 ? "" : /^\s*\[+\s*([\w.]+)/.exec(lines[first] ?? "")?.[1] ?? "";
  return { table, lines: lines.slice(first + 1, last) };
}

function valueOf(block: Block, key: string): string | null {
  for (const line of block.lines) {
    const [, name, value] = /^\s*(\w+)\s*=\s*"?([^"#]*)/.exec(line) ?? [];
    if (name === key && value !== undefined) return value.trim();
  }
  return null;
}

function resolved(schema: Schema, root: Schema): Schema {
  const name = /^#\/\$defs\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  const found = name === undefined ? undefined : root.$defs?.[name];
  return found ? resolved(found, root) : schema;
}

/** All properties that an object may have, in whichever of its forms. */
function propertiesOf(schema: Schema, root: Schema, depth = 0): Map<string, Schema> {
  const here = resolved(schema, root);
  const found = new Map(Object.entries(here.properties ?? {}));
  if (depth > 4) return found;
  const forms = [...(here.anyOf ?? []), ...(here.oneOf ?? []), ...(here.allOf ?? []),
                 ...(here.items ? [here.items] : [])];
  for (const form of forms)
    for (const [key, value] of propertiesOf(form, root, depth + 1)) if (!found.has(key)) found.set(key, value);
  return found;
}

function wordsOf(schema: Schema, root: Schema, depth = 0): string[] {
  const here = resolved(schema, root);
  const own = [...(here.enum ?? []), ...(here.const === undefined ? [] : [here.const])].map(String);
  if (depth > 4) return own;
  const forms = [...(here.anyOf ?? []), ...(here.oneOf ?? []), ...(here.items ? [here.items] : [])];
  return [...new Set([...own, ...forms.flatMap((form) => wordsOf(form, root, depth + 1))])];
}

function optionsOf(entries: readonly Catalogued[], name: string | null): readonly Option[] {
  return entries.find((entry) => entry.name === name)?.options ?? [];
}

/** Completes studies; made once of what the engine tells about itself. */
export class Completer {
  private readonly top: Map<string, Schema>;

  constructor(private readonly about: About) {
    this.top = propertiesOf(about.schema, about.schema);
  }

  at(text: string, caret: number): Completion {
    const lines = text.slice(0, caret).split("\n");
    const before = lines[lines.length - 1] ?? "";
    if (/^\s*#/.test(before)) return nothing;
    const block = blockAt(text.split("\n"), lines.length - 1);
    const header = /^\s*\[+\s*(\w*)$/.exec(before);
    if (header) return this.chosen(header[1] ?? "", this.tables());
    const key = /^\s*(\w*)$/.exec(before);
    if (key) return this.chosen(key[1] ?? "", this.keys(block));
    const value = /^\s*(\w+)\s*=\s*\[?\s*("?[\w]*)$/.exec(before);
    return value ? this.chosen(value[2] ?? "", this.values(block, value[1] ?? "")) : nothing;
  }

  private chosen(typed: string, all: readonly Suggestion[]): Completion {
    const stem = typed.replace(/^"/, "");
    const bare = (text: string): string => text.replace(/^"/, "");
    const fitting = all.filter(({ text }) => bare(text).startsWith(stem) && text !== typed);
    return { typed, suggestions: fitting.slice(0, most) };
  }

  private tables(): Suggestion[] {
    const lists = new Set(["arm", "claim", "theory", "case", "target"]);
    return ["world", "arm", "claim", "theory", "causes", "effort", "case", "target"].map((name) => ({
      text: lists.has(name) ? `${name}]]` : `${name}]`, help: this.top.get(name)?.description ?? "",
    }));
  }

  private options(block: Block): readonly Option[] {
    if (block.table === "world") return optionsOf(this.about.worlds, valueOf(block, "kind"));
    return block.table === "arm" ? optionsOf(this.about.models, valueOf(block, "model")) : [];
  }

  private schemas(block: Block): Map<string, Schema> {
    if (block.table === "") return this.top;
    const table = this.top.get(block.table);
    return table && block.table !== "world" ? propertiesOf(table, this.about.schema) : new Map();
  }

  private keys(block: Block): Suggestion[] {
    const options = this.options(block).map((option) => ({ text: `${option.name} = `, help: option.help }));
    const first = block.table === "world" ? [{ text: "kind = ", help: "" }] : [];
    const general = [...this.schemas(block)].filter(() => block.table !== "arm" || options.length === 0)
      .map(([name, schema]) => ({ text: `${name} = `, help: schema.description ?? "" }));
    const of_arm = block.table === "arm"
      ? ["name", "model", "expert", "replicates"].map((name) => ({ text: `${name} = `, help: "" })) : [];
    const all = [...first, ...of_arm, ...options, ...general];
    return all.filter(({ text }, index) => all.findIndex((other) => other.text === text) === index &&
      valueOf(block, text.slice(0, -3)) === null);
  }

  private values(block: Block, key: string): Suggestion[] {
    const quote = (word: string, help = ""): Suggestion => ({ text: `"${word}"`, help });
    if (block.table === "world" && key === "kind") return this.about.worlds.map((one) => quote(one.name, one.summary));
    if (block.table === "arm" && key === "model") return this.about.models.map((one) => quote(one.name, one.summary));
    const option = this.options(block).find((one) => one.name === key);
    if (option) return (option.words ?? []).map((word) => quote(word));
    const schema = this.schemas(block).get(key);
    return schema ? wordsOf(schema, this.about.schema).map((word) => quote(word)) : [];
  }
}
