/** Scene 5: the bill. What operations take in energy, CO2 and money, and what half of the error costs. */
import type { Bar, BarsSpec, PlotSpec, Series } from "../charts";
import { chart } from "../charts";
import { button } from "../controls";
import { fill, h } from "../dom";
import type { Bill, Recorded } from "../protocol";
import type { Host, Scene } from "../scene";
import { csv, inWords, latest, p, pictureButtons, table } from "./parts";

const kilograms_per_pound = 0.45359237;
const improvements = [1, 1.5, 2, 3, 5, 10];
/**
 * The lines of the picture: theory's four, published nine, and the two lines of room 3. Theory's k is one over the root
 * of the error, that of published systems one over the error itself.
 */
const exponents: readonly { q: number; k: "root" | "error"; hue: Series["hue"]; dash: Series["dash"] }[] = [
  { q: 4, k: "root", hue: "blue", dash: "solid" }, { q: 6.2, k: "error", hue: "sky", dash: "dotted" },
  { q: 9, k: "error", hue: "orange", dash: "solid" }, { q: 13.6, k: "error", hue: "red", dash: "dashed" }];
const kOf = (q: number): "root" | "error" => exponents.find((one) => one.q === q)?.k ?? "error";

/** What the sliders say of a better model. */
interface Aim {
  readonly times: number;
  readonly q: number;
}

interface Bills {
  readonly aim: Aim;
  readonly before: Bill;
  readonly after: Bill;
  readonly flops: number;
  readonly factor: number;
}

/** What so many times less error takes: k is as many times larger, or by the root of that. */
const costOf = (times: number, q: number): number => times ** (kOf(q) === "root" ? q / 2 : q);
const aimOf = (host: Host): Aim => ({ times: host.settings.number("times"), q: host.settings.number("q") });

function curves(host: Host): PlotSpec {
  return {
    kind: "plot", title: host.t("bill.picture"),
    x: { label: host.t("bill.axis.x"), scale: "log", ticks: [1, 2, 3, 5, 10] },
    y: { label: host.t("bill.axis.y"), scale: "log", from: 1,
      ticks: [1, 1e3, 1e6, 1e9, 1e12] },
    series: exponents.map(({ q, k, hue, dash }) => ({ id: `q${q}`, hue, dash: dash ?? "solid", marker: "none",
      name: host.t("bill.curve", { q: host.number(q), k: host.t(`bill.of.${k}`) }),
      points: improvements.map((times) => ({ x: times, y: costOf(times, q) })) })),
    note: host.t("bill.picture.note"),
    rules: [{ axis: "x", at: host.settings.number("times"), label: host.t("bill.rule", {
      times: host.number(host.settings.number("times")) }), hue: "purple" }],
  };
}

/** How computing grew between two systems: each bar begins where the last one ended, on a scale of factors. */
function growth(host: Host, recorded: Recorded): BarsSpec {
  const { processors, rate, hours, computing } = recorded.growth;
  let reached = 1;
  const step = (key: string, factor: number, hue: Bar["hue"]): Bar => {
    const from = reached;
    reached *= factor;
    return { name: host.t(`bill.growth.${key}`), from, to: reached, hue,
      text: host.t("bill.times", { factor: host.number(factor) }) };
  };
  const bars = [step("processors", processors, "orange"), step("rate", rate, "blue"), step("hours", hours, "sky")];
  bars.push({ name: host.t("bill.growth.computing"), from: 1, to: computing, hue: "ink",
    text: host.t("bill.times", { factor: host.number(computing) }) });
  return { kind: "bars", title: host.t("bill.growth.picture"), axis: { label: host.t("bill.growth.axis"), scale: "log",
    from: 1 }, bars };
}

const known = (host: Host, value: number | null, digits = 2): string =>
  value === null || !Number.isFinite(value) ? host.t("part.dash") : host.number(value, digits);

