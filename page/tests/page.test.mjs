/** The page as a file: what it loads, what its address keeps, and what happens to it. */
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, it } from "node:test";
import { download, enter, finished, folderFor, languages, openBrowser, openPage, program, rooms, roomOf, runNatively,
         tabTo, textsOf, without } from "./support.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const nextAddress = (page) => page.waitForTimeout(1200); // the address follows a moment later

/** Everything that can be set in the room on the screen. */
function settingsOf(page) {
  return roomOf(page).locator("input, select, textarea").evaluateAll((inputs) => inputs.map((one) =>
    `${one.getAttribute("aria-valuetext") ?? ""} ${one.value} ${one.checked ?? ""} ${one.disabled}`));
}

async function inRoom(page, room) {
  await page.waitForSelector(`main > .room.${room}:not([hidden])`);
  assert.equal(await roomOf(page).count(), 1);
}

it("opens from a file, loads nothing else, and asks nobody", async () => {
  const asked = [];
  const server = createServer((request, response) => { asked.push(request.url); response.end("here"); });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const there = `http://127.0.0.1:${server.address().port}`;
  const opened = await openPage(browser, "#v1/figure?guess=never");
  for (const room of rooms) {
    await opened.page.locator(`nav.scenes a[href$="/${room}"]`).press("Enter");
    await inRoom(opened.page, room);
  }
  assert.deepEqual(opened.faults, []);
  const blocked = await opened.page.evaluate(async (there) => {
    const violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const fetched = await fetch(`${there}/fetched`).then(() => true, () => false);
    const worker = new Worker(URL.createObjectURL(new Blob([`fetch("${there}/worker").then(() => postMessage(true),
      () => postMessage(false))`])));
    const fromWorker = await new Promise((resolve) => { worker.onmessage = ({ data }) => resolve(data); });
    const image = new Image();
    image.src = `${there}/image.png`;
    await new Promise((resolve) => { image.onload = image.onerror = resolve; });
    const script = document.createElement("script");
    script.src = `${there}/script.js`;
    document.head.append(script);
    await new Promise((resolve) => { script.onload = script.onerror = resolve; });
    return { fetched, fromWorker, violations };
  }, there);
  assert.deepEqual(asked, []);
  assert.equal(blocked.fetched || blocked.fromWorker, false);
  for (const directive of ["connect-src", "img-src", "script-src-elem"])
    assert.ok(blocked.violations.includes(directive), directive);
  server.close();
  await opened.close();
});

const watchForCurves = (page) => page.addInitScript(() => {
  new MutationObserver(() => {
    if (document.querySelector(".canvas svg path")) window.first_curves ??= performance.now();
  }).observe(document, { childList: true, subtree: true });
});

it("shows its room within a second, and says how soon the first curves are there", async (t) => {
  const paints = [], curves = [];
  for (let k = 0; k < 3; k += 1) {
    const { page, close } = await openPage(browser, "#v1/figure?guess=never", { prepare: watchForCurves });
    await page.waitForFunction(() => window.first_curves !== undefined, null, { timeout: 180_000 });
    const [paint, curve] = await page.evaluate(() => [performance.getEntriesByType("paint")[0].startTime,
                                                      window.first_curves]);
    paints.push(Math.round(paint));
    curves.push(Math.round(curve));
    await close();
  }
  t.diagnostic(`first paint after ${paints.join(", ")} ms, first curves after ${curves.join(", ")} ms`);
  assert.ok(Math.min(...paints) < 1000, `the room was painted after ${paints} ms`);
});

/** Moves a slider of the room to another of its places; milliseconds until a picture of what it says is there. */
const answerTo = (page, key, place) => page.evaluate(([key, place]) => new Promise((resolve) => {
  const room = document.querySelector("main > .room:not([hidden])"), chart = room.querySelector(".chart");
  const slider = room.querySelector(`input[type=range][id*="${key}"]`) ?? room.querySelectorAll("input[type=range]")[2];
  const start = performance.now();
  let stale = false;
  const observer = new MutationObserver(() => {
    stale ||= chart.classList.contains("stale");
    if (!stale || chart.classList.contains("stale")) return;
    observer.disconnect();
    resolve(performance.now() - start);
  });
  observer.observe(room, { attributes: true, attributeFilter: ["class"], childList: true, subtree: true });
  slider.value = String(place);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  slider.dispatchEvent(new Event("change", { bubbles: true }));
}), [key, place]);

it("answers a slider with the curves of what it says, at rest and in the midst of a run", async (t) => {
  const { page, faults, close } = await openPage(browser, "#v1/figure?guess=never");
  await finished(page);
  const resting = [], running = [];
  for (const place of [4, 2, 5, 3, 1]) {
    resting.push(Math.round(await answerTo(page, "noise", place)));
    await finished(page);
  }
  for (const place of [4, 2, 5, 3, 1]) running.push(Math.round(await answerTo(page, "noise", place)));
  t.diagnostic(`the first curves of a slider came after ${resting.join(", ")} ms; while others were being run after ` +
    `${running.join(", ")} ms`);
  assert.deepEqual(faults, []);
  await close();
});

