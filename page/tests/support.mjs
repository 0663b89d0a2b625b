/** What the tests of the page share: where things lie, the engine in node, the native program, and a browser. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..", "..");
const runFile = promisify(execFile);

export const pageFile = resolve(process.env.QUARTIC_PAGE ?? join(root, "build/page/quartic.html"));
export const program = resolve(process.env.QUARTIC_PROGRAM ?? join(root, "build/release/quartic"));
export const engineFolder = join(root, "build/page/engine");
export const pictureFolder = join(root, "build/page/pictures");
export const nativeDraws = join(dirname(program), "tests/page/page_draws");

export const rooms = ["figure", "radiologist", "causes", "width", "bill", "own", "lesson"];
export const languages = ["en", "de", "zh", "es"];

/** Why a test cannot run, where a program of this computer is missing; false where it is there. */
export function without(file) {
  return existsSync(file) ? false : `there is no ${file}, which ./dev build makes`;
}

export function studyText(name) {
  return readFileSync(join(root, "page/studies", `${name}.toml`), "utf8");
}

/** A study of a moment. */
export const smallStudy = `title = "A small one"
seed = 3
replicates = 12
sizes = [20, 40, 80, 160]

[world]
kind = "sparse_linear"
candidates = 30
relevant = 5

[[arm]]
name = "ridge"
model = "ridge"

[[arm]]
name = "knows"
model = "least_squares"
expert = { correct = 5 }

[[claim]]
says = "Who knows needs k^2 times the data"
arm = "knows"
law = "data_exponent"
from = 40
expect = 2.0
margin = 0.5

[[claim]]
says = "Ridge is worse"
arm = "ridge"
law = "error_multiple"
against = { arm = "knows" }
at_least = 1.0
margin = 0
`;

/** All texts of a language, the frame's and the rooms'. */
export function textsOf(language) {
  const read = (part) => JSON.parse(readFileSync(join(root, "page/face/texts", `${language}${part}.json`), "utf8"));
  return { ...read(""), ...read(".scenes") };
}

/** Rows of a CSV as objects; fields may be quoted. */
export function parseCsv(text) {
  const rows = [[]];
  let field = "", quoted = false;
  for (let k = 0; k < text.length; k += 1) {
    const letter = text[k];
    if (quoted && letter === '"' && text[k + 1] === '"') { field += '"'; k += 1; }
    else if (letter === '"') quoted = !quoted;
    else if (quoted || (letter !== "," && letter !== "\n")) field += letter;
    else {
      rows.at(-1).push(field);
      field = "";
      if (letter === "\n") rows.push([]);
    }
  }
  if (quoted || field !== "" || rows.at(-1).length > 0) throw new Error("the CSV ends within a row");
  const [head, ...body] = rows.slice(0, -1);
  return body.map((row, index) => {
    if (row.length !== head.length) throw new Error(`row ${index + 2} has ${row.length} fields of ${head.length}`);
    return Object.fromEntries(head.map((name, column) => [name, row[column]]));
  });
}

/** Random numbers from 0 to 1 that a seed fixes (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function oneOf(random, list) {
  return list[Math.floor(random() * list.length)];
}

/** The engine of the page in node: `ask` answers as the page's workers do, `run` gives the records that it sends. */
export async function openEngine() {
  const Quartic = createRequire(import.meta.url)(join(engineFolder, "quartic.js"));
  let sent = [];
  const engine = await Quartic({ wasmBinary: readFileSync(join(engineFolder, "quartic.wasm")), progress: () => {},
                                 records: (bytes) => sent.push(new Uint8Array(bytes)) });
  const ask = (question, bytes = []) => JSON.parse(engine.answer(JSON.stringify(question), bytes).json);
  const run = (study, shard = { index: 1, count: 1 }) => {
    sent = [];
    return { answer: ask({ ask: "run", study, shard }), records: sent };
  };
  return { ask, run };
}

/** A folder for the files of a test, gone after it. */
export function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), "quartic-page-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a study by the native program; fits that diverge (status 1) are results, too. */
export async function runNatively(text, folder, ...options) {
  writeFileSync(join(folder, "study.toml"), text);
  const out = join(folder, "run");
  const done = runFile(program, ["run", join(folder, "study.toml"), "--out", out, "--quiet", ...options]);
  await done.catch((failure) => { if (failure.code !== 1) throw failure; });
  const read = (name) => readFileSync(join(out, name), "utf8");
  return { records: read("records.csv"), summary: read("summary.csv"), findings: JSON.parse(read("findings.json")),
           study: read("study.toml") };
}

