/** Whether who looks at everything gets ahead of who was told what matters: findings and their verdicts decide. */
import type { Finding, Judged } from "../protocol";
import type { Host } from "../scene";
import { findingOf, inWords } from "./parts";

/** People are counted whole. */
export const people = (host: Host) => (count: number): string => host.number(Math.round(count));

/**
 * "at": ahead with the most observations, and where it gets ahead has an interval. "ahead": with the most and with the
 * fewest. "by": with the most; from where on is not known. "never": behind with the most. "undecided": this run cannot
 * tell.
 */
export type Overtaking = "at" | "ahead" | "by" | "never" | "undecided";

export interface Overtaken {
  readonly how: Overtaking;
  readonly crossing: Finding | null;
  readonly multiple: Finding | null;
  readonly late: Finding | null;
  readonly early: Finding | null;
}

function isWithin(crossing: Finding | null, sizes: readonly number[]): boolean {
  return crossing !== null && crossing.estimate !== null && crossing.low !== null && crossing.high !== null &&
    Math.min(...sizes) <= crossing.estimate && crossing.estimate <= Math.max(...sizes);
}

/** How `rival` fares against `other` in a cell of a study of these sizes. */
export function overtaken(judged: Judged, rival: string, other: string, sizes: readonly number[],
                          cell?: number): Overtaken {
  const of = (arm: string, law: string, against: string): Finding | null =>
    findingOf(judged, { arm, law, against, ...(cell === undefined ? {} : { cell }) });
  const crossing = of(rival, "crossing", other), multiple = of(rival, "compute_multiple", other);
  const late = of(rival, "error_multiple", other), early = of(other, "error_multiple", rival);
  const how = (): Overtaking => {
    if (late?.verdict === "rejected") return "never";
    if (late?.verdict !== "supported") return "undecided";
    if (isWithin(crossing, sizes)) return "at";
    return early?.verdict === "rejected" ? "ahead" : "by";
  };
  return { how: how(), crossing, multiple, late, early };
}

/** The sentence about one rival; `most` is the largest number of patients. */
export function sentenceOf(host: Host, rival: string, found: Overtaken, most: number): string {
  const at = found.crossing ? inWords(host, found.crossing, people(host)) : "";
  const sentence = host.t(`radiologist.${rival}.${found.how}`, { at, most: host.number(most) });
  if (found.how !== "at" || !found.multiple || found.multiple.estimate === null) return sentence;
  return `${sentence} ${host.t("radiologist.cost", { multiple: inWords(host, found.multiple) })}`;
}

/** Answers to "from how many on", in order, by where they begin; null for never. */
export type Guesses = ReadonlyMap<string, number | null>;

/** The answers that the run leaves possible; all of them where it cannot tell. */
function possible(begins: Guesses, found: Overtaken): string[] {
  const guesses = [...begins.keys()];
  if (found.how === "never") return guesses.filter((guess) => begins.get(guess) === null);
  if (found.how === "ahead") return guesses.filter((guess) => begins.get(guess) === 0);
  if (found.how === "by") return guesses.filter((guess) => begins.get(guess) !== null);
  const { low, high } = found.crossing ?? { low: null, high: null };
  if (found.how === "undecided" || low === null || high === null) return guesses;
  const ends = (at: number): number => [...begins.values()].find((begin) => begin !== null && begin > at) ?? Infinity;
  return guesses.filter((guess) => {
    const from = begins.get(guess) ?? null;
    return from !== null && from <= high && low < ends(from);
  });
}

/** Whether what was predicted came out, by the interval of the finding. */
export function outcome(host: Host, guess: string, begins: Guesses, found: Overtaken,
                        name: (guess: string) => string): string {
  const left = possible(begins, found);
  const how = left.length === begins.size ? "unknown" :
    !left.includes(guess) ? "wrong" : left.length === 1 ? "right" : "possible";
  return host.t(`part.guessed.${how}`, { found: left.map((one) => host.t("part.quoted", { text: name(one) }))
    .reduce((a, b) => host.t("part.or", { a, b })) });
}
