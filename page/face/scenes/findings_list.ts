/** The list: fifty findings, by place, of which the pupil picks those that seem to matter. */
import { button } from "../controls";
import { h, renew } from "../dom";
import type { Host } from "../scene";
import type { Tally } from "./cases";
import { candidatesOf, columnsOf, kindOf, kinds } from "./cases";
import { p } from "./parts";

export interface FindingsList {
  readonly element: HTMLElement;
  /** Numbers from the archive, once they are there; none before. */
  tell(tallies: readonly Tally[]): void;
  /** The boxes again, as the address says. */
  show(): void;
}

const startsWith = 10;

export const listOf = (host: Host): number[] => columnsOf(host.settings.text("list"), candidatesOf(host));

/** What the two bars of a finding are. */
function archiveLegend(host: Host): HTMLElement {
  return h("p", { class: "archive-legend" }, ...["sick", "healthy"].map((group) => h("span", { class: group },
    h("i", { "aria-hidden": "true" }), () => ` ${host.t(`radiologist.archive.${group}`)}`)));
}

/** Two bars a finding, for which there are numbers. */
function showBars(pairs: readonly HTMLElement[], tallies: readonly Tally[]): void {
  pairs.forEach((pair, column) => {
    const here = tallies[column];
    pair.hidden = !here;
    pair.style.setProperty("--sick", String(here?.sick ?? 0));
    pair.style.setProperty("--healthy", String(here?.healthy ?? 0));
  });
}

/** `note` stands above the findings. */
export function findingsList(host: Host, note: HTMLElement): FindingsList {
  const candidates = candidatesOf(host);
  const boxes: HTMLInputElement[] = [];
  const pairs: HTMLElement[] = [];
  let tallies: readonly Tally[] = [];
  const tally = (column: number): string => {
    const here = tallies[column];
    return here && host.settings.text("archive") === "on" ? host.t("radiologist.tally", {
      sick: host.percent(here.sick, 2), healthy: host.percent(here.healthy, 2) }) : "";
  };
  const pick = (): void => host.settings.set({
    list: boxes.flatMap((box, column) => box.checked ? [column] : []).join(",") });
  const bars = (column: number): HTMLElement => {
    const pair = h("span", { class: "pair", "aria-hidden": "true" }, h("i"), h("i"));
    pairs[column] = pair;
    return pair;
  };
  const line = (column: number): HTMLElement => {
    const box = h("input", { type: "checkbox", id: `finding-${column}`, onchange: pick });
    boxes[column] = box;
    return h("div", { class: "finding" }, box, h("label", { for: box.id },
      h("span", {}, () => host.t(`radiologist.kind.${kindOf(column)}`)), h("small", {}, () => tally(column)),
      bars(column)));
  };
  const place = (index: number): HTMLElement => {
    const name = h("p", { id: `place-${index}` }, () => `${index + 1} · ${host.t(`radiologist.place.${index}`)}`);
    return h("div", { class: "place-of-findings", role: "group", "aria-labelledby": name.id }, name,
      ...kinds.map((_, kind) => line(index * kinds.length + kind)));
  };
  /** The ten that stand out most among the sick, for whom alone findings speak: a good start, and no more than that. */
  const standOut = (): void => {
    const apart = tallies.map(({ sick, healthy }, column) => ({ column, by: sick - healthy }));
    const most = apart.sort((a, b) => b.by - a.by).slice(0, startsWith).map(({ column }) => column);
    host.settings.set({ archive: "on", list: most.sort((a, b) => a - b).join(",") });
  };
  const start = button(() => host.t("radiologist.list.stand_out"), standOut);
  start.disabled = true;
  const count = h("p", { "aria-live": "polite" }, () => host.t("radiologist.list.count", {
    count: host.number(listOf(host).length), of: host.number(candidates) }));
  const places = Array.from({ length: Math.ceil(candidates / kinds.length) }, (_, index) => place(index));
  const legend = archiveLegend(host);
  const element = host.panel(() => host.t("radiologist.list.title"), {}, p(() => host.t("radiologist.list.lead")), note,
    host.toggle("archive", { label: () => host.t("radiologist.archive"),
      help: () => host.t("radiologist.archive.help") }), legend,
    h("div", { class: "places-of-findings" }, ...places), h("div", { class: "row" }, count, start,
      button(() => host.t("radiologist.list.clear"), () => host.settings.set({ list: "" }))));
  const show = (): void => {
    const chosen = new Set(listOf(host));
    boxes.forEach((box, column) => { box.checked = chosen.has(column); });
    const closed = host.settings.text("archive") !== "on";
    legend.hidden = closed;
    showBars(pairs, closed ? [] : tallies);
    renew(element);
  };
  return { element, show, tell: (now) => { tallies = now; start.disabled = now.length === 0; show(); } };
}
