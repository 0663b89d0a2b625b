/** What the engine is asked, and what it answers: the fields of page/engine, in the types of TypeScript. */

/** A study: its text, one of its efforts, and changes as --set makes them ("world.noise" = "2"). */
export interface StudyRef {
  readonly text: string;
  readonly effort?: string;
  readonly overrides?: readonly (readonly [string, string])[];
}

/** What is wrong, in the program's own words; the line of the study's text where it has one. */
export interface Problem {
  readonly line: number | null;
  readonly text: string;
}

export interface Option {
  readonly name: string;
  readonly kind: string;
  readonly default: string | number | boolean | null;
  readonly help: string;
  readonly words?: readonly string[];
}

export interface Catalogued {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
}

export interface BuiltIn {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly efforts: readonly string[];
}

export interface About {
  readonly studies: readonly BuiltIn[];
  readonly worlds: readonly Catalogued[];
  readonly models: readonly Catalogued[];
  readonly schema: Schema;
}

/** As much of a JSON schema as completion reads. */
export interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly then?: Schema;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export interface Arm {
  readonly name: string;
  readonly model: string;
  readonly expert: string | null;
  /** Told something that no one knows in practice: such an arm bears a star and a footnote. */
  readonly informed: boolean;
}

export interface Cell {
  readonly id: number;
  readonly settings: Readonly<Record<string, string | number>>;
}

/** A sound study, as it will run. */
export interface Checked {
  readonly name: string;
  readonly title: string;
  readonly question: string;
  readonly observations: string;
  readonly seed: string;
  readonly replicates: number;
  readonly adaptive: boolean;
  readonly sizes: readonly number[];
  readonly arms: readonly Arm[];
  readonly cells: readonly Cell[];
  readonly claims: readonly string[];
  /** The whole study in TOML, with effort and changes applied. */
  readonly text: string;
  readonly fits: number;
  /** k is one over the root of the error, or one over the error. */
  readonly performance: "root" | "error";
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** From 0 to 1. */
  readonly share: number;
}

/** One arm at one size of one cell; errors are normalised, operations are means over replicates. */
export interface Row {
  readonly cell: number;
  readonly arm: string;
  readonly n: number;
  readonly replicates: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly se: number | null;
  readonly geometric_mean: number | null;
  readonly theory: number | null;
  readonly fit_flops: number;
  readonly tuning_flops: number;
  readonly failed: number;
  readonly unconverged: number;
  readonly marks: string;
}

/** An estimate with its interval; null stands for what is not finite, or not known. */
export interface Interval {
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export type Verdict = "supported" | "rejected" | "not_identified";

export interface Finding extends Interval {
  readonly says: string;
  readonly cell: number;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly arm: string;
  readonly law: string;
  /** Of laws of a cost. */
  readonly over?: string | null;
  readonly average: "mean" | "geometric_mean";
  readonly from: number;
  readonly to: number;
  readonly against: { readonly arm: string; readonly n?: number } | null;
  /** Arms beside `arm` of a law of several. */
  readonly with: readonly string[];
  readonly expect?: number | null;
  readonly at_least?: number | null;
  readonly at_most?: number | null;
  readonly margin: number | null;
  readonly confidence: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly in_words: string;
}

export interface CausesFinding {
  readonly base: Interval & { readonly expect: number; readonly margin: number; readonly verdict: Verdict;
    readonly reason: string };
  readonly shares: readonly (Interval & { readonly cause: string })[];
  readonly total: Interval;
  readonly largest: string;
  readonly combinations: readonly (Interval & { readonly causes: string })[];
}

/** Multiples of what the arm without any remedy costs, or its own operations. */
export interface RemedyCosts {
  readonly training: Interval;
  readonly running: Interval;
  readonly totals: readonly (Interval & { readonly uses: number })[];
}

export interface RemediesFinding {
  readonly against: string;
  readonly at_error: number;
  readonly saving: number;
  readonly confidence: number;
  readonly exponent: Interval;
  readonly costs: RemedyCosts;
  readonly remedies: readonly { readonly arm: string; readonly exponent: Interval; readonly exponent_ratio: Interval;
    readonly leaves_exponent: { readonly verdict: Verdict }; readonly multiples: RemedyCosts;
    readonly muted: { readonly verdict: Verdict } }[];
  readonly muted: { readonly verdict: Verdict; readonly reason: string };
}

export interface Judged {
  readonly complete: boolean;
  readonly rows: readonly Row[];
  readonly findings: readonly Finding[];
  readonly causes: CausesFinding | null;
  readonly remedies: RemediesFinding | null;
}

export interface Patient {
  readonly sick: boolean;
  readonly chance: number;
  readonly conspicuous: readonly boolean[];
}

export interface Films {
  readonly side: number;
  readonly count: number;
  readonly patients: readonly Patient[];
  readonly names: readonly string[];
  readonly relevant: readonly number[];
  readonly bayes_error: number;
}

export interface Bill {
  readonly machines: readonly { name: string; year: number; kwh: number; pounds_co2: number; dollars: number;
    source: string }[];
  readonly months_of_new_york: number | null;
}

export interface Recorded {
  readonly points: readonly { name: string; year: number; error: number; gflop: number }[];
  readonly forward: { exponent: number; low: number; high: number; slope: number; intercept: number };
  readonly reverse: { exponent: number; slope: number; intercept: number };
  readonly targets: readonly { error: number; log10_flops: number; low: number; high: number; reverse: number;
    decades_beyond: number }[];
  readonly growth: { computing: number; processors: number; rate: number; hours: number; hardware_share: number };
}

/** Every question with its answer; `bytes` beside the answer are given by Engine.bytes. */
export interface Questions {
  about: { ask: Record<never, never>; answer: About };
  study: { ask: { name: string }; answer: { text: string } };
  seed: { ask: { name: string }; answer: { seed: string } };
  check: { ask: { study: StudyRef }; answer: { study: Checked } };
  /** With rows alone there are no findings: much quicker, for what is not finished. */
  judge: { ask: { study: StudyRef; rows_only?: boolean }; answer: Judged };
  export: { ask: { study: StudyRef; what: "records" | "summary" | "findings" }; answer: { text: string } };
  films: {
    ask: { world: readonly (readonly [string, string])[]; truth: string; seed: string; first: number; count: number;
      side: number };
    answer: Films;
  };
  bill: { ask: { flops: number }; answer: Bill };
  recorded: { ask: { floor: number }; answer: Recorded };
}

export type Asked = keyof Questions;
