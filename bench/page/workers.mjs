/**
 * How long a built-in study for a class takes: by the program on one thread, in the page with one worker, and with two.
 *
 *     node bench/page/workers.mjs [STUDY]    (figure2 unless told otherwise; ./dev test builds what it needs)
 *
 * The best of three runs each, taken in turn, in seconds; the page's begin when its engine is there.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { finished, openBrowser, openPage, program, roomOf } from "../../page/tests/support.mjs";

const study = process.argv[2] ?? "figure2";

async function byProgram() {
  const folder = mkdtempSync(join(tmpdir(), "quartic-bench-"));
  const begin = performance.now();
  const options = ["run", study, "--effort", "classroom", "--threads", "1", "--quiet", "--out", join(folder, "run")];
  await promisify(execFile)(program, options).catch((failure) => { if (failure.code !== 1) throw failure; });
  const seconds = (performance.now() - begin) / 1000;
  rmSync(folder, { recursive: true, force: true });
  return seconds;
}

async function inPage(browser, workers) {
  const prepare = (page) => page.addInitScript((workers) => {
    Object.defineProperty(Navigator.prototype, "hardwareConcurrency", { get: () => workers });
  }, workers);
  const opened = await openPage(browser, `#v1/own?study=${study}&effort=classroom`, { prepare });
  await opened.page.waitForSelector(".room.own .facts:not(:empty)");
  const begin = performance.now();
  await roomOf(opened.page).locator(".run-bar button.main:visible").first().press("Enter");
  await finished(opened.page, { timeout: 600_000 });
  const seconds = (performance.now() - begin) / 1000;
  await opened.close();
  return seconds;
}

const browser = await openBrowser();
const best = { native: Infinity, one: Infinity, two: Infinity };
for (let repeat = 0; repeat < 3; repeat += 1) {
  best.native = Math.min(best.native, await byProgram());
  best.one = Math.min(best.one, await inPage(browser, 1));
  best.two = Math.min(best.two, await inPage(browser, 2));
}
await browser.close();
const told = (seconds) => seconds.toFixed(2);
console.log(`${study} for a class: program on one thread ${told(best.native)} s; page with one worker ` +
  `${told(best.one)} s, ${told(best.one / best.native)} times that; with two ${told(best.two)} s, ` +
  `${told(best.one / best.two)} times as fast as with one`);