it("goes to another room and back with the browser's own buttons, and a slider leaves no step behind", async () => {
  const { page, faults, close } = await openPage(browser);
  await inRoom(page, "figure");
  for (const room of ["causes", "bill"]) {
    await tabTo(page, `nav.scenes a[href$="/${room}"]`);
    await page.keyboard.press("Enter");
    await inRoom(page, room);
  }
  await tabTo(page, "button", { text: textsOf("en")["predict.skip"] });
  await page.keyboard.press("Enter");
  const steps = await page.evaluate(() => history.length);
  await tabTo(page, '.room:not([hidden]) .side input[type="range"]');
  for (let k = 0; k < 3; k += 1) await page.keyboard.press("ArrowRight");
  const moved = await settingsOf(page);
  await nextAddress(page);
  assert.equal(await page.evaluate(() => history.length), steps);
  await page.goBack();
  await inRoom(page, "causes");
  await page.goBack();
  await inRoom(page, "figure");
  await page.goForward();
  await page.goForward();
  await inRoom(page, "bill");
  assert.deepEqual(await settingsOf(page), moved);
  assert.deepEqual(faults, []);
  await close();
});

const states = {
  figure: "pool=100&relevant=4&noise=2&overlooks=3&by=computing&guess=hundred",
  radiologist: "list=1%2C2%2C49&reads=shs&places=on&archive=on&view=computing&guess=late&pupil=%E7%8E%8B+%E5%B0%8F",
  causes: "on=few%2Cfloor&wrong=0.001&blur=0.7&floor=0.05&guess=noise",
  width: "width=140&n=40&noise=1.25&penalty=on&guess=peak",
  bill: "size=20&q=13.6&times=5&guess=500",
  own: "by=computing&effort=&text=title+%3D+%22mine%22%0A",
};

const partsOf = (address) => address.split(/[?&]/).sort();

it("is the same again from its address, also after its tab was killed", async () => {
  const before = new Map();
  const first = await openPage(browser);
  for (const [room, query] of Object.entries(states)) {
    await enter(first.page, `#v1/${room}?lang=es&theme=dark&name=Anna+B&${query}`);
    await nextAddress(first.page);
    const address = await first.page.evaluate(() => location.hash);
    for (const part of query.split("&").filter((part) => !part.endsWith("=")))
      assert.ok(address.includes(part), `${part} in ${address}`);
    before.set(address, await settingsOf(first.page));
  }
  assert.equal(await first.page.locator(".notice").count(), 0);
  assert.deepEqual(first.faults, []);
  const killer = await first.context.newCDPSession(first.page);
  killer.send("Page.crash").catch(() => {});
  await first.page.waitForEvent("crash");
  await first.close();
  const [opening] = before.keys();
  const second = await openPage(browser, opening);
  for (const [address, settings] of before) {
    if (address !== opening) await enter(second.page, address);
    await nextAddress(second.page);
    assert.deepEqual(await settingsOf(second.page), settings, address);
    assert.deepEqual(partsOf(await second.page.evaluate(() => location.hash)), partsOf(address));
  }
  assert.equal(await second.page.locator("html").getAttribute("lang"), "es");
  assert.equal(await second.page.locator("html").getAttribute("data-theme"), "dark");
  assert.deepEqual(second.faults, []);
  await second.close();
});

it("keeps what was done when the language changes, also while a study runs", async () => {
  const { page, faults, close } = await openPage(browser, "#v1/own?lang=en");
  await page.waitForFunction(() => document.querySelector(".room.own textarea").value.length > 500);
  await tabTo(page, ".room.own button.main");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".room.own .canvas svg", { timeout: 180_000 });
  const text = await page.locator(".room.own textarea").inputValue();
  await tabTo(page, ".menus .menu:first-child select");
  for (const language of languages) {
    await page.selectOption(".menus .menu:first-child select", language);
    assert.equal(await roomOf(page).locator("h1").textContent(), textsOf(language)["own.question"]);
    assert.equal(await page.locator(".room.own textarea").inputValue(), text);
    assert.ok(await page.locator(".room.own .canvas svg").isVisible());
  }
  const done = () => page.locator(".room.own progress").evaluate((meter) => meter.value);
  const before = [await done(), textsOf("es")["run.finished"]];
  await page.waitForFunction(([share, finished]) => document.querySelector(".room.own progress").value > share ||
    document.querySelector(".room.own .status").textContent === finished, before, { timeout: 180_000 });
  assert.deepEqual(faults, []);
  await close();
});

