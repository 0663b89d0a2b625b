/** Whether a model that looks at everything overtakes a list, in a sentence that findings and their verdicts choose. */
import type { Finding, Judged } from "../protocol";
import type { Host } from "../scene";
import { findingOf, inWords } from "./parts";

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
  const at = found.crossing ? inWords(host, found.crossing) : "";
  const sentence = host.t(`radiologist.${rival}.${found.how}`, { at, most: host.number(most) });
  if (found.how !== "at" || !found.multiple || found.multiple.estimate === null) return sentence;
  return `${sentence} ${host.t("radiologist.cost", { multiple: inWords(host, found.multiple) })}`;
}
