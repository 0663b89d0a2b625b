/** Whether a model that looks at everything overtakes a list, in a sentence that findings and their verdicts choose. */
import type { Finding, Judged } from "../protocol";
import type { Host } from "../scene";
import { findingOf, inWords } from "./parts";

/** People are counted whole. */
export const people = (host: Host) => (count: number): string => host.number(Math.round(count));

/**
 * "at": ahead with the most patients, and where it gets ahead has an interval. "never": still behind with the most.
 * "ahead": ahead already with the fewest. "undecided": the design cannot tell.
 */
export type Overtaking = "at" | "never" | "ahead" | "undecided";

export interface Overtaken {
  readonly how: Overtaking;
  readonly crossing: Finding | null;
  readonly multiple: Finding | null;
}

export function overtaken(judged: Judged, rival: string, list: string, cell?: number): Overtaken {
  const where = cell === undefined ? {} : { cell };
  const crossing = findingOf(judged, { arm: rival, law: "crossing", against: list, ...where });
  const multiple = findingOf(judged, { arm: rival, law: "compute_multiple", against: list, ...where });
  const late = findingOf(judged, { arm: rival, law: "error_multiple", against: list, ...where });
  const early = findingOf(judged, { arm: list, law: "error_multiple", against: rival, ...where });
  const how = (): Overtaking => {
    if (late?.verdict === "rejected") return "never";
    if (early?.verdict === "rejected") return "ahead";
    const known = crossing !== null && crossing.estimate !== null && crossing.low !== null && crossing.high !== null;
    return late?.verdict === "supported" && known ? "at" : "undecided";
  };
  return { how: how(), crossing, multiple };
}

/** The sentence about one rival; `most` is the largest number of patients. */
export function sentenceOf(host: Host, rival: string, found: Overtaken, most: number): string {
  const at = found.crossing ? inWords(host, found.crossing, people(host)) : "";
  const sentence = host.t(`radiologist.${rival}.${found.how}`, { at, most: host.number(most) });
  if (found.how !== "at" || !found.multiple || found.multiple.estimate === null) return sentence;
  return `${sentence} ${host.t("radiologist.cost", { multiple: inWords(host, found.multiple) })}`;
}

/** Answers to "from how many patients on", by where they begin; null for never. */
const begins = new Map<string, number | null>([["early", 0], ["middle", 100], ["late", 1000], ["never", null]]);
export const guesses = [...begins.keys()];

/** The answers that the run leaves possible; all of them where it cannot tell. */
function possible(found: Overtaken): string[] {
  if (found.how === "never") return ["never"];
  if (found.how === "ahead") return ["early"];
  const { low, high } = found.crossing ?? { low: null, high: null };
  if (found.how === "undecided" || low === null || high === null) return guesses;
  const ends = (at: number): number => [...begins.values()].find((begin) => begin !== null && begin > at) ?? Infinity;
  return guesses.filter((guess) => {
    const from = begins.get(guess) ?? null;
    return from !== null && from <= high && low < ends(from);
  });
}

/** What was predicted of the lasso, beside what came out. */
export function comparedWith(host: Host, guess: string, found: Overtaken): string {
  const name = (one: string): string => host.t(`radiologist.guess.${one}`);
  const left = possible(found);
  const how = left.length === guesses.length ? "unknown" :
    !left.includes(guess) ? "wrong" : left.length === 1 ? "right" : "possible";
  return `${host.t("part.you_said", { guess: name(guess) })} ${host.t(`radiologist.guessed.${how}`,
    { found: left.map(name).reduce((a, b) => host.t("part.or", { a, b })) })}`;
}
