/**
 * The engine: quartic itself, compiled to WebAssembly, in workers. One of them, the desk, unpacks it and answers
 * questions; the others run shards of studies, and stop by being ended.
 */
import type { Asked, Problem, Progress, Questions, StudyRef } from "./protocol";
import type { FromWorker, ToWorker } from "./worker";

/** The engine says why it does not do what it was asked. */
export class Refused extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.text).join("\n"));
  }
}

export interface Answered<T> {
  readonly answer: T;
  readonly bytes: Uint8Array | null;
}

export interface RunOptions {
  /** How many workers share it, and in how many pieces: of an adaptive study 1. */
  readonly workers: number;
  readonly pieces: number;
  /** All fits, for the progress. */
  readonly fits: number;
  readonly onProgress: (progress: Progress) => void;
  readonly onRecords: (records: readonly Uint8Array[]) => void;
}

export interface RunResult {
  readonly records: readonly Uint8Array[];
  readonly stopped: boolean;
  /** Fits that failed. */
  readonly failed: number;
}

export interface Running {
  /** Rejects where a shard fails; the others are ended then. */
  readonly done: Promise<RunResult>;
  /** Ends it at once, also before the engine is there; what has finished is kept. */
  stop(): void;
}

export interface Engine {
  /** Rejects with Refused where the engine says why not. */
  ask<Q extends Asked>(question: Q, request: Questions[Q]["ask"], bytes?: readonly Uint8Array[]):
    Promise<Questions[Q]["answer"]>;
  /** The same, with the bytes that come beside the answer (films). */
  askWithBytes<Q extends Asked>(question: Q, request: Questions[Q]["ask"], bytes?: readonly Uint8Array[]):
    Promise<Answered<Questions[Q]["answer"]>>;
  run(study: StudyRef, options: RunOptions): Running;
}

/** Workers that share a study on this computer. */
export function sharers(): number {
  return Math.min(Math.max(navigator.hardwareConcurrency || 1, 1), 8);
}

/** Workers that rest: as many again as share a study, so that one which was ended is not waited for. */
function resters(): number {
  return Math.min(2 * sharers(), 8);
}

/** Milliseconds that a worker is given to end what nobody waits for. */
const patience = 400;

interface Call {
  readonly resolve: (answered: Answered<unknown>) => void;
  readonly reject: (reason: Error) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly onRecords?: (bytes: Uint8Array) => void;
}

interface Reply {
  readonly ok: boolean;
  readonly problems?: readonly Problem[];
}

/** One worker, and what it has been asked. */
class Station {
  private readonly worker: Worker;
  private readonly calls = new Map<number, Call>();
  private last = 0;
  onModule: ((module: WebAssembly.Module) => void) | null = null;

  constructor(address: string) {
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.failAll(event.message || "worker");
    };
  }

  tell(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  ask(request: object, bytes: readonly Uint8Array[], call: Call): void {
    this.last += 1;
    this.calls.set(this.last, call);
    this.tell({ kind: "ask", id: this.last, request: JSON.stringify(request), bytes });
  }

  get busy(): boolean {
    return this.calls.size > 0;
  }

  /** Nobody waits for its answers any more; tells when it has given them. */
  abandon(done: () => void): void {
    for (const id of this.calls.keys()) this.calls.set(id, { resolve: done, reject: done });
  }

  end(): void {
    this.worker.terminate();
    this.calls.clear();
  }

  private hear(data: FromWorker): void {
    if (data.kind === "module") return this.onModule?.(data.module);
    if (data.kind === "broken") return this.failAll(data.text);
    const call = this.calls.get(data.id);
    if (!call) return;
    if (data.kind === "progress") return call.onProgress?.(JSON.parse(data.json) as Progress);
    if (data.kind === "records") return call.onRecords?.(data.bytes);
    this.calls.delete(data.id);
    const reply = JSON.parse(data.json) as Reply;
    if (reply.ok) call.resolve({ answer: reply, bytes: data.bytes });
    else call.reject(new Refused(reply.problems ?? []));
  }

  private failAll(text: string): void {
    for (const call of this.calls.values()) call.reject(new Refused([{ line: null, text }]));
    this.calls.clear();
  }
}

/** A study in pieces, each a shard of it, which the workers take one after the other. */
class Shards implements Running {
  readonly done: Promise<RunResult>;
  private readonly stations: Station[] = [];
  private readonly records: Uint8Array[] = [];
  /** Fits that are done, by piece. */
  private readonly fitted: number[] = [];
  private begun = 0;
  private over = false;
  private finish!: (result: RunResult) => void;
  private fail!: (reason: unknown) => void;

  constructor(private readonly study: StudyRef, private readonly options: RunOptions,
              private readonly crew: Crew) {
    this.done = new Promise((resolve, reject) => { [this.finish, this.fail] = [resolve, reject]; });
    void this.start();
  }

