/** The word that draws the patients: what it is, where it is typed, and that they are others when it is another one. */
import { button } from "../controls";
import type { Child } from "../dom";
import { h, renew } from "../dom";
import type { Host } from "../scene";
import { p } from "./parts";

export function wordOf(host: Host): string {
  const word = host.seedName();
  return word ? host.t("part.quoted", { text: word }) : host.t("radiologist.class.no_word");
}

/** To the field at the foot of the page. */
export function typeWord(host: Host): HTMLElement {
  return button(() => host.t("radiologist.word.type"), () => host.askName());
}

/** Says so, beside whatever is now about other patients. */
export function changedNote(host: Host): HTMLElement {
  return h("p", { class: "stale-note", role: "status", hidden: true }, () => host.t("radiologist.word.changed"));
}

/** What stands above the films; `show` shows the notes once there are other patients. */
export function classWord(host: Host, notes: readonly HTMLElement[]): { parts: Child[]; show(others: boolean): void } {
  const said = p(() => host.t("radiologist.word", { word: wordOf(host) }), "help");
  const show = (others: boolean): void => {
    renew(said);
    for (const note of notes) note.hidden = !others;
  };
  return { parts: [said, h("div", { class: "row" }, typeWord(host))], show };
}
