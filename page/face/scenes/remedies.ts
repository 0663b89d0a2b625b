/** What remedies do to exponent and cost, as a table: the program's `[remedies]`. */
import { h } from "../dom";
import { programsWords, verdictWords } from "../findings";
import type { Interval, RemediesFinding, RemedyCosts, Verdict } from "../protocol";
import type { Host } from "../scene";
import { alike, number } from "../text";
import type { Column } from "./parts";
import { table } from "./parts";

/** One arm; the first of the table is that without any remedy, of which nothing is judged. */
interface Line {
  readonly arm: string;
  readonly exponent: Interval;
  readonly costs: RemedyCosts;
  readonly effects: { readonly exponent: string; readonly training: string } | null;
}

function withoutEnds(estimate: number | null): string {
  return estimate === null ? "\u2013" : number(estimate);
}

/** "0.52 [0.4, 0.6]"; an end that is not known is no number. */
function withEnds({ estimate, low, high }: Interval): string {
  if (estimate === null) return withoutEnds(null);
  const [first = "", second = ""] = alike([low ?? Number.NaN, high ?? Number.NaN]);
  return `${number(estimate)} [${low === null ? "?" : first}, ${high === null ? "?" : second}]`;
}

function effect(verdict: Verdict, words: { readonly supported: string; readonly rejected: string }): string {
  return verdict === "not_identified" ? "open" : words[verdict];
}

function linesOf(found: RemediesFinding): Line[] {
  const own: Line = { arm: found.against, exponent: found.exponent, costs: found.costs, effects: null };
  return [own, ...found.remedies.map((remedy): Line => {
    const dearer = (remedy.multiples.training.low ?? 0) > 1, lower = (remedy.exponent_ratio.estimate ?? 1) < 1;
    return { arm: remedy.arm, exponent: remedy.exponent, costs: remedy.multiples, effects: {
      exponent: effect(remedy.leaves_exponent.verdict, { supported: "same", rejected: lower ? "lower" : "higher" }),
      training: effect(remedy.muted.verdict, { supported: dearer ? "dearer" : "muted", rejected: "cheaper" }) } };
  })];
}

export function remediesElement(host: Host, found: RemediesFinding, nameOf: (arm: string) => string): HTMLElement {
  const word = (key: string): string => host.t(`remedies.${key}`);
  const judged = (value: Interval, effect?: string): HTMLElement => h("div", {},
    h("span", { class: "ends" }, () => withEnds(value)),
    effect === undefined ? null : h("div", {}, () => word(effect)));
  const uses = found.costs.totals.map((total, index): Column<Line> => ({ number: true,
    heading: () => host.t("remedies.total", { uses: number(total.uses) }),
    cell: ({ costs }) => () => withoutEnds(costs.totals[index]?.estimate ?? null) }));
  const columns: Column<Line>[] = [
    { heading: () => word("arm"), cell: ({ arm }) => nameOf(arm) },
    { heading: () => word("exponent"), cell: (line) => judged(line.exponent, line.effects?.exponent) },
    { heading: () => word("training"), cell: (line) => judged(line.costs.training, line.effects?.training) },
    { heading: () => word("running"), cell: ({ costs }) => judged(costs.running) }, ...uses];
  const values = { against: nameOf(found.against), error: number(found.at_error), saving: number(found.saving),
                   level: number(100 * found.confidence) };
  return h("section", { class: "remedies" }, h("h2", {}, () => host.t("remedies.heading", values)),
    h("p", { class: "help" }, () => host.t("remedies.what", values)),
    table(() => host.t("remedies.caption", values), columns, linesOf(found)),
    h("div", { class: "sentence" }, () => host.t("remedies.muted_all", values), " ", verdictWords(found.muted.verdict),
      programsWords(found.muted.reason)));
}