function machinesTable(host: Host, bills: Bills): HTMLElement {
  const kilograms = (pounds: number): string => known(host, pounds * kilograms_per_pound);
  const rows = bills.before.machines.map((before, index) => ({ before, after: bills.after.machines[index] ?? before }));
  type Machines = (typeof rows)[number];
  const column = (key: string, cell: (row: Machines) => string): { heading: string; cell: typeof cell; number: true } =>
    ({ heading: host.t(key), cell, number: true });
  return table(host.t("bill.table"), [
    { heading: host.t("bill.machine"), cell: ({ before }) => `${before.name} (${before.year})` },
    column("bill.kwh.before", ({ before }) => known(host, before.kwh)),
    column("bill.kwh.after", ({ after }) => known(host, after.kwh)),
    column("bill.co2.after", ({ after }) => kilograms(after.pounds_co2)),
    column("bill.dollars.after", ({ after }) => known(host, after.dollars)),
  ], rows);
}

function verdict(host: Host, bills: Bills): HTMLElement[] {
  const { times, q } = bills.aim;
  const values = { times: host.number(times), q: host.number(q),
    k: host.t(`bill.of.${kOf(q)}`),
    factor: host.number(bills.factor), flops: host.number(bills.flops),
    after: host.number(bills.flops * bills.factor) };
  return [p(host.t("bill.said", values), "sentence"), p(city(host, bills.after.months_of_new_york ?? 0), "sentence")];
}

const billion = 1e9, age_of_the_universe = 13.8, days_of_a_month = 365.25 / 12;

/** For how long New York emits as much, in a unit of which there are at least two. */
function city(host: Host, months: number): string {
  const years = months / 12, days = months * days_of_a_month, hours = 24 * days, minutes = 60 * hours;
  if (minutes < 2) return host.t("bill.new_york.less");
  if (hours < 2) return host.t("bill.new_york.minutes", { minutes: host.number(minutes, 2) });
  if (days < 2) return host.t("bill.new_york.hours", { hours: host.number(hours, 2) });
  if (months < 2) return host.t("bill.new_york.days", { days: host.number(days, 2) });
  if (years < 2) return host.t("bill.new_york", { months: host.number(months, 2) });
  if (years < 1e6) return host.t("bill.new_york.years", { years: host.number(years, 2) });
  if (years < billion) return host.t("bill.new_york.millions", { years: host.number(years / 1e6, 2) });
  return host.t("bill.new_york.ages", { ages: host.number(years / billion / age_of_the_universe, 2) });
}

/** What the table of published systems says of errors that nobody has reached yet. */
function targetsTable(host: Host, recorded: Recorded): HTMLElement {
  const power = (log: number): string => host.number(10 ** log, 2);
  return table(host.t("bill.targets"), [
    { heading: host.t("bill.target.error"), cell: (row) => host.percent(row.error, 3) },
    { heading: host.t("bill.target.forward"), number: true, cell: (row) => inWords(host,
      { estimate: row.log10_flops, low: row.low, high: row.high }, power) },
    { heading: host.t("bill.target.reverse"), number: true, cell: (row) => power(row.reverse) },
    { heading: host.t("bill.target.beyond"), number: true, cell: (row) => row.decades_beyond > 0
      ? host.t("bill.decades", { decades: host.number(row.decades_beyond, 2) }) : host.t("part.dash") },
  ], recorded.targets);
}

function asCsv(bills: Bills): string {
  const head = ["hardware", "year", "operations", "kwh", "pounds_co2", "dollars", "source"];
  const lines = (bill: Bill, flops: number): (string | number)[][] => bill.machines.map((one) =>
    [one.name, one.year, flops, one.kwh, one.pounds_co2, one.dollars ?? "", one.source]);
  return csv([head, ...lines(bills.before, bills.flops), ...lines(bills.after, bills.flops * bills.factor)]);
}

