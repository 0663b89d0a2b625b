/** Scene 3: four or nine. Six causes switched on one by one, and the published systems with their two regressions. */
import type { Bar, BarsSpec } from "../charts";
import { chart } from "../charts";
import { button } from "../controls";
import { fill, h } from "../dom";
import type { CausesFinding, Interval } from "../protocol";
import type { Host, Scene, Shown } from "../scene";
import { inWords, p } from "./parts";
import { recordedPanel } from "./recorded";

/** The word of a cause in the address, and its name in the engine. */
const slugs = new Map([
  ["floor", "floor"], ["noise", "computing noise"], ["best", "published best"], ["hurried", "under-converged"],
  ["tuning", "tuning"], ["few", "few sizes"]]);
const words = [...slugs.keys()];

/** Causes in the order in which they were switched on; each once, unknown ones left out. */
function switchedOn(host: Host): string[] {
  return [...new Set(host.settings.text("on").split(",").filter((word) => slugs.has(word)))];
}

/** The exponent with these causes at work. Bit k of a combination's number is cause k of the shares. */
function exponentWith(causes: CausesFinding, on: readonly string[]): Interval | null {
  const bits = on.map((word) => causes.shares.findIndex((share) => share.cause === slugs.get(word)));
  return causes.combinations[bits.reduce((sum, bit) => sum + 2 ** bit, 0)] ?? null;
}

const ends = (value: Interval): { low?: number; high?: number } =>
  value.low === null || value.high === null ? {} : { low: value.low, high: value.high };

/** What one cause adds where these are at work already. */
function stepOf(host: Host, causes: CausesFinding, on: readonly string[], index: number): Bar | null {
  const before = exponentWith(causes, on.slice(0, index))?.estimate ?? null;
  const after = exponentWith(causes, on.slice(0, index + 1));
  if (before === null || !after || after.estimate === null) return null;
  const grows = after.estimate >= before;
  const change = `${grows ? "+" : "\u2212"}${host.number(Math.abs(after.estimate - before), 2)}`;
  return { name: host.t(`causes.cause.${on[index] ?? ""}`), from: before, to: after.estimate, text: change,
    hue: grows ? "orange" : "sky", pattern: "striped" };
}

function wholeBar(host: Host, key: string, value: Interval | null, hue: Bar["hue"]): Bar | null {
  if (!value || value.estimate === null) return null;
  return { name: host.t(key), from: 0, to: value.estimate, ...ends(value), text: host.number(value.estimate, 3), hue };
}

function waterfall(host: Host, causes: CausesFinding): BarsSpec {
  const on = switchedOn(host);
  const bars = [
    wholeBar(host, "causes.bar.true", exponentWith(causes, []), "blue"),
    ...on.map((_, index) => stepOf(host, causes, on, index)),
    on.length > 0 ? wholeBar(host, "causes.bar.published", exponentWith(causes, on), "red") : null,
  ];
  return { kind: "bars", title: host.t("causes.picture"),
    axis: { label: host.t("causes.axis"), scale: "linear", from: 0, to: 10 },
    bars: bars.filter((bar) => bar !== null), rules: [
    { axis: "x", at: 4, label: host.t("causes.rule.four") }, { axis: "x", at: 9, label: host.t("causes.rule.nine") }],
    note: host.t("causes.picture.note") };
}

function shares(host: Host, causes: CausesFinding): BarsSpec {
  const name = (cause: string): string =>
    host.t(`causes.cause.${words.find((word) => slugs.get(word) === cause) ?? ""}`);
  const bars = causes.shares.flatMap((share): Bar[] => share.estimate === null ? [] : [{
    name: name(share.cause), from: 0, to: share.estimate, ...ends(share), hue: "green",
    text: host.number(share.estimate, 2) }]);
  return { kind: "bars", title: host.t("causes.shares"), axis: { label: host.t("causes.shares.axis"), scale: "linear" },
    bars, note: host.t("causes.shares.note") };
}

/** Whether the interval of what is published holds four, nine, both or neither. */
function holds(value: Interval): string {
  if (value.low === null || value.high === null) return "unknown";
  const inside = (number: number): boolean => (value.low ?? 0) <= number && number <= (value.high ?? 0);
  if (inside(4) && inside(9)) return "both";
  if (inside(4)) return "four";
  if (inside(9)) return "nine";
  return value.high < 4 ? "below" : value.low > 9 ? "above" : "between";
}

/** Nothing is concluded before the end. */
function sentences(host: Host, causes: CausesFinding, shown: Shown, guess: string | null): HTMLElement[] {
  if (!shown.finished) return [p(host.t("causes.so_far"), "help")];
  const on = switchedOn(host);
  const now = exponentWith(causes, on);
  const verdict = causes.base.verdict.replace(" ", "_");
  const base = p(host.t(`causes.base.${verdict}`, { exponent: inWords(host, causes.base) }), "sentence");
  if (!now) return [base];
  const exponent = inWords(host, now);
  const published = on.length === 0 ? null : p(
    `${host.t("causes.published", { exponent })} ${host.t(`causes.holds.${holds(now)}`)}`, "sentence");
  const said = guess === null ? null : p(
    [host.t("part.you_said", { guess: host.t(`causes.cause.${guess}`) }),
     largest(host, causes)].join(" "), "sentence");
  return [base, published, said].filter((one) => one !== null);
}

