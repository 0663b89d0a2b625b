/** The page for everybody: screen readers, keys, small screens, little light, no motion. Takes the pictures, too. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { languages, openBrowser, openPage, overhanging, pictureFolder, playRoom, roomOf, rooms, textsOf }
  from "./support.mjs";

const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

let browser, opened, page;
before(async () => {
  browser = await openBrowser();
  opened = await openPage(browser, "", { reducedMotion: "reduce" });
  ({ page } = opened);
  for (const room of rooms) await playRoom(page, room);
  await page.evaluate(axe);
});
after(() => browser?.close());

async function show(room) {
  await page.locator(`nav.scenes a[href$="/${room}"]`).press("Enter");
  await page.waitForSelector(`.room.${room}:not([hidden])`);
}

/** Pictures are drawn again a moment after their place has another width. */
const drawn = () => page.evaluate(() => new Promise((resolve) =>
  setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(resolve)), 120)));

async function violations(rules) {
  const found = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ["violations"],
    ...(rules ? { runOnly: { type: "rule", values: rules } } : {}) }), rules);
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
}

for (const language of languages)
  it(`violates no rule of axe in any room and theme, in ${language}`, { timeout: 400_000 }, async () => {
    await page.selectOption(".menus .menu:first-child select", language);
    for (const room of rooms) {
      await show(room);
      await page.emulateMedia({ colorScheme: "light" });
      assert.deepEqual(await violations(), [], `${room}, light`);
      await page.emulateMedia({ colorScheme: "dark" }); // where nothing but colours is another one
      assert.deepEqual(await violations(["color-contrast"]), [], `${room}, dark`);
    }
    assert.deepEqual(opened.faults, []);
  });

/** Visible texts with the size that they have on the screen, in SVG too; those for screen readers alone left out. */
function textsOnScreen() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement, text = node.data.trim();
    if (text === "" || parent.closest("script, style, noscript, desc, title, [aria-hidden=true], option")) continue;
    const box = document.createRange();
    box.selectNodeContents(node);
    const { width, height } = box.getBoundingClientRect();
    const style = getComputedStyle(parent);
    if (width < 2 || height < 2 || style.visibility === "hidden" || style.clipPath !== "none") continue;
    const scale = parent instanceof SVGElement ? parent.getScreenCTM().a : 1;
    found.push({ text: text.slice(0, 40), size: parseFloat(style.fontSize) * scale });
  }
  return found;
}

for (const width of [360, 1280, 1920])
  it(`is pictured in every room, light and dark, ${width} pixels wide, and nothing is too small`, async () => {
    mkdirSync(pictureFolder, { recursive: true });
    await page.selectOption(".menus .menu:first-child select", "en");
    await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
    for (const room of rooms) {
      await show(room);
      await drawn();
      const small = (await page.evaluate(textsOnScreen)).filter(({ size }) => size < 13.99);
      assert.deepEqual(small, [], room);
      assert.deepEqual(await overhanging(page), [], room);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(pictureFolder, `${room}-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
    assert.deepEqual(opened.faults, []);
  });

const groups = [...new Set(Object.keys(textsOf("en")).map((key) => key.split(".")[0]))].join("|");
const bareKey = new RegExp(`(^|\\s)(${groups})\\.(?!toml)[a-z_]+(\\s|$)`);

for (const language of languages)
  it(`is not wider than a screen of 360 pixels, and lacks no text, in ${language}`, async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.selectOption(".menus .menu:first-child select", language);
    for (const room of rooms) {
      await show(room);
      await drawn();
      assert.deepEqual(await overhanging(page), [], room);
      assert.equal(bareKey.exec(await roomOf(page).innerText())?.[0], undefined, room);
      assert.equal(await roomOf(page).locator("h1").textContent(), textsOf(language)[`${room}.question`]);
    }
  });

it("tells a screen reader what every picture shows", async () => {
  await page.selectOption(".menus .menu:first-child select", "en");
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const room of rooms) {
    await show(room);
    await drawn();
    const pictures = await roomOf(page).locator(".chart").evaluateAll((charts) => charts.map((chart) => {
      const svg = chart.querySelector("svg"), details = chart.querySelector("details");
      if (!svg) return { empty: chart.innerText };
      const named = svg.getAttribute("aria-labelledby").split(" ").map((id) => document.getElementById(id).textContent);
      const series = [...svg.querySelectorAll("text")].map((text) => text.textContent);
      details.open = true;
      return { role: svg.getAttribute("role"), named, series, table: !details.hidden };
    }));
    for (const picture of pictures.filter((one) => one.empty === undefined)) {
      assert.equal(picture.role, "img");
      assert.ok(picture.named.every((text) => text.length > 10), picture.named.join("\n"));
      assert.match(picture.named[1], /\d/);
      assert.ok(picture.table);
    }
    if (!["own", "lesson"].includes(room)) assert.ok(pictures.some((one) => one.named), room);
    await page.waitForFunction(() => [...document.querySelectorAll(".room:not([hidden]) .chart:has(svg)")]
      .every((chart) => chart.querySelectorAll("tbody tr").length > 0));
  }
});

/** What marks the element that has the focus: on itself, its label, or what holds it. */
function focusMark() {
  const one = document.activeElement;
  if (one === document.body) return "nothing";
  const marks = [one, one.nextElementSibling, one.closest(".sheet")].filter(Boolean).map((element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  return marks.some(Boolean) ? "" : one.outerHTML.slice(0, 120);
}

it("shows where the focus is, wherever Tab goes", async () => {
  await page.emulateMedia({ colorScheme: "light" });
  for (const room of rooms) {
    await show(room);
    const seen = new Set();
    for (let k = 0; k < 160; k += 1) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        window.stops ??= new Map();
        const one = document.activeElement;
        if (!window.stops.has(one)) window.stops.set(one, window.stops.size);
        return window.stops.get(one);
      });
      if (seen.has(at)) break;
      seen.add(at);
      const unmarked = await page.evaluate(focusMark);
      assert.ok(unmarked === "" || unmarked === "nothing", `${room}: ${unmarked}`);
    }
    assert.ok(seen.size > 10, `${room} has ${seen.size} places for the focus`);
  }
});

it("moves nothing where motion is not wanted", async () => {
  for (const room of rooms) {
    await show(room);
    const moving = await page.evaluate(() => [...document.querySelectorAll("body *")].filter((one) => {
      const style = getComputedStyle(one);
      const lasts = style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0);
      return lasts || style.animationName !== "none" || style.scrollBehavior === "smooth";
    }).map((one) => one.outerHTML.slice(0, 80)));
    assert.deepEqual(moving, [], room);
  }
});

it("announces results to who cannot see them", async () => {
  await show("figure");
  await page.locator("[aria-live]").evaluateAll((regions) => regions.forEach((one) => { one.textContent = ""; }));
  await roomOf(page).locator(".run-bar button:visible").press("Enter");
  await page.waitForFunction((sentence) => [...document.querySelectorAll("[aria-live]")]
    .some((one) => one.textContent === sentence), textsOf("en")["run.finished_spoken"], { timeout: 180_000 });
  for (const slider of await roomOf(page).locator("input[type=range]").all())
    assert.ok((await slider.getAttribute("aria-valuetext")).length > 0);
});