export async function output(file, ...options) {
  return (await runFile(file, options)).stdout;
}

export function openBrowser() {
  return chromium.launch({ executablePath: "/usr/bin/chromium-headless-shell",
                           args: ["--no-sandbox", "--js-flags=--expose-gc"] });
}

/** The page from its file. `faults` gathers whatever must not happen: exceptions, complaints, requests elsewhere. */
export async function openPage(browser, hash = "", { prepare, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
  context.setDefaultTimeout(120_000); // of what must come, however busy the machine is
  const page = await context.newPage();
  const faults = [];
  const own = `${pathToFileURL(pageFile)}`;
  page.on("pageerror", (error) => faults.push(`exception: ${error.stack ?? error}`));
  page.on("crash", () => faults.push("the tab crashed"));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  context.on("request", (request) => {
    if (!/^(blob|data):/.test(request.url()) && request.url().split("#")[0] !== own)
      faults.push(`request: ${request.url()}`);
  });
  if (prepare) await prepare(page);
  await page.goto(`${own}${hash}`);
  return { page, faults, context, close: () => context.close() };
}

/** What is on the screen: the room that is not hidden. */
export function roomOf(page) {
  return page.locator("main > .room:not([hidden])");
}

/** Waits until a run of the room (the first one of it, or another) has ended, in whatever language. */
export async function finished(page, { at = 0, timeout = 180_000 } = {}) {
  const sentences = (key) => languages.map((language) => textsOf(language)[key]);
  const ends = [...sentences("run.finished"), ...sentences("run.failed"), ...sentences("run.unsound")];
  const status = await page.waitForFunction(([ends, at]) => {
    const status = document.querySelectorAll("main > .room:not([hidden]) .run-bar")[at]?.querySelector(".status");
    return ends.includes(status?.textContent) && status.closest(".run-bar").innerText;
  }, [ends, at], { timeout });
  const text = await status.jsonValue();
  if (!sentences("run.finished").some((sentence) => text.includes(sentence))) throw new Error(text);
}

/** Presses Tab until what has the focus is the element sought: by keys alone, as someone without a mouse. */
export async function tabTo(page, selector, { text = "", most = 250, back = false } = {}) {
  const there = ([selector, text]) => {
    const one = document.activeElement;
    return Boolean(one?.matches(selector) && (text === "" || one.textContent.trim() === text));
  };
  for (let k = 0; k < most; k += 1) {
    if (await page.evaluate(there, [selector, text])) return;
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`no ${selector} ${text} within ${most} presses of Tab`);
}

/** What a file that the page gives away has in it. */
export async function download(page, act) {
  const [given] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: given.suggestedFilename(), bytes: readFileSync(await given.path()) };
}

/** Addresses of the rooms in which everything happens that can happen: predicted, run, told. */
export const played = {
  figure: "#v1/figure?guess=later",
  radiologist: "#v1/radiologist?guess=late&reads=shs&archive=on&places=on&list=0%2C3%2C12%2C21",
  causes: "#v1/causes?guess=noise&on=floor%2Cbest%2Cfew",
  width: "#v1/width?guess=peak&penalty=on",
  bill: "#v1/bill?guess=16",
  own: `#v1/own?text=${encodeURIComponent(smallStudy)}`,
  lesson: "#v1/lesson",
};

/** Goes to an address, as one that is typed. */
export async function enter(page, hash) {
  await page.waitForTimeout(300); // until the page has written its own
  await page.evaluate((hash) => { location.hash = hash; }, hash);
}

/** Goes there by the address, and runs what runs there. */
export async function playRoom(page, room) {
  await enter(page, played[room]);
  await page.waitForSelector(`.room.${room}:not([hidden])`);
  if (["radiologist", "own"].includes(room)) {
    if (room === "own") await page.waitForSelector(".room.own .facts:not(:empty)");
    await roomOf(page).locator(".run-bar button.main:visible").first().press("Enter");
  }
  if (room === "bill") await page.waitForSelector(".room.bill .found table");
  else if (room !== "lesson") await finished(page);
}

/** Milliseconds that the thread of the page has been at work; a busy computer does not change them. */
export async function workOf(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(({ name }) => name === "ThreadTime").value;
}

/** What sticks out of the screen, but for what scrolls by itself. */
export function overhanging(page) {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (one) => one !== document.body && (getComputedStyle(one).overflowX !== "visible" ||
      scrolls(one.parentElement));
    return [...document.querySelectorAll("body *")].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (right > clientWidth + 1 || left < -1) && !scrolls(one.parentElement);
    }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5).concat(`${scrollWidth} pixels`);
  });
}
