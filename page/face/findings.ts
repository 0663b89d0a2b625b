/** Findings as sentences: whatever the estimate, the interval and the verdict are, the sentence is true. */
import type { Text } from "./dom";
import { h } from "./dom";
import type { Finding, Interval, Verdict } from "./protocol";
import type { Shown, Values } from "./scene";
import { alike, has, number, t } from "./text";

/** "(95 % interval: 3.9 to 4.2)", as far as its ends are known. */
function intervalText({ low, high }: Interval, confidence: number, write: (values: number[]) => string[]): string {
  const level = number(100 * confidence, 2);
  const from = low !== null && Number.isFinite(low), to = high !== null && Number.isFinite(high);
  const [first = "", second = ""] = write([...from ? [low] : [], ...to ? [high] : []]);
  if (from && to) return t("interval.both", { level, low: first, high: second });
  if (from) return t("interval.from", { level, low: first });
  return to ? t("interval.to", { level, high: first }) : t("interval.none", { level });
}

const laws = new Map([
  ["data_exponent", "data"], ["compute_exponent", "computing"], ["frontier_exponent", "computing"],
  ["isoflop_exponent", "computing"], ["collapse_exponent", "computing"], ["two_causes_exponent", "computing"],
  ["plateau", "plateau"], ["crossing", "crossing"], ["compute_multiple", "multiple"],
  ["error_multiple", "error_multiple"],
]);

/**
 * JSON has no infinity: the engine writes null for it, as for what is not known, but has words for it alone. An
 * exponent that may have no end, but is known to be so large at least, is no "never".
 */
function key(finding: Finding): string {
  const law = laws.get(finding.law) ?? "plateau";
  if (finding.estimate !== null) return `finding.${law}`;
  if (finding.in_words === "") return "finding.unknown";
  return finding.low !== null && ["data", "computing"].includes(law) ? `finding.${law}.open` : `finding.${law}.never`;
}

/** Laws that the page has no sentence for are told as the engine tells them. */
function sentence(finding: Finding, told: Values): string {
  const own = laws.has(finding.law) && finding.over !== "total";
  return own || finding.in_words === "" ? t(key(finding), told) : finding.in_words;
}

/** How many times smaller the error of k times better is: k is one over its root, or one over itself. */
export function timesSmaller(shown: Shown): string {
  return shown.checked.performance === "root" ? "k²" : "k";
}

/** The arm of a claim, or whichever of several is best. */
function subjectOf(finding: Finding, nameOf: (arm: string) => string): string {
  if (finding.with.length === 0) return nameOf(finding.arm);
  return t("finding.best_of", { arms: [finding.arm, ...finding.with].map(nameOf).join(t("part.comma")) });
}

/** "With 400 patients or more": the sizes that a claim is about. */
function sizesText(finding: Finding, observations: string): string {
  const from = finding.from > 0, to = finding.to > 0 && Number.isFinite(finding.to);
  const ends = from && to ? "between" : from ? "from" : to ? "to" : "all";
  return t(`finding.sizes.${ends}`, { from: number(finding.from, 4), to: number(finding.to, 4), observations });
}

/** Numbers of observations are whole. */
function written(finding: Finding): (value: number) => string {
  return finding.law === "crossing" ? (value) => number(Math.round(value)) : (value) => number(value);
}

/**
 * What never happens by the fitted laws is said of the sizes that were run alone: an end of the interval that lies
 * beyond the largest of them is a guess, and "more than the largest" is what is known.
 */
function intervalOf(finding: Finding, largest: number): string {
  const { law, estimate, low, high, confidence } = finding;
  const write = written(finding);
  if (law === "crossing" && estimate === null && low !== null && low > largest)
    return t("interval.above", { level: number(100 * confidence, 2), low: write(largest) });
  return intervalText({ estimate, low, high }, confidence, law === "crossing" ? (ends) => ends.map(write) : alike);
}

function values(finding: Finding, shown: Shown, nameOf: (arm: string) => string): Values {
  const { against } = finding;
  const largest = Math.max(...shown.checked.sizes);
  const other = against === null ? "" : nameOf(against.arm);
  const observations = observationsWord(shown.checked.observations);
  return {
    arm: subjectOf(finding, nameOf), estimate: written(finding)(finding.estimate ?? Number.NaN), observations,
    most: number(largest, 4), smaller: timesSmaller(shown), low: number(finding.low ?? Number.NaN),
    sizes: sizesText(finding, observations),
    other: against?.n ? t("finding.with", { arm: other, n: number(against.n), observations }) : other,
    interval: intervalOf(finding, largest),
  };
}

/** "patients" in the present language, where it is a word that the page knows. */
export function observationsWord(word: string): string {
  const text = t(`word.${word}`);
  return text.startsWith("word.") ? word : text;
}

/** The same as the name of an axis. */
export function observationsAxis(word: string): string {
  return has(`word.${word}.axis`) ? t(`word.${word}.axis`) : word;
}

/** What was claimed of the number: "claimed: 1.7 to 2.3". */
function claimText(finding: Finding): string {
  const { expect, at_least, at_most, margin } = finding;
  if (typeof at_least === "number") return t("claim.at_least", { value: number(at_least - (margin ?? 0)) });
  if (typeof at_most === "number") return t("claim.at_most", { value: number(at_most + (margin ?? 0)) });
  if (typeof expect !== "number") return t("claim.never");
  return t("claim.between", { low: number(expect - (margin ?? 0)), high: number(expect + (margin ?? 0)) });
}

const marks: Record<Verdict, string> = { supported: "✓", rejected: "✗", not_identified: "?" };

/** A verdict, after whatever it is of. */
export function verdictWords(verdict: Verdict, of: Text = ""): HTMLElement {
  return h("span", { class: `verdict ${verdict}` }, of, " ",
    h("b", {}, h("span", { "aria-hidden": "true" }, `${marks[verdict]} `), () => t(`verdict.${verdict}`)));
}

/** A crossing that lies beyond all sizes is told as what it is: an extrapolation. */
function isBeyond(finding: Finding, shown: Shown): boolean {
  const largest = Math.max(...shown.checked.sizes);
  return finding.law === "crossing" && finding.estimate !== null && finding.estimate > largest;
}

/** What the program itself says, in the only language that it has. */
export function programsWords(reason: string): HTMLElement {
  return h("details", { class: "help" }, h("summary", {}, () => t("finding.reason")), h("p", { lang: "en" }, reason));
}

/** One finding as a sentence, with the claim and its verdict; where nothing is known, with the program's reason. */
export function findingElement(finding: Finding, shown: Shown, nameOf: (arm: string) => string): HTMLElement {
  const reason = finding.estimate === null && finding.reason !== "" ? finding.reason : null;
  return h("div", { class: "sentence" }, () => sentence(finding, values(finding, shown, nameOf)),
    isBeyond(finding, shown) ? () => ` ${t("finding.beyond")}` : null, " ", verdictWords(finding.verdict, () => claimText(finding)),
    reason === null ? null : programsWords(reason));
}
