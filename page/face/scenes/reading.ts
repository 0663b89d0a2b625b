/** The reading room: one film after another, sick or healthy, and then the truth. */
import { button } from "../controls";
import type { Child } from "../dom";
import { fill, h } from "../dom";
import type { Patient } from "../protocol";
import type { Host } from "../scene";
import type { Cases } from "./cases";
import { filmCount, kindOf, placeOf } from "./cases";
import { p } from "./parts";

/** Where the ten places are in the lungs of the usual body, in shares of the film. */
const homes: readonly (readonly [number, number])[] = [
  [0.33, 0.43], [0.65, 0.26], [0.23, 0.53], [0.78, 0.61], [0.35, 0.25], [0.68, 0.44], [0.32, 0.6], [0.75, 0.35],
  [0.25, 0.35], [0.785, 0.49]];

/** From the middle of a ring to that of its number, in shares of the film. */
const beside_ring = 0.1;

function paint(canvas: HTMLCanvasElement, cases: Cases, index: number): void {
  const side = cases.films.side, pixels = side * side;
  const image = new ImageData(side, side);
  const grey = cases.grey.subarray(index * pixels, (index + 1) * pixels);
  for (let k = 0; k < pixels; k += 1) {
    const value = grey[k] ?? 0, at = 4 * k;
    image.data[at] = image.data[at + 1] = image.data[at + 2] = value;
    image.data[at + 3] = 255;
  }
  canvas.width = side;
  canvas.height = side;
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** What is conspicuous on a film, place by place, as the report of it would say. */
function report(host: Host, patient: Patient): HTMLElement {
  const places = new Map<number, string[]>();
  patient.conspicuous.forEach((here, column) => {
    const kind = host.t(`radiologist.kind.${kindOf(column)}`);
    if (here) places.set(placeOf(column), [...places.get(placeOf(column)) ?? [], kind]);
  });
  if (places.size === 0) return p(host.t("radiologist.report.nothing"));
  const lines = [...places].map(([place, found]) => h("li", {}, host.t("radiologist.report.line", {
    number: place + 1, place: host.t(`radiologist.place.${place}`), kinds: found.join(host.t("part.comma")) })));
  return h("div", { class: "report" }, p(host.t("radiologist.report")), h("ul", {}, ...lines));
}

/** A ring about a place, and its number beside it: outwards where the place lies far out, else inwards. */
function ringed(x: number, y: number, number: string): HTMLElement[] {
  const outwards = Math.abs(x - 0.5) > 0.2 ? 1 : -1;
  const marks = [h("span", { class: "place-ring", "aria-hidden": "true" }),
                 h("span", { class: "place-number", "aria-hidden": "true" }, number)];
  marks.forEach((mark, index) => {
    mark.style.left = `${100 * (x + index * beside_ring * outwards * Math.sign(x - 0.5))}%`;
    mark.style.top = `${100 * y}%`;
  });
  return marks;
}

function film(host: Host, cases: Cases, index: number): HTMLElement {
  const canvas = h("canvas", { role: "img", "aria-label": host.t("radiologist.film.label", {
    number: host.number(index + 1), of: host.number(filmCount) }) });
  paint(canvas, cases, index);
  const marks = h("div", { class: "marks", hidden: host.settings.text("places") !== "on" },
    ...homes.flatMap(([x, y], place) => ringed(x, y, String(place + 1))));
  return h("div", { class: "film" }, canvas, marks);
}

const said = (host: Host, index: number): boolean | null => {
  const letter = host.settings.text("reads")[index];
  return letter === undefined ? null : letter === "s";
};

function truthOf(host: Host, patient: Patient, answer: boolean): HTMLElement {
  const right = answer === patient.sick ? "right" : "wrong";
  const state = patient.sick ? "sick" : "healthy";
  return h("p", { class: `sentence ${right}` }, host.t(`radiologist.truth.${state}.${right}`, {
    chance: host.percent(patient.chance, 2) }));
}

/** How many of the films read so far were read rightly, beside whoever always says the same. */
function score(host: Host, cases: Cases): string {
  const read = cases.films.patients.slice(0, host.settings.text("reads").length);
  const right = read.filter((patient, index) => said(host, index) === patient.sick).length;
  const healthy = read.filter((patient) => !patient.sick).length;
  const best = host.t("radiologist.best", { share: host.percent(1 - cases.films.bayes_error, 2) });
  const values = { right: host.number(right), of: host.number(read.length), healthy: host.number(healthy) };
  return read.length === 0 ? best : `${host.t("radiologist.score", values)} ${best}`;
}

export interface ReadingRoom {
  readonly element: HTMLElement;
  show(cases: Cases | null): void;
  /** Drawn again where an answer or a switch is another one. */
  changed(): void;
  draw(): void;
}

/** `above` stands over the films. */
export function readingRoom(host: Host, above: readonly Child[]): ReadingRoom {
  const stage = h("div", { class: "reading" });
  let cases: Cases | null = null, at = 0, drawn = "";
  const state = (): string => `${host.settings.text("reads")} ${host.settings.text("places")}`;
  const answer = (letter: string): void => {
    host.settings.set({ reads: host.settings.text("reads") + letter });
    host.announce(stage.querySelector(".sentence")?.textContent ?? "");
    (stage.querySelector<HTMLElement>("button") ?? stage.querySelector<HTMLElement>("h3"))?.focus();
  };
  const turn = (): void => {
    at += 1;
    draw();
    stage.querySelector<HTMLButtonElement>("button")?.focus();
  };
  const asking = (): HTMLElement => h("div", { class: "row" },
    button(() => host.t("radiologist.sick"), () => answer("s"), { look: "main" }),
    button(() => host.t("radiologist.healthy"), () => answer("h"), { look: "main" }));
  const beside = (now: Cases, patient: Patient): (HTMLElement | null)[] => {
    const given = said(host, at);
    const next = at + 1 < filmCount ? button(() => host.t("radiologist.next"), turn, { look: "main" }) : null;
    const heading = host.t("radiologist.film", { number: host.number(at + 1), of: host.number(filmCount) });
    return [h("h3", { tabindex: -1 }, heading),
      given === null ? asking() : truthOf(host, patient, given), given === null ? null : next, p(score(host, now)),
      report(host, patient)];
  };
  const draw = (): void => {
    drawn = state();
    if (!cases) { fill(stage, h("div", { class: "film" }), p(() => host.t("radiologist.loading"))); return; }
    at = Math.min(at, host.settings.text("reads").length, filmCount - 1);
    const patient = cases.films.patients[at];
    if (patient) fill(stage, film(host, cases, at), h("div", { class: "beside" }, ...beside(cases, patient)));
  };
  const element = host.panel(() => host.t("radiologist.reading.title"), {}, p(() => host.t("radiologist.reading.lead")),
    ...above, stage, host.toggle("places", { label: () => host.t("radiologist.places") }));
  const show = (now: Cases | null): void => {
    cases = now;
    at = host.settings.text("reads").length;
    draw();
  };
  return { element, draw, show, changed: () => { if (drawn !== state()) draw(); } };
}
