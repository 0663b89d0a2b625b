/** The price of not knowing: what was found in room 1, in sentences that findings and their verdicts choose. */
import { h } from "../dom";
import type { Finding } from "../protocol";
import type { Host, Shown } from "../scene";
import type { Overtaken } from "./overtaking";
import { overtaken } from "./overtaking";

/** What a sentence rests on. */
function groundsOf({ how, crossing, multiple, late, early }: Overtaken): Finding[] {
  const grounds = how === "at" ? [crossing, multiple?.estimate === null ? null : multiple] :
    how === "ahead" ? [early, late] : [late];
  return grounds.filter((finding) => finding !== null);
}

/** Where the expert knows all there is nothing to overtake. */
export function priceElements(host: Host, shown: Shown, all_known: boolean,
                              nameOf: (arm: string) => string): HTMLElement[] {
  const most = Math.max(...shown.checked.sizes);
  const finding = (one: Finding): HTMLElement => host.finding(one, shown, nameOf);
  const sentence = (text: () => string): HTMLElement => h("p", { class: "sentence conclusion" }, text);
  const rivals = ["regularised", "flexible"].flatMap((rival) => {
    const found = overtaken(shown.judged, rival, "expert", shown.checked.sizes);
    const values = { rival: nameOf(rival), expert: nameOf("expert"), most: host.number(most, 4) };
    return [sentence(() => host.t(`figure.rival.${found.how}`, values)), ...groundsOf(found).map(finding)];
  });
  const { findings } = shown.judged;
  const price = findings.filter((one) => one.arm === "expert" && one.against?.arm === "oracle");
  const rate = findings.filter((one) => one.arm === "oracle");
  if (all_known) return [sentence(() => host.t("figure.all_known")), ...rate.map(finding)];
  return [...price.map(finding), ...rivals, ...rate.map(finding)];
}
