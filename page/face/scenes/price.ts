/** The price of not knowing: what was found in room 1, in sentences that findings and their verdicts choose. */
import { h } from "../dom";
import type { Finding, Judged } from "../protocol";
import type { Host, Shown } from "../scene";
import { findingOf } from "./parts";

/**
 * "at": where it gets ahead has an interval. "by": ahead with the most observations, from wherever. "never": behind
 * with the most. "ahead": ahead with the fewest. "undecided": the run cannot tell.
 */
type Overtaking = "at" | "by" | "never" | "ahead" | "undecided";

interface Rival {
  readonly how: Overtaking;
  /** What the sentence rests on. */
  readonly grounds: readonly Finding[];
}

function isKnown(finding: Finding | null, most: number): finding is Finding {
  return finding !== null && finding.estimate !== null && finding.estimate <= most && finding.low !== null &&
    finding.high !== null;
}

/** Whether `rival` gets ahead of the expert, who stays where he is. */
function rivalOf(judged: Judged, rival: string, most: number): Rival {
  const of = (arm: string, law: string, against: string): Finding | null => findingOf(judged, { arm, law, against });
  const crossing = of(rival, "crossing", "expert"), multiple = of(rival, "compute_multiple", "expert");
  const late = of(rival, "error_multiple", "expert"), early = of("expert", "error_multiple", rival);
  const found = (how: Overtaking, ...grounds: (Finding | null)[]): Rival =>
    ({ how, grounds: grounds.filter((finding) => finding !== null) });
  if (late?.verdict === "rejected") return found("never", late);
  if (early?.verdict === "rejected") return found("ahead", early, late);
  if (late?.verdict !== "supported") return found("undecided", late);
  if (!isKnown(crossing, most)) return found("by", late);
  return found("at", crossing, multiple?.estimate === null ? null : multiple);
}

/** Where the expert knows all there is nothing to overtake. */
export function priceElements(host: Host, shown: Shown, all_known: boolean,
                              nameOf: (arm: string) => string): HTMLElement[] {
  const most = Math.max(...shown.checked.sizes);
  const finding = (one: Finding): HTMLElement => host.finding(one, shown, nameOf);
  const sentence = (text: () => string): HTMLElement => h("p", { class: "sentence conclusion" }, text);
  const rivals = ["regularised", "flexible"].flatMap((rival) => {
    const { how, grounds } = rivalOf(shown.judged, rival, most);
    const values = { rival: nameOf(rival), expert: nameOf("expert"), most: host.number(most, 4) };
    return [sentence(() => host.t(`figure.rival.${how}`, values)), ...grounds.map(finding)];
  });
  const { findings } = shown.judged;
  const price = findings.filter((one) => one.arm === "expert" && one.against?.arm === "oracle");
  const rate = findings.filter((one) => one.arm === "oracle");
  if (all_known) return [sentence(() => host.t("figure.all_known")), ...rate.map(finding)];
  return [...price.map(finding), ...rivals, ...rate.map(finding)];
}
