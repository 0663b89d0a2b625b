/** Addresses and pasted codes that nobody should send: refused with a sentence or taken soundly; no exception. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import { addresses, hostileNames } from "./addresses.mjs";
import { finished, languages, oneOf, openBrowser, openPage, randomFrom, roomOf, textsOf, workOf } from "./support.mjs";

const words = textsOf("en");
/** Ten thousand in all. */
const addressCount = 2_000, codeCount = 8_000;
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

/**
 * Goes to addresses one after the other; of each, what the page says of it and what is wrong in the room. Nothing is
 * laid out meanwhile, which would take most of the time.
 */
function visit(page, hashes) {
  return page.evaluate((hashes) => {
    const told = [];
    document.body.style.display = "none";
    for (const hash of hashes) {
      document.querySelectorAll(".notice button").forEach((button) => button.click());
      history.replaceState(null, "", `#${hash}`);
      dispatchEvent(new HashChangeEvent("hashchange", { newURL: location.href }));
      const rooms = [...document.querySelectorAll("main > .room:not([hidden])")];
      const text = rooms[0]?.textContent ?? "";
      const wrong = rooms.length !== 1 ? `${rooms.length} rooms` : /NaN|undefined|\[object/.exec(text)?.[0] ?? "";
      told.push({ sentences: [...document.querySelectorAll(".notice p")].map((p) => p.textContent), wrong });
    }
    document.body.style.display = "";
    return told;
  }, hashes);
}

/** What the engine says of an address a moment later, when the next one may be there: not counted. */
const later = languages.map((language) => textsOf(language)["own.no_study"].split("{name}"));
const isLate = (sentence) => later.some(([start, end]) => sentence.startsWith(start) && sentence.endsWith(end));

it(`answers ${addressCount} addresses, each with a sentence or with what it says`, { timeout: 600_000 }, async (t) => {
  const { page, faults, close } = await openPage(browser);
  const random = randomFrom(20_260_101), all = addresses(random, addressCount);
  let refused = 0;
  for (let first = 0; first < addressCount; first += 250) {
    const some = all.slice(first, first + 250);
    const told = await visit(page, some.map(({ hash }) => hash));
    told.forEach((one, k) => {
      const { hash } = some[k], sentences = one.sentences.filter((sentence) => !isLate(sentence));
      assert.equal(one.wrong, "", `${one.wrong} after ${hash}`);
      for (const sentence of sentences) assert.match(sentence, /^[A-ZÄÖÜ¿\u4e00-\u9fff].{10,400}[.。]$/su, hash);
      if (some[k].refused !== null)
        assert.equal(sentences.length > 0, some[k].refused, `${hash.slice(0, 300)}: ${sentences}`);
      refused += Number(sentences.length > 0);
    });
    assert.deepEqual(faults, []);
    const own = await page.evaluate(() => {
      dispatchEvent(new Event("pagehide")); // then the page writes its address at once
      return location.hash.slice(1);
    });
    const [again] = await visit(page, [own]);
    assert.deepEqual(again.sentences.filter((sentence) => !isLate(sentence)), [], `the page's own address ${own}`);
  }
  t.diagnostic(`${refused} of ${addressCount} were refused`);
  await visit(page, ["v1/figure?guess=never&lang=en"]);
  await finished(page, { timeout: 400_000 });
  assert.equal(await page.locator("img").count(), 0);
  assert.deepEqual(faults, []);
  await close();
});

/** Goes to the class mode with this class word, and makes the code of a pupil there. */
async function codeOf(page, pupil, list, word) {
  const query = new URLSearchParams({ lang: "en", name: word, list, pupil });
  await visit(page, [`v1/radiologist?${query}`]);
  return page.locator(".room.radiologist output.code").textContent();
}

async function paste(page, text) {
  await page.locator(".room.radiologist .field textarea").evaluate((area, text) => { area.value = text; }, text);
  await roomOf(page).getByRole("button", { name: words["radiologist.class.take"], exact: true }).press("Enter");
  return page.locator(".room.radiologist .panel:last-child > [aria-live]").evaluate((told) => ({
    text: told.querySelector("p")?.textContent ?? "",
    refused: [...told.querySelectorAll("li")].map((li) => li.textContent) }));
}

const taken = ({ text }) => Number(/^Lists taken: (\d+)\.$/.exec(text)?.[1]);

it("takes codes of pupils of any name, shows the names as they are, and exports them harmlessly", async () => {
  const { page, faults, close } = await openPage(browser);
  const codes = [];
  for (const [k, name] of hostileNames.entries()) codes.push(await codeOf(page, name, `${k},${k + 7}`, "3 b"));
  assert.equal(new Set(codes).size, hostileNames.length);
  for (const code of codes) assert.match(code, /^Q1\.[\w-]+$/);
  const told = await paste(page, codes.join("\n"));
  assert.equal(taken(told), hostileNames.length);
  await roomOf(page).locator(".class-run .run-bar button.main:visible").press("Enter");
  await finished(page, { at: 1 });
  const shown = await roomOf(page).locator(".class-run .found tbody th").allTextContents();
  assert.deepEqual(shown.sort(), hostileNames.map((name) => name.trim()).sort());
  assert.equal(await page.locator("img, .found script").count(), 0);
  const other = await paste(page, await codeOf(page, "Anna", "1", "another class") && codes[0]);
  assert.match(other.refused.join(), /another class|class word/);
  assert.deepEqual(faults, []);
  await close();
});

it("renews the code when the list changes, and has none for an empty list", async () => {
  const { page, faults, close } = await openPage(browser);
  const before = await codeOf(page, "王 小明", "1,2", "3 b");
  await page.locator("#finding-9").press("Space");
  assert.notEqual(await page.locator("output.code").textContent(), before);
  await roomOf(page).getByRole("button", { name: words["radiologist.list.clear"] }).press("Enter");
  assert.equal(await page.locator("output.code").textContent(), words["radiologist.class.no_list"]);
  assert.deepEqual(faults, []);
  await close();
});

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const signs = [...letters, ...".<>'\"=+@%\\"];

/** A code with other letters in it (not the last, which has bits to spare), or shorter, or no code at all. */
function damaged(random, code) {
  const at = 3 + Math.floor(random() * (code.length - 4));
  const other = oneOf(random, [...letters].filter((letter) => letter !== code[at]));
  return oneOf(random, [
    () => code.slice(0, at) + other + code.slice(at + 1), () => code.slice(0, at), () => code + other + other,
    () => code.toLowerCase(), () => `Q2.${code.slice(3)}`, () => code.slice(3), () => `${code}=`,
    () => Array.from({ length: 1 + Math.floor(random() * 80) }, () => oneOf(random, signs)).join(""),
  ])();
}

it(`accounts for each of ${codeCount} pasted codes`, { timeout: 400_000 }, async () => {
  const { page, faults, close } = await openPage(browser);
  const random = randomFrom(4711), sound = [];
  for (let k = 0; k < 6; k += 1) sound.push(await codeOf(page, hostileNames[k], `${k},49`, ""));
  for (let k = 0; k < codeCount / 200; k += 1) {
    const kept = sound.filter(() => random() < 0.5);
    const bad = Array.from({ length: 200 - kept.length }, () => damaged(random, oneOf(random, sound)));
    const all = [...bad.slice(0, 60), ...kept, ...bad.slice(60)];
    const told = await paste(page, all.join(oneOf(random, ["\n", " ", ", ", ";\r\n"])));
    assert.equal(taken(told), kept.length);
    const more = /^And ([\d,]+) more/.exec(told.refused.at(-1)), listed = told.refused.length - (more ? 1 : 0);
    const pieces = all.flatMap((code) => code.split(/[\s,;]+/)).filter((piece) => piece !== "");
    assert.equal(listed + Number(more?.[1].replace(",", "") ?? 0) + kept.length, pieces.length);
    for (const sentence of told.refused) assert.match(sentence, /\.$/);
  }
  const flood = await paste(page, Array.from({ length: 10_000 }, () => sound[0]).join("\n"));
  assert.equal(flood.text, words["radiologist.class.too_long"]);
  assert.deepEqual(faults, []);
  await close();
});

const longLines = { "20,000 lines": "# line\n", "blank lines": "\n", "lines of blanks": `${" ".repeat(29)}\n` };

for (const [what, line] of Object.entries(longLines)) it(`says of a text of ${what} that it is too long, and stays quick`, async () => {
  const { page, faults, context, close } = await openPage(browser, "#v1/own");
  await page.waitForFunction(() => document.querySelector(".room.own textarea").value.length > 500);
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  const before = await workOf(session);
  await page.locator(".room.own textarea").evaluate((area, line) => {
    area.value = line.repeat(20_000);
    area.dispatchEvent(new Event("input"));
  }, line);
  await page.waitForSelector(".room.own .editor .problems li");
  const told = await roomOf(page).locator(".editor .problems li").innerText();
  assert.ok(told.startsWith(words["own.too_long"].split("{")[0]), told);
  assert.ok((await workOf(session)) - before < 1000);
  assert.equal(await roomOf(page).locator(".exports .command").isVisible(), false, "there is a command");
  assert.equal(await roomOf(page).locator(".exports .row button:not([disabled])").count(), 0, "there are files");
  assert.deepEqual(faults, []);
  await close();
});