  stop(): void {
    this.close(() => this.finish({ records: this.records, stopped: true, failed: 0 }));
  }

  /** Lets go of those that still work, and says so once. */
  private close(say: () => void): void {
    if (this.over) return;
    this.over = true;
    for (const station of this.stations) this.crew.dismiss(station);
    say();
  }

  private async start(): Promise<void> {
    try {
      await this.crew.ready;
      if (this.over) return;
      const failed = await Promise.all(Array.from({ length: this.options.workers }, () => this.work()));
      this.over = true;
      this.finish({ records: this.records, stopped: false, failed: failed.reduce((sum, one) => sum + one, 0) });
    } catch (reason) {
      this.close(() => this.fail(reason));
    }
  }

  /** One worker, until no piece is left; the fits that failed. */
  private async work(): Promise<number> {
    const station = this.crew.hire();
    this.stations.push(station);
    let failed = 0;
    while (this.begun < this.options.pieces && !this.over) {
      this.begun += 1;
      failed += await this.piece(station, this.begun);
    }
    this.stations.splice(this.stations.indexOf(station), 1);
    this.crew.rest(station);
    return failed;
  }

  private piece(station: Station, index: number): Promise<number> {
    const request = { ask: "run", study: this.study, shard: { index, count: this.options.pieces } };
    return new Promise((resolve, reject) => station.ask(request, [], {
      reject,
      resolve: ({ answer }) => resolve((answer as { failed: number }).failed),
      onProgress: ({ done }) => this.advance(index, done),
      onRecords: (bytes) => {
        if (this.over) return;
        this.records.push(bytes);
        this.options.onRecords(this.records);
      },
    }));
  }

  private advance(index: number, fits: number): void {
    if (this.over) return;
    this.fitted[index] = fits;
    const done = this.fitted.reduce((sum, one) => sum + one, 0), total = this.options.fits;
    this.options.onProgress({ done, total, share: Math.min(1, done / total) });
  }
}

/** The workers: those that rest keep their engine, so that the next run begins at once. */
class Crew {
  readonly ready: Promise<void>;
  readonly desk: Station;
  private module: WebAssembly.Module | null = null;
  private readonly resting: Station[] = [];

  constructor(private readonly address: string, packed: string) {
    this.desk = new Station(address);
    this.ready = new Promise((resolve) => {
      this.desk.onModule = (module) => {
        this.module = module;
        for (let k = 0; k < resters(); k += 1) this.resting.push(this.recruit());
        resolve();
      };
    });
    this.desk.tell({ kind: "unpack", packed });
  }

  hire(): Station {
    return this.resting.pop() ?? this.recruit();
  }

  rest(station: Station): void {
    if (this.resting.length < resters()) this.resting.push(station);
    else station.end();
  }

  /**
   * Lets go of one that is at work. What ends soon ends by itself, which costs less than another worker; otherwise one
   * takes its place.
   */
  dismiss(station: Station): void {
    if (!station.busy) return this.rest(station);
    station.abandon(() => this.rest(station));
    setTimeout(() => {
      if (!station.busy) return;
      station.end();
      if (this.resting.length < resters()) this.resting.push(this.recruit());
    }, patience);
  }

  private recruit(): Station {
    const station = new Station(this.address);
    if (this.module) station.tell({ kind: "module", module: this.module });
    return station;
  }
}

class Quartic implements Engine {
  private readonly crew: Crew;

  constructor(script: string, packed: string) {
    this.crew = new Crew(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), packed);
  }

  async ask<Q extends Asked>(question: Q, request: Questions[Q]["ask"], bytes: readonly Uint8Array[] = []):
      Promise<Questions[Q]["answer"]> {
    return (await this.askWithBytes(question, request, bytes)).answer;
  }

  askWithBytes<Q extends Asked>(question: Q, request: Questions[Q]["ask"], bytes: readonly Uint8Array[] = []):
      Promise<Answered<Questions[Q]["answer"]>> {
    return new Promise((resolve, reject) => this.crew.desk.ask({ ask: question, ...request }, bytes, {
      reject, resolve: (answered) => resolve(answered as Answered<Questions[Q]["answer"]>),
    }));
  }

  run(study: StudyRef, options: RunOptions): Running {
    return new Shards(study, options, this.crew);
  }
}

/** Of two modules with nothing but one instruction each: a vector of 128 bits, and a block that catches exceptions. */
const needed = [
  [5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11],
  [4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11],
];

/** Whether this browser can run the engine at all. */
export function supported(): boolean {
  return needed.every((body) => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, ...body])));
}

/** The engine out of the worker's script and the packed module, which compiles at once and not on this thread. */
export function engine(script: string, packed: string): Engine {
  return new Quartic(script, packed);
}
