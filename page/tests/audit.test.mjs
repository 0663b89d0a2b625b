/** What Lighthouse asks of a page, beside the rules of axe (access.test.mjs): by our own hands, for it wants a server. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, it } from "node:test";
import { languages, openBrowser, openPage, pageFile, playRoom, roomOf, rooms } from "./support.mjs";

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

it("says what it is before anything else: its kind, its letters, its name, what it is about, that it may be enlarged",
   () => {
  const head = readFileSync(pageFile, "latin1").slice(0, 4096);
  assert.match(head, /^<!doctype html>/i);
  assert.ok(head.indexOf('<meta charset="utf-8">') < 1024);
  assert.match(head, /<title>[^<]+<\/title>/);
  assert.match(head, /<meta name="description" content="[^"]{50,160}">/);
  assert.match(head, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
});

/** Notes what moves, what is painted, and how long the thread of the page is blocked, from the first moment. */
const watchLoad = (page) => page.addInitScript(() => {
  window.load = { shift: 0, largest: 0, blocked: 0 };
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note))
    .observe({ type, buffered: true });
  watch("layout-shift", (entry) => { if (!entry.hadRecentInput) window.load.shift += entry.value; });
  watch("largest-contentful-paint", (entry) => { window.load.largest = entry.startTime; });
  watch("longtask", (entry) => { window.load.blocked += entry.duration - 50; });
});

it("stands still while it loads, and says when its largest part is there and how long it was blocked", async (t) => {
  for (const room of rooms) {
    const { page, faults, close } = await openPage(browser, `#v1/${room}`, { prepare: watchLoad });
    await page.waitForTimeout(3000);
    const { shift, largest, blocked } = await page.evaluate(() => window.load);
    t.diagnostic(`${room}: the largest part after ${Math.round(largest)} ms, blocked for ${Math.round(blocked)} ms, ` +
      `moved by ${shift.toFixed(3)}`);
    assert.ok(shift < 0.1, `${room} moved by ${shift}`);
    assert.deepEqual(faults, []);
    await close();
  }
});

/** What has no name, what is out of order, what a finger misses. */
function complaints() {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().width > 2;
  const told = (what, ones) => ones.map((one) => `${what}: ${one.outerHTML.slice(0, 100)}`);
  const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
  const levels = all("h1, h2, h3, h4, h5, h6").map((one) => Number(one.tagName[1]));
  const jumps = levels.filter((level, k) => k > 0 && level > levels[k - 1] + 1);
  const inText = (one) => ["P", "LI", "TD", "FIGCAPTION"].includes(one.parentElement.tagName);
  const small = all("button, select, input, summary, a[href]").filter((one) => {
    const sides = [one, ...(one.labels ?? [])].map((target) => target.getBoundingClientRect())
      .map(({ width, height }) => Math.min(width, height));
    return Math.max(...sides) < 24 && !inText(one);
  });
  const away = all("a[target=_blank]").filter((one) => !/noopener/.test(one.rel));
  return [...told("too small for a finger", small), ...told("opens a window that may steer this one", away),
          ...jumps.map((level) => `a heading of level ${level} after one of less than ${level - 1}`),
          ...(levels.filter((level) => level === 1).length === 1 ? [] : ["not one heading of the first level"]),
          ...(document.querySelectorAll("main, [role=main]").length === 1 ? [] : ["not one main part"]),
          ...(document.querySelectorAll("body *").length < 5000 ? [] : ["over 5,000 elements"])];
}

it("has headings in order, one main part, targets of 24 pixels and its language's name, in every room", async () => {
  const { page, faults, close } = await openPage(browser);
  for (const room of rooms) {
    await playRoom(page, room);
    assert.deepEqual(await page.evaluate(complaints), [], room);
  }
  for (const language of languages) {
    await page.selectOption(".menus .menu:first-child select", language);
    assert.equal((await page.locator("html").getAttribute("lang")).slice(0, 2), language);
    assert.ok((await page.title()).length > 3);
  }
  assert.ok(await roomOf(page).locator("h1").isVisible());
  assert.deepEqual(faults, []);
  await close();
});
