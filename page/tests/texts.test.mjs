/** Texts of all languages, and a language that does not exist: long, and from right to left. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { languages, openBrowser, openPage, playRoom, roomOf, rooms, textsOf } from "./support.mjs";

const texts = Object.fromEntries(languages.map((language) => [language, textsOf(language)]));
const others = languages.filter((language) => language !== "en");
const placeholders = (text) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe("the texts", () => {
  for (const language of others) {
    it(`of ${language} have every key of English, and no other`, () => {
      assert.deepEqual(Object.keys(texts[language]).sort(), Object.keys(texts.en).sort());
    });
    it(`of ${language} stand for the same values`, () => {
      for (const [key, text] of Object.entries(texts.en))
        assert.deepEqual(placeholders(texts[language][key]), placeholders(text), key);
    });
    it(`of ${language} are not much longer than in English`, () => {
      const long = Object.keys(texts.en).filter((key) =>
        texts.en[key].length > 20 && texts[language][key].length > 2 * texts.en[key].length);
      assert.deepEqual(long, []);
    });
    it(`of ${language} are translated`, () => {
      const same = Object.keys(texts.en).filter((key) =>
        texts.en[key].length > 30 && texts[language][key] === texts.en[key]);
      assert.deepEqual(same, []);
    });
  }

  it("are neither empty, nor have they blanks at their ends, or HTML in them", () => {
    for (const language of languages)
      for (const [key, text] of Object.entries(texts[language])) {
        assert.equal(typeof text, "string", key);
        if (key !== "part.comma") assert.equal(text, text.trim(), `${language} ${key}`);
        assert.notEqual(text, "", `${language} ${key}`);
        assert.doesNotMatch(text, /<\w|&\w+;/, `${language} ${key}`);
      }
  });
});

/** Every text half as long again, in letters that nobody has overlooked, with its values in their places. */
function stretched(text) {
  const more = " ﬡ ארוך".repeat(Math.ceil(text.length / 14));
  return `⟦${text}${more}⟧`;
}

describe("on a screen of 360 pixels", () => {
  let browser;
  before(async () => { browser = await openBrowser(); });
  after(() => browser?.close());

  /** What sticks out of the screen, but for what scrolls by itself. */
  const overhanging = (page) => page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const scrolls = (one) => one !== document.body && (getComputedStyle(one).overflowX !== "visible" ||
      scrolls(one.parentElement));
    return [...document.querySelectorAll("body *")].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (right > clientWidth + 1 || left < -1) && !scrolls(one.parentElement);
    }).map((one) => one.outerHTML.slice(0, 120)).slice(0, 5).concat(`${scrollWidth} pixels`);
  });

  const groups = [...new Set(Object.keys(texts.en).map((key) => key.split(".")[0]))].join("|");
  const bareKey = new RegExp(`(^|\\s)(${groups})\\.(?!toml)[a-z_]+(\\s|$)`);

  async function checkRooms(options, after) {
    const { page, faults, close } = await openPage(browser, "", { viewport: { width: 360, height: 740 }, ...options });
    for (const room of rooms) {
      await playRoom(page, room);
      await after?.(page, room);
      await page.waitForTimeout(150);
      assert.deepEqual(await overhanging(page), [], room);
      assert.doesNotMatch(await roomOf(page).innerText(), bareKey, "a text is missing");
    }
    assert.deepEqual(faults, []);
    await close();
  }

  it("no language makes a room wider than the screen", { timeout: 120_000 }, () =>
    checkRooms({}, async (page, room) => {
      for (const language of languages) {
        await page.selectOption(".menus .menu:first-child select", language);
        await page.waitForTimeout(150);
        assert.deepEqual(await overhanging(page), [], `${room}, ${language}`);
        assert.equal(await roomOf(page).locator("h1").textContent(), texts[language][`${room}.question`]);
      }
    }));

  it("long texts from right to left make no room wider than the screen", { timeout: 120_000 }, () => {
    const keep = new Set(["run.finished", "run.failed", "run.unsound"]);
    const pseudo = Object.entries(texts.en).filter(([key]) => !keep.has(key))
      .map(([key, text]) => [key, stretched(text)]);
    return checkRooms({ prepare: (page) => page.addInitScript((pseudo) => {
      const { get } = Map.prototype, other = new Map(pseudo), known = new Set(other.keys());
      Map.prototype.get = function (key) { return get.call(known.has(key) && this.has(key) ? other : this, key); };
      const turn = () => document.documentElement.setAttribute("dir", "rtl");
      new MutationObserver(turn).observe(document, { childList: true });
    }, pseudo) }, async (page, room) => {
      assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
      assert.ok((await roomOf(page).locator("h1").textContent()).endsWith("⟧"), room);
    });
  });
});
