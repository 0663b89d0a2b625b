/** What several scenes need: findings looked up, intervals in words, the world of a study, tables, files. */
import type { Chart } from "../charts";
import { button } from "../controls";
import type { Child, Text } from "../dom";
import { h } from "../dom";
import { png, save } from "../exports";
import type { Finding, Interval, Judged } from "../protocol";
import type { Host } from "../scene";
import { alike } from "../text";

/** What tells one claim of a study from another. */
export interface Sought {
  readonly arm: string;
  readonly law: string;
  readonly against?: string;
  readonly cell?: number;
}

export function findingOf(judged: Judged, sought: Sought): Finding | null {
  return judged.findings.find((finding) =>
    finding.arm === sought.arm && finding.law === sought.law &&
    (finding.against?.arm ?? "") === (sought.against ?? "") &&
    (sought.cell === undefined || finding.cell === sought.cell)) ?? null;
}

/** "0.31 (0.28 to 0.34)", as far as it is known; "unknown" where nothing is. */
export function inWords(host: Host, value: Interval, write?: (x: number) => string): string {
  const known = [value.estimate, value.low, value.high].filter((one) => one !== null);
  const texts = write ? known.map(write) : alike(known);
  const text = (one: number | null): string => texts[known.indexOf(one ?? Number.NaN)] ?? "";
  const { estimate, low, high } = { estimate: text(value.estimate), low: text(value.low), high: text(value.high) };
  if (value.estimate === null) return host.t("part.unknown");
  if (low !== "" && high !== "") return host.t("part.between", { estimate, low, high });
  if (low !== "") return host.t("part.from", { estimate, low });
  return high !== "" ? host.t("part.up_to", { estimate, high }) : estimate;
}

export function p(text: Text, look = ""): HTMLElement {
  return h("p", look ? { class: look } : {}, text);
}

/** The options of [world] in a study's text, but for its kind. */
export function worldOf(study: string): [string, string][] {
  const section = /^\[world\]\n((?:(?!\[).*\n?)*)/m.exec(study)?.[1] ?? "";
  const pairs: [string, string][] = [];
  for (const line of section.split("\n")) {
    const [, key, value] = /^(\w+)\s*=\s*"?([^"#]*?)"?\s*(?:#.*)?$/.exec(line) ?? [];
    if (key && value !== undefined && key !== "kind") pairs.push([key, value]);
  }
  return pairs;
}

export function optionOf(world: readonly (readonly [string, string])[], key: string): number {
  return Number(world.find(([name]) => name === key)?.[1] ?? Number.NaN);
}

/** A column of a table: its heading, and what stands in it. */
export interface Column<T> {
  readonly heading: Text;
  readonly cell: (row: T) => Child;
  readonly number?: boolean;
}

/** A table whose first column names its rows. It scrolls by itself where the screen is narrow. */
export function table<T>(caption: Text, columns: readonly Column<T>[], rows: readonly T[]): HTMLElement {
  const look = (column: Column<T>): { class: string } => ({ class: column.number ? "number" : "" });
  const head = h("tr", {}, ...columns.map((column) => h("th", { scope: "col", ...look(column) }, column.heading)));
  const body = rows.map((row) => h("tr", {}, ...columns.map((column, index) =>
    index === 0 ? h("th", { scope: "row" }, column.cell(row)) : h("td", look(column), column.cell(row)))));
  return h("div", { class: "table", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", {}, caption), h("thead", {}, head), h("tbody", {}, ...body)));
}

/** A field of CSV: quoted where it must be, and never taken for a formula by a spreadsheet. */
function csvField(value: string | number): string {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvField).join(",")}\n`).join("");
}

/** Buttons for the pictures of a scene without a study: the n-th is NAME_n.svg and NAME_n.png. */
export function pictureButtons(host: Host, name: string, charts: readonly Chart[]): HTMLElement[] {
  const give = async (kind: "svg" | "png"): Promise<void> => {
    for (const [index, one] of charts.entries()) {
      const drawn = one.svg();
      if (drawn === null) continue;
      const file = `${name}_${index + 1}.${kind}`;
      if (kind === "svg") save(file, drawn, "image/svg+xml");
      else save(file, await png(drawn), "image/png");
    }
  };
  return (["png", "svg"] as const).map((kind) => button(kind.toUpperCase(), () => {
    give(kind).catch(() => host.notice(() => host.t("part.no_picture")));
  }));
}

/** What was asked last is what is shown: answers to earlier questions are dropped. */
export function latest<T>(show: (value: T) => void, fail: (reason: unknown) => void): (asked: Promise<T>) => void {
  let newest = 0;
  return (asked) => {
    newest += 1;
    const mine = newest;
    asked.then((value) => { if (mine === newest) show(value); },
               (reason: unknown) => { if (mine === newest) fail(reason); });
  };
}
