/** Someone who does whatever comes to mind, for QUARTIC_PAGE_MINUTES minutes (half a minute unless told otherwise). */
import assert from "node:assert/strict";
import { it } from "node:test";
import { addresses } from "./addresses.mjs";
import { oneOf, openBrowser, openPage, playRoom, randomFrom, rooms, workOf } from "./support.mjs";

const minutes = Number(process.env.QUARTIC_PAGE_MINUTES ?? 0.5), seed = Number(process.env.QUARTIC_PAGE_SEED ?? 1);
const mostGrowth = 20e6, longestBlock = 200;

/** Bytes that are in use after all that can be given back was. */
async function heapOf(session) {
  for (let k = 0; k < 2; k += 1) await session.send("HeapProfiler.collectGarbage");
  const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await session.send("Runtime.getHeapUsage");
  return usedSize + embedderHeapUsedSize + backingStorageSize;
}

/** Notes how long the screen stands still: the longest task since it was last asked, and the longest frame of all. */
const watchTasks = (page) => page.addInitScript(() => {
  window.print = () => {};
  window.blocks = { task: 0, frame: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.blocks.task = Math.max(window.blocks.task, duration);
  }).observe({ entryTypes: ["longtask"] });
  let last = performance.now();
  const frame = (now) => {
    window.blocks.frame = Math.max(window.blocks.frame, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
});

/**
 * How long tasks took, by the clock and at most by the page's own work: where other programs have the processor, a task
 * takes longer by the clock than the thread was at work since the act before the last.
 */
class Stopwatch {
  worst = { clock: 0, own: 0, after: "" };
  times = [0, 0];

  constructor(page, session) {
    Object.assign(this, { page, session });
  }

  async look(after) {
    const now = await workOf(this.session);
    const clock = await this.page.evaluate(() => {
      const { task } = window.blocks;
      window.blocks.task = 0;
      return task;
    });
    const own = Math.min(clock, now - this.times.shift());
    this.times.push(now);
    if (own > this.worst.own) this.worst = { clock, own, after };
  }
}

const keys = ["Tab", "Tab", "Tab", "Shift+Tab", "Enter", "Space", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown",
  "Home", "End", "PageDown", "Escape", "Control+a", "Backspace", "a", "=", "[", "1", "Control+Space"];

/** Presses something that is on the screen, or moves it. */
const touch = (page, number) => page.evaluate((number) => {
  const all = [...document.querySelectorAll("button, a[href], input, select, summary, textarea, .canvas")]
    .filter((one) => !one.disabled && one.checkVisibility());
  const one = all[Math.floor(number * all.length)];
  if (!one) return "nothing";
  if (one.type === "range" || one.tagName === "SELECT") {
    const options = one.tagName === "SELECT" ? one.options.length : Number(one.max) + 1;
    const index = Math.floor((number * 1e6) % options);
    if (one.tagName === "SELECT") one.selectedIndex = index;
    else one.value = String(index);
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  } else one.click();
  return `${one.tagName} ${one.id} ${one.textContent.slice(0, 30)}`;
}, number);

/** Does something, and says what. */
async function act(page, random, number) {
  const kind = random();
  if (kind < 0.55) return touch(page, random());
  if (kind < 0.85) {
    const key = oneOf(random, keys);
    await page.keyboard.press(key);
    return key;
  }
  if (kind < 0.92) {
    const [{ hash }] = addresses(random, 1);
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    return hash;
  }
  if (kind < 0.95) return page.evaluate((to) => scrollTo(0, to * document.body.scrollHeight), random());
  const width = oneOf(random, [360, 800, 1280, 1920]);
  if (kind < 0.97) await page.setViewportSize({ width, height: 800 });
  else await page.evaluate((back) => (back ? history.back() : history.forward()), number % 2 === 0);
  return kind < 0.97 ? `${width} pixels` : "back or forward";
}

it(`stands ${minutes} minutes of random clicks, keys and addresses (seed ${seed})`,
   { timeout: (minutes + 3) * 60_000 }, async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page, faults, context } = await openPage(browser, "", { prepare: watchTasks, acceptDownloads: false });
  const session = await context.newCDPSession(page), random = randomFrom(seed);
  await session.send("Performance.enable");
  for (const room of rooms) await playRoom(page, room);
  const before = await heapOf(session), watch = new Stopwatch(page, session);
  await page.evaluate(() => { window.blocks = { task: 0, frame: 0 }; });
  const end = Date.now() + minutes * 60_000;
  let acts = 0;
  for (; Date.now() < end; acts += 1) {
    await watch.look(await act(page, random, acts));
    assert.deepEqual(faults, [], `after ${acts} acts`);
  }
  const { frame } = await page.evaluate(() => window.blocks), { worst } = watch;
  for (const room of rooms) await page.evaluate((hash) => { location.hash = hash; }, `#v1/${room}?lang=en`);
  await page.waitForTimeout(1000);
  const grown = (await heapOf(session)) - before;
  const [frames, clock, own] = [frame, worst.clock, worst.own].map(Math.round);
  t.diagnostic(`${acts} acts; the heap grew by ${(grown / 1e6).toFixed(1)} MB; the longest frame took ${frames} ms; ` +
    `the longest task ${clock} ms, of which at most ${own} were its own, after: ${worst.after}`);
  assert.deepEqual(faults, []);
  assert.ok(grown < mostGrowth, `the heap grew by ${grown} bytes`);
  assert.ok(worst.own < longestBlock, `a task took ${worst.own} ms after ${worst.after}`);
});