it("takes a name for a seed as the program does, in any script", { skip: without(program) }, async (t) => {
  for (const name of ["Anna B", "王 小明", "constructor"]) {
    const { page, faults, close } = await openPage(browser, "#v1/figure");
    await tabTo(page, 'footer input[type="text"]');
    await page.keyboard.insertText(name);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => !document.querySelector(".exports button").disabled);
    await nextAddress(page);
    assert.equal(new URLSearchParams(new URL(page.url()).hash.split("?")[1]).get("name"), name);
    await tabTo(page, ".exports button", { text: "figure.toml", back: true });
    const { bytes } = await download(page, () => page.keyboard.press("Enter"));
    const small = `${bytes}`.replace(/^sizes = .*$/m, "sizes = [15]").replace(/replicates = \d+/g, "replicates = 2")
      .replace(/^\[\[claim\]\][^]*/m, "");
    const native = await runNatively(small.replace(/^seed = \d+$/m, "seed = 1"), folderFor(t), "--seed-from", name);
    assert.equal(/^seed = (\d+)$/m.exec(`${bytes}`)[1], /^seed = (\d+)$/m.exec(native.study)[1]);
    assert.deepEqual(faults, []);
    await close();
  }
});

it("says the class word where the class needs it, as soon as it is typed", async () => {
  const { page, faults, close } = await openPage(browser, "#v1/radiologist?lang=en");
  const room = roomOf(page), said = (word) => textsOf("en")["radiologist.class.word"].replace("{word}", word);
  await room.getByText(said(textsOf("en")["radiologist.class.no_word"]), { exact: true }).waitFor();
  for (const word of ["3 b", "王 小明"]) {
    await page.locator('footer input[type="text"]').fill(word);
    await page.keyboard.press("Enter");
    await room.getByText(said(`“${word}”`), { exact: true }).waitFor({ timeout: 10_000 });
  }
  assert.deepEqual(faults, []);
  await close();
});

/** The engine is unpacked only after this many milliseconds. */
const lateEngine = (pause) => (page) => page.addInitScript((pause) => {
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message.kind === "unpack") setTimeout(() => postMessage.call(this, message, ...more), pause);
    else postMessage.call(this, message, ...more);
  };
}, pause);

it("stops before the engine is there, and runs when it is asked again", async () => {
  const { page, faults, close } = await openPage(browser, "#v1/figure?guess=never", { prepare: lateEngine(2500) });
  const words = textsOf("en"), stopped = words["run.stopped_early"];
  await tabTo(page, "button", { text: words["predict.change"] });
  await page.waitForTimeout(200);
  const stopButton = roomOf(page).getByRole("button", { name: words["run.stop"], exact: true });
  if (!(await stopButton.isVisible())) await roomOf(page).locator(".run-bar button:not([hidden])").press("Enter");
  await stopButton.press("Enter");
  assert.equal(await roomOf(page).locator(".status").textContent(), stopped);
  await page.waitForTimeout(3500);
  assert.equal(await roomOf(page).locator(".status").textContent(), stopped);
  assert.equal(await roomOf(page).locator(".canvas svg").count(), 0);
  await roomOf(page).getByRole("button", { name: words["run.again"], exact: true }).press("Enter");
  await finished(page);
  assert.deepEqual(faults, []);
  await close();
});

it("says in the reader's language that a browser is too old for it, and nothing where it is not", async () => {
  const old = (page) => page.addInitScript(() => { WebAssembly.validate = () => false; });
  for (const language of languages) {
    const { page, close } = await openPage(browser, `#v1/figure?lang=${language}`, { prepare: old });
    await page.waitForSelector(".notice");
    assert.ok((await page.locator(".notice").innerText()).includes(textsOf(language)["frame.old_browser"]));
    await close();
  }
  const { page, close } = await openPage(browser, "#v1/figure?lang=en&guess=never");
  await finished(page);
  assert.equal(await page.locator(".notice").count(), 0);
  await close();
});

it("dims a picture that belongs to earlier settings, and gives no command for what is unsound", async () => {
  const { page, faults, close } = await openPage(browser, "#v1/own");
  const room = roomOf(page), area = page.locator(".room.own textarea");
  await page.waitForFunction(() => document.querySelector(".room.own textarea").value.length > 500);
  const text = (await area.inputValue()).replace(/^replicates = .*$/m, "replicates = 2");
  const misspelt = text.replace(/^replicates/m, "replicats");
  const line = misspelt.split("\n").findIndex((one) => one.startsWith("replicats")) + 1;
  await area.fill(misspelt);
  await page.waitForSelector(".room.own .problems button");
  const told = await room.locator(".editor .problems li").first().innerText();
  assert.match(told, new RegExp(`^Line ${line}\\b.*replicats`, "s"));
  assert.equal(await room.locator(".exports .command").isVisible(), false);
  for (const button of await room.locator(".exports .row button").all()) assert.ok(await button.isDisabled());
  await area.fill(text);
  await page.waitForFunction(() => !document.querySelector(".room.own .exports .row button").disabled);
  assert.ok(await room.locator(".exports .command").isVisible());
  await room.locator(".run-bar button.main:visible").press("Enter");
  await page.waitForSelector(".room.own .canvas svg", { timeout: 180_000 });
  await room.locator(".run-bar button.main:visible").press("Enter");
  assert.equal(await room.locator(".stale").count(), 0);
  await area.fill(text.replace(/^replicates = .*$/m, "replicates = 3"));
  await page.waitForSelector(".room.own .chart.stale");
  assert.ok(await room.locator(".stale-note").isVisible());
  assert.deepEqual(faults, []);
  await close();
});