/** The cause with the largest share, where its interval lies above all others; else those that may be it. */
function largest(host: Host, causes: CausesFinding): string {
  const name = (share: CausesFinding["shares"][number]): string =>
    host.t(`causes.cause.${words.find((one) => slugs.get(one) === share.cause) ?? ""}`);
  const least = Math.max(...causes.shares.map((share) => share.low ?? -Infinity));
  const possible = causes.shares.filter((share) => share.high === null || share.high >= least);
  const [first] = possible;
  if (possible.length > 1 || !first)
    return host.t("causes.largest.unknown", { causes: possible.map(name).join(host.t("part.comma")) });
  const cause = host.t("causes.share", { cause: name(first), exponent: inWords(host, first) });
  return host.t("causes.largest", { cause });
}

/** A switch for each cause; what is switched on last stands last in the waterfall. */
function switches(host: Host): { element: HTMLElement; renew: () => void } {
  const inputs = new Map<string, HTMLInputElement>();
  const flip = (word: string, at_work: boolean): void => {
    const others = switchedOn(host).filter((one) => one !== word);
    host.settings.set({ on: (at_work ? [...others, word] : others).join(",") });
  };
  const line = (word: string): HTMLElement => {
    const input = h("input", { type: "checkbox", role: "switch", id: `cause-${word}`,
      "aria-describedby": `cause-${word}-help`, onchange: (): void => flip(word, input.checked) });
    inputs.set(word, input);
    return h("div", { class: "control toggle" }, input,
      h("label", { for: input.id }, () => host.t(`causes.cause.${word}`)),
      h("p", { class: "help", id: `cause-${word}-help` }, () => host.t(`causes.help.${word}`)));
  };
  const all = button(() => host.t("causes.all"), () => host.settings.set({
    on: [...switchedOn(host), ...words.filter((word) => !switchedOn(host).includes(word))].join(",") }));
  const none = button(() => host.t("causes.none"), () => host.settings.set({ on: "" }));
  const element = h("fieldset", { class: "switches" }, h("legend", {}, () => host.t("causes.switches")),
    ...words.map(line), h("div", { class: "row" }, all, none));
  const renew = (): void => inputs.forEach((input, word) => { input.checked = switchedOn(host).includes(word); });
  return { element, renew };
}

export const causes: Scene = {
  id: "causes",
  fields: [
    { key: "on", kind: "text", longest: 60, pattern: /^[a-z,]*$/, initial: "" },
    { key: "wrong", kind: "grid", values: [0.0005, 0.001, 0.0015, 0.002, 0.0025], initial: 0.0025 },
    { key: "blur", kind: "number", from: 0.1, to: 1, step: 0.1, initial: 0.3 },
    { key: "floor", kind: "number", from: 0, to: 0.11, step: 0.01, initial: 0 },
    { key: "guess", kind: "text", longest: 10, pattern: /^(floor|noise|best|hurried|tuning|few)?$/, initial: "" },
  ],
  open(host) {
    const steps = chart(() => host.t("part.nothing_yet")), parts = chart(() => host.t("part.nothing_yet"));
    const results = h("div", { class: "found" });
    const guess = host.prediction({ key: "guess", question: () => host.t("causes.guess"),
      answers: { words, name: (word: string) => host.t(`causes.cause.${word}`) } });
    let shown: Shown | null = null;
    const draw = (): void => {
      const found = shown?.judged.causes ?? null;
      if (!shown || !found) { fill(results); return; }
      steps.draw(waterfall(host, found));
      parts.draw(shares(host, found));
      fill(results, ...sentences(host, found, shown, guess.value()));
    };
    const bench = host.bench({
      study: () => ({ text: host.study("causes"), overrides: [
        ["causes.floor", String(host.settings.number("wrong"))],
        ["causes.computing_noise", String(host.settings.number("blur"))]] }),
      show: (now) => { shown = now; draw(); }, pictures: () => [steps, parts], begins: "at once",
      waits: () => !guess.settled(),
    });
    const switched = switches(host), recorded = recordedPanel(host);
    bench.dims(steps.element, parts.element, results);
    host.room.append(host.head(), guess.element, h("div", { class: "columns" },
      h("div", { class: "side" }, switched.element, ...strengths(host)),
      h("div", { class: "stage" }, bench.bar, steps.element, results)),
      host.panel(() => host.t("causes.shares"), {}, parts.element), bench.exports, recorded.element,
      host.takeHome());
    const changed = (): void => { switched.renew(); bench.changed(); draw(); recorded.changed(); };
    return { changed, renewed: () => { draw(); recorded.renewed(); } };
  },
};

function strengths(host: Host): HTMLElement[] {
  return [
    host.slider("wrong", { label: () => host.t("causes.wrong"), value: (one) => host.percent(one, 2),
      help: () => host.t("causes.wrong.help") }),
    host.slider("blur", { label: () => host.t("causes.blur"), value: (one) => host.t("causes.blur.value", {
      factor: host.number(Math.exp(one), 2) }) }),
  ];
}
