/**
 * Runs in a worker: unpacks and compiles the engine once, takes the compiled module from then on, and puts questions to
 * it one after the other. The glue that emscripten makes stands before this in the same file, as `Quartic`.
 */
import { unpack } from "./lzma";
import { fromSevens } from "./seven";

interface Answer {
  readonly json: string;
  readonly bytes?: Uint8Array;
}

interface Instance {
  answer(request: string, bytes: readonly Uint8Array[]): Answer;
}

interface Options {
  readonly instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => object;
  readonly progress: (json: string) => void;
  readonly records: (bytes: Uint8Array) => void;
}

declare const Quartic: (options: Options) => Promise<Instance>;

/** What the page says to a worker. */
export type ToWorker =
  | { readonly kind: "unpack"; readonly packed: string }
  | { readonly kind: "module"; readonly module: WebAssembly.Module }
  | { readonly kind: "ask"; readonly id: number; readonly request: string; readonly bytes: readonly Uint8Array[] };

/** What a worker says to the page. */
export type FromWorker =
  | { readonly kind: "module"; readonly module: WebAssembly.Module }
  | { readonly kind: "progress"; readonly id: number; readonly json: string }
  | { readonly kind: "records"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: "answer"; readonly id: number; readonly json: string; readonly bytes: Uint8Array | null }
  | { readonly kind: "broken"; readonly id: number | null; readonly text: string };

interface Scope {
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const scope = self as unknown as Scope;
let asked = 0;

/** Bytes of their own, that can be handed over: those of the engine lie in its memory. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function start(module: WebAssembly.Module): Promise<Instance> {
  return Quartic({
    instantiateWasm: (imports, done) => {
      void WebAssembly.instantiate(module, imports).then(done, broken);
      return {};
    },
    progress: (json) => scope.postMessage({ kind: "progress", id: asked, json }),
    records: (bytes) => {
      const copy = own(bytes);
      scope.postMessage({ kind: "records", id: asked, bytes: copy }, [copy.buffer]);
    },
  });
}

/** Why the engine did not start, for whoever asks later. */
let trouble = "";

function broken(reason: unknown): void {
  const text = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  trouble ||= text;
  scope.postMessage({ kind: "broken", id: asked || null, text });
}

let instance: Promise<Instance> | null = null;

async function unpackAndStart(packed: string): Promise<void> {
  const module = await WebAssembly.compile(unpack(fromSevens(packed)));
  scope.postMessage({ kind: "module", module });
  instance = start(module);
}

async function ask(id: number, request: string, bytes: readonly Uint8Array[]): Promise<void> {
  asked = id;
  const engine = await instance;
  if (!engine && trouble !== "") throw new Error(trouble);
  if (!engine) return;
  const answer = engine.answer(request, bytes);
  const given = answer.bytes ? own(answer.bytes) : null;
  scope.postMessage({ kind: "answer", id, json: answer.json, bytes: given }, given ? [given.buffer] : []);
}

/** One after the other, in the order in which they came. */
let line: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  line = line.then(() => {
    if (data.kind === "unpack") return unpackAndStart(data.packed);
    if (data.kind === "ask") return ask(data.id, data.request, data.bytes);
    instance = start(data.module);
    return instance.then(() => undefined);
  }).catch(broken);
};
