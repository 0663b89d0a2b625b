/** Texts of all languages, and a language that does not exist: long, and from right to left. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { languages, openBrowser, openPage, overhanging, playRoom, roomOf, rooms, textsOf } from "./support.mjs";

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

it("long texts from right to left make no room wider than a screen of 360 pixels", { timeout: 400_000 }, async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const keep = new Set(["run.finished", "run.failed", "run.unsound"]);
  const pseudo = Object.entries(texts.en).filter(([key]) => !keep.has(key))
    .map(([key, text]) => [key, stretched(text)]);
  const prepare = (page) => page.addInitScript((pseudo) => {
    const { get } = Map.prototype, other = new Map(pseudo), known = new Set(other.keys());
    Map.prototype.get = function (key) { return get.call(known.has(key) && this.has(key) ? other : this, key); };
    const turn = () => document.documentElement.setAttribute("dir", "rtl");
    new MutationObserver(turn).observe(document, { childList: true });
  }, pseudo);
  const { page, faults } = await openPage(browser, "", { viewport: { width: 360, height: 740 }, prepare });
  for (const room of rooms) {
    await playRoom(page, room);
    await page.waitForTimeout(150);
    assert.equal(await page.locator("html").getAttribute("dir"), "rtl");
    assert.ok((await roomOf(page).locator("h1").textContent()).endsWith("⟧"), room);
    assert.deepEqual(await overhanging(page), [], room);
  }
  assert.deepEqual(faults, []);
});