export const bill: Scene = {
  id: "bill",
  fields: [
    { key: "size", kind: "number", from: 12, to: 30, step: 0.5, initial: 22.5 },
    { key: "q", kind: "grid", values: [4, 6.2, 9, 13.6], initial: 9 },
    { key: "times", kind: "grid", values: [1.5, 2, 3, 5, 10], initial: 2 },
    { key: "guess", kind: "text", longest: 10, pattern: /^(2|16|500|100000)?$/, initial: "" },
  ],
  open(host) {
    const plot = chart(() => host.t("part.nothing_yet")), grown = chart(() => host.t("part.nothing_yet"));
    const results = h("div", { class: "found", "aria-live": "polite" }), machines = h("div", { class: "found" });
    const targets = h("div"), factors = h("div");
    const guess = host.prediction({ key: "guess", question: () => host.t("bill.guess"),
      answers: { words: ["2", "16", "500", "100000"], name: (word: string) => host.t("bill.guess.value", {
        factor: host.number(Number(word)) }) } });
    let bills: Bills | null = null, recorded: Recorded | null = null;
    const save = button(() => host.t("bill.csv"), () => {
      if (bills) host.save("bill.csv", asCsv(bills), "text/csv");
    });
    save.disabled = true;
    const columns = h("div", { class: "columns" }, h("div", { class: "side" }, ...controls(host)),
      h("div", { class: "stage" }, plot.element)), home = host.takeHome();
    /** What gives the answer away. */
    const told = [columns, results, machines, home];
    const waiting = h("p", { class: "empty" }, () => host.t("bill.empty"));
    const draw = (): void => {
      for (const one of told) one.hidden = !guess.settled();
      waiting.hidden = guess.settled();
      plot.draw(curves(host));
      if (bills) {
        fill(results, ...verdict(host, bills), ...compared(host, guess.value()));
        fill(machines, machinesTable(host, bills));
      }
      if (!recorded) return;
      grown.draw(growth(host, recorded));
      fill(targets, targetsTable(host, recorded));
      fill(factors, p(host.t("bill.growth.said", { computing: host.number(recorded.growth.computing),
        rate: host.number(recorded.growth.rate), share: host.percent(recorded.growth.hardware_share, 2) })));
    };
    const failed = (): void => { fill(results, p(() => host.t("part.no_answer"))); };
    const asks = latest<Bills>((now) => { bills = now; save.disabled = false; draw(); }, failed);
    const ask = async (flops: number, aim: Aim): Promise<Bills> => {
      const factor = costOf(aim.times, aim.q);
      const [before, after] = await Promise.all([host.engine.ask("bill", { flops }),
        host.engine.ask("bill", { flops: flops * factor })]);
      return { aim, before, after, flops, factor };
    };
    const changed = (): void => { asks(ask(10 ** host.settings.number("size"), aimOf(host))); draw(); };
    host.engine.ask("recorded", { floor: 0 }).then((answer) => { recorded = answer; draw(); }, failed);
    host.room.append(host.head(), guess.element, waiting, columns, results, machines,
      host.panel(() => host.t("bill.growth.title"), {}, p(() => host.t("bill.growth.lead")), grown.element, factors),
      host.panel(() => host.t("bill.targets.title"), {}, p(() => host.t("bill.targets.lead")), targets),
      home, h("div", { class: "row" }, save, ...pictureButtons(host, "bill", [plot, grown])));
    return { changed, renewed: draw };
  },
};

/** The answer to the guess is about half of the error and the exponent nine, wherever the sliders stand. */
function compared(host: Host, guess: string | null): HTMLElement[] {
  if (guess === null) return [];
  return [p(host.t("bill.compared", { guess: host.number(Number(guess)), factor: host.number(2 ** 9) }), "sentence")];
}

function controls(host: Host): HTMLElement[] {
  return [
    host.slider("size", { label: () => host.t("bill.size"), value: (one) => host.t("bill.size.value", {
      flops: host.number(10 ** one, 2) }), help: () => host.t("bill.size.help") }),
    host.slider("times", { label: () => host.t("bill.k"), value: (one) => host.t("bill.k.value", {
      times: host.number(one) }) }),
    host.slider("q", { label: () => host.t("bill.q"), value: (one) => host.t("bill.q.value", { q: host.number(one),
      what: host.t(`bill.q.${String(one).replace(".", "_")}`) }) }),
  ];
}
