/** The published systems of ImageNet: two lines through the same points, and a floor that nobody knows. */
import type { PlotSpec, Point, Series } from "../charts";
import { chart } from "../charts";
import { fill, h } from "../dom";
import type { Recorded } from "../protocol";
import type { Host } from "../scene";
import { inWords, latest, p } from "./parts";

/** The two systems that are named: the first one and the best one. */
function landmarks(recorded: Recorded): { first: string; best: string } {
  const by = (better: (a: Recorded["points"][number], b: Recorded["points"][number]) => boolean): number =>
    recorded.points.reduce((best, _, index, all) => {
      const here = all[index], there = all[best];
      return here && there && better(here, there) ? index : best;
    }, 0);
  const named = (index: number): string => {
    const point = recorded.points[index];
    return point ? `${point.name} (${point.year})` : "";
  };
  return { first: named(by((a, b) => a.year < b.year)), best: named(by((a, b) => a.error < b.error)) };
}

/** log10 1/(error - floor) = intercept + slope log10 operations, as points; from .. to: logarithms of 10^9 of them. */
function line(law: { slope: number; intercept: number }, from: number, to: number): Point[] {
  const steps = 24;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const log = from + (to - from) * k / steps;
    return { x: 10 ** log, y: 100 * 10 ** -(law.intercept + law.slope * (log + 9)) };
  });
}

function seriesOf(host: Host, recorded: Recorded, floor: number): Series[] {
  const point = (one: Recorded["points"][number]): Point => ({ x: one.gflop, y: 100 * (one.error - floor) });
  const logs = recorded.points.map((one) => Math.log10(one.gflop));
  const from = Math.min(...logs), to = Math.max(...logs);
  return [
    { id: "systems", name: "", hue: "ink", joined: false, marker: "circle",
      points: recorded.points.map(point).sort((a, b) => a.x - b.x) },
    { id: "forward", name: host.t("causes.line.forward"), hue: "blue", marker: "none",
      points: line(recorded.forward, from, to) },
    { id: "reverse", name: host.t("causes.line.reverse"), hue: "orange", dash: "dashed", marker: "none",
      points: line(recorded.reverse, from, to) },
  ];
}

function picture(host: Host, recorded: Recorded, floor: number): PlotSpec {
  const label = host.t(floor > 0 ? "causes.recorded.y.floor" : "causes.recorded.y", { floor: host.percent(floor) });
  return { kind: "plot", title: host.t("causes.recorded.picture"),
    x: { label: host.t("causes.recorded.x"), scale: "log" }, y: { label, scale: "log" },
    series: seriesOf(host, recorded, floor), note: host.t("causes.recorded.note", landmarks(recorded)) };
}

function said(host: Host, recorded: Recorded, floor: number): HTMLElement[] {
  const { forward, reverse } = recorded;
  const forwards = inWords(host, { ...forward, estimate: forward.exponent });
  const values = { forward: forwards, reverse: host.number(reverse.exponent, 2), floor: host.percent(floor) };
  const ends = [forward.exponent, reverse.exponent];
  const holds = (exponent: number): boolean => Math.min(...ends) <= exponent && exponent <= Math.max(...ends);
  const theory = 2;  // its four, of one over the root of the error, told of one over the error
  const which = holds(theory) ? (holds(9) ? "both" : "theory") : holds(9) ? "nine" : "neither";
  return ["lines", which].map((key) => p(host.t(`causes.recorded.${key}`, values), "sentence"));
}

interface Told {
  readonly recorded: Recorded;
  readonly floor: number;
}

export function recordedPanel(host: Host): { element: HTMLElement; changed(): void; renewed(): void } {
  const plot = chart(() => host.t("part.nothing_yet"));
  const results = h("div", { class: "found", "aria-live": "polite" });
  let answer: Told | null = null;
  const draw = (): void => {
    if (!answer) return;
    plot.draw(picture(host, answer.recorded, answer.floor));
    fill(results, ...said(host, answer.recorded, answer.floor));
  };
  const asks = latest<Told>((now) => { answer = now; draw(); },
    () => { fill(results, p(() => host.t("part.no_answer"))); });
  let asked = Number.NaN;
  const changed = (): void => {
    const floor = host.settings.number("floor");
    if (floor === asked) return;
    asked = floor;
    asks(host.engine.ask("recorded", { floor }).then((recorded) => ({ recorded, floor })));
  };
  const element = host.panel(() => host.t("causes.recorded.title"), {}, p(() => host.t("causes.recorded.lead")),
    host.slider("floor", { label: () => host.t("causes.floor"), value: (one) => host.percent(one),
      help: () => host.t("causes.floor.help") }), plot.element, results);
  return { element, changed, renewed: draw };
}
