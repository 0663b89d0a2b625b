/** Every room played by the keyboard alone; the digits on the screen are those of the native program. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { download, finished, folderFor, openBrowser, openPage, parseCsv, program, roomOf, rooms, runNatively,
         smallStudy, tabTo, textsOf, without } from "./support.mjs";

const words = textsOf("en");
let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to a room over the list of rooms, as someone who opens the page for the first time would. */
async function walkTo(room, options) {
  const opened = await openPage(browser, "", options);
  await tabTo(opened.page, `nav.scenes a[href$="/${room}"]`);
  await press(opened.page, "Enter");
  await opened.page.waitForSelector(`.room.${room}:not([hidden])`);
  return opened;
}

async function predict(page, key = "Space") {
  await tabTo(page, ".room:not([hidden]) .prediction input");
  await press(page, key);
  await tabTo(page, "button", { text: words["predict.commit"] });
  await press(page, "Enter");
  assert.match(await roomOf(page).locator(".prediction .answer").innerText(), /^You predicted: .+\.$/);
}

async function run(page) {
  await tabTo(page, "button", { text: words["run.start"] });
  await press(page, "Enter");
}

const sentencesOf = (page) => roomOf(page).locator(".found").first().locator(".sentence, .said").allInnerTexts();

/** Whoever predicted is told so, findings are told in sentences, and there is something to take home. */
async function surprised(page, at_least) {
  const sentences = await sentencesOf(page);
  assert.ok(sentences.length >= at_least, sentences.join("\n"));
  assert.match(sentences.join("\n"), /^You (predicted|said)/m);
  for (const sentence of sentences) assert.doesNotMatch(sentence, /NaN|undefined|null|\{\w+\}/);
  assert.ok(await roomOf(page).locator(".take-home li").count() >= 2);
}

async function slide(page, label, key = "ArrowRight") {
  const slider = roomOf(page).getByLabel(label, { exact: true });
  const id = await slider.getAttribute("id"), before = await slider.getAttribute("aria-valuetext");
  await tabTo(page, `#${id}`);
  await press(page, key);
  assert.notEqual(await slider.getAttribute("aria-valuetext"), before);
}

const play = {
  async figure(page) {
    await predict(page);
    await finished(page);
    await surprised(page, 5);
    const outcomes = ["right", "wrong", "possible", "unknown"].map((how) => words[`part.guessed.${how}`].split("{")[0]);
    const [said] = await sentencesOf(page);
    assert.ok(outcomes.some((outcome) => said.includes(outcome)), said);
    const before = await page.locator(".room.figure .canvas desc").textContent();
    await slide(page, words["figure.noise"]);
    await page.waitForFunction((before) => document.querySelector(".room.figure .canvas desc").textContent !== before,
                               before, { timeout: 180_000 });
    await finished(page);
    assert.equal(await roomOf(page).locator(".stale").count(), 0);
  },
  async radiologist(page) {
    for (const answer of ["sick", "healthy"]) {
      await tabTo(page, "button", { text: words[`radiologist.${answer}`] });
      await press(page, "Enter");
      assert.equal(await roomOf(page).locator(".reading .sentence").count(), 1);
      await press(page, "Enter");
    }
    await tabTo(page, "#finding-1");
    await press(page, "Space");
    assert.match(await roomOf(page).innerText(), /Findings on your list: 11 of 50/);
    await predict(page);
    await finished(page);
    await tabTo(page, "button", { text: words["radiologist.found"] });
    await press(page, "Enter");
    assert.equal(await page.evaluate(() => document.activeElement.matches(".room.radiologist > .found")), true);
    await surprised(page, 5);
    await tabTo(page, "summary", { text: words["radiologist.truth.title"] });
    await press(page, "Enter");
    assert.equal(await roomOf(page).locator("details tbody tr").count(), 10);
  },
  async causes(page) {
    await predict(page, "ArrowDown");
    await finished(page);
    await tabTo(page, "#cause-best");
    await press(page, "Space");
    await tabTo(page, "#cause-few");
    await press(page, "Space");
    await surprised(page, 3);
    const bars = ["bar.true", "cause.best", "cause.few", "bar.published"].map((bar) => words[`causes.${bar}`]);
    await page.waitForFunction((bars) => {
      const summary = document.querySelector(".room.causes .canvas desc").textContent;
      return bars.every((bar) => summary.includes(bar));
    }, bars);
    await slide(page, words["causes.floor"]);
  },
  async width(page) {
    await predict(page);
    await finished(page);
    await surprised(page, 2);
    const before = await sentencesOf(page);
    await slide(page, words["width.slider"]);
    assert.notDeepEqual(await sentencesOf(page), before);
    assert.equal(await roomOf(page).locator(".stale").count(), 0);
  },
  async bill(page) {
    for (const answer of [".found", ".take-home", ".chart >> nth=0"])
      assert.equal(await roomOf(page).locator(answer).first().isVisible(), false, `${answer} before the prediction`);
    await predict(page, "ArrowRight");
    await page.waitForSelector(".room.bill .found table");
    await surprised(page, 3);
    const before = await sentencesOf(page);
    await slide(page, words["bill.k"]);
    await page.waitForFunction((before) => document.querySelector(".room.bill .found .sentence").innerText !== before,
                               before[0]);
  },
  async own(page) {
    await page.waitForFunction(() => document.querySelector(".room.own textarea").value.length > 500);
    await tabTo(page, ".room.own textarea");
    await press(page, "Control+a", "Delete");
    await page.keyboard.insertText("[worl");
    await press(page, "Control+Space");
    assert.match(await roomOf(page).locator(".suggestions").innerText(), /world/);
    await press(page, "Escape", "Control+a");
    await page.keyboard.insertText(smallStudy);
    await page.waitForSelector(".room.own .facts:not(:empty)");
    await run(page);
    await finished(page);
    assert.equal(await roomOf(page).locator(".claims > li").count(), 2);
  },
  async lesson(page) {
    await page.evaluate(() => { window.print = () => { window.printed = document.documentElement.dataset.print; }; });
    for (const what of ["handout", "teacher"]) {
      await tabTo(page, "button", { text: words[`lesson.print.${what}`] });
      await press(page, "Enter");
      assert.equal(await page.evaluate(() => window.printed), what);
    }
    assert.equal(await roomOf(page).locator("tbody tr").count() >= 10, true);
  },
};

describe("by keys alone, from the first screen", () => {
  for (const room of rooms)
    it(`${room} is played to its end`, { timeout: 400_000 }, async () => {
      const { page, faults, close } = await walkTo(room);
      await play[room](page);
      assert.deepEqual(faults, []);
      await close();
    });
});

const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Numbers as the page writes them: 1,000 and 2.4 × 10⁶ and 10⁻⁴. */
function numbersIn(text) {
  const found = text.matchAll(/(-?\d[\d,]*(?:\.\d+)?)(?: × 10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?|10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g);
  return [...found].map(([whole, lead, times, alone]) => {
    const power = (times ?? alone ?? "").replace("⁻", "-").replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => raised.indexOf(digit));
    return Number((lead ?? "1").replaceAll(",", "")) * 10 ** Number(power || 0);
  });
}

/** Whether one number is another one, rounded to so many digits that matter. */
function isRounded(shown, value, digits) {
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
  return Math.abs(shown - value) <= 0.5001 * unit;
}

/** The table under the picture against the means of the program's summary. */
async function compareTable(page, summary, x_column, y_column) {
  await tabTo(page, ".room:not([hidden]) details.numbers > summary");
  await press(page, "Enter");
  await page.waitForSelector(".room:not([hidden]) .numbers[open] tbody tr");
  const rows = await roomOf(page).locator(".numbers[open] tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const arms = [...new Set(summary.map((row) => row.arm))];
  const expected = arms.flatMap((arm) => summary.filter((row) => row.arm === arm)
    .sort((a, b) => a[x_column] - b[x_column]));
  assert.equal(rows.length, expected.length);
  rows.forEach(([name, x, y, interval], index) => {
    const row = expected[index], [shown_x] = numbersIn(x), [shown_y] = numbersIn(y);
    const which = `${name} at ${x}: ${y} here, ${row[y_column]} natively`;
    assert.equal(shown_x, Number(row[x_column]), which);
    // A last bit decides which units of a network are at work, and which of many rules parts separated classes.
    const digits = row.unconverged !== "0" ? 0 : row.arm === "network" ? 2 : 4;
    assert.ok(digits === 0 || isRounded(shown_y, Number(row[y_column]), digits), which);
    const [low, high] = numbersIn(interval.replace(" – ", "   "));
    if (interval !== "") assert.ok(low <= shown_y * 1.005 && shown_y <= high * 1.005, `${which}, in ${interval}`);
  });
}

/** Takes a file by the button of this text. */
async function take(page, text) {
  await tabTo(page, ".room:not([hidden]) .exports button:not([disabled])", { text });
  return download(page, () => press(page, "Enter"));
}

/** The tables that the page gives away have the rows of the program's own. */
async function compareFiles(page, native) {
  for (const [what, columns] of [["records", ["cell", "arm", "n", "replicate", "status"]],
                                 ["summary", ["cell", "arm", "n", "replicates", "marks"]]]) {
    const { name, bytes } = await take(page, words[`export.${what}`]);
    assert.match(name, new RegExp(`^[a-z]+-${what}\\.csv$`));
    const key = (row) => columns.map((column) => row[column]).join();
    assert.deepEqual(parseCsv(`${bytes}`).map(key), parseCsv(native[what]).map(key));
  }
}

/** Pictures as files: an SVG that stands alone, and twice as many pixels. */
async function checkPictures(page) {
  const { bytes: svg } = await take(page, words["export.svg"]), { bytes: png } = await take(page, words["export.png"]);
  const size = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, "image/svg+xml");
    const { width, height } = picture.documentElement.attributes;
    return picture.querySelector("parsererror") ? [] : [Number(width.value), Number(height.value)];
  }, `${svg}`);
  assert.equal(size.length, 2, "the SVG cannot be read");
  assert.doesNotMatch(`${svg}`, /var\(|class=|<script|href=/);
  assert.equal(png.subarray(1, 4).toString(), "PNG");
  const pixels = [png.readUInt32BE(16), png.readUInt32BE(20)];
  pixels.forEach((count, k) => assert.ok(Math.abs(count - 2 * size[k]) <= 2, `${pixels} pixels of ${size}`));
}

/** Every interval in a sentence is that of a finding of the program, and stands beside its estimate. */
async function compareSentences(page, findings, at_least) {
  const told = (await sentencesOf(page)).flatMap((sentence) =>
    [...sentence.matchAll(/\((?:95.% interval: )?([^()]+) to ([^()]+)\)/g)].map(([, low, high]) =>
      ({ sentence, low: numbersIn(low)[0], high: numbersIn(high)[0] })));
  assert.ok(told.length >= at_least, `${told.length} intervals`);
  for (const { sentence, low, high } of told) {
    const is = (number, one, key) => isRounded(number, one[key], one.arm === "network" ? 2 : 3);
    const finding = findings.find((one) => is(low, one, "low") && is(high, one, "high"));
    assert.ok(finding && numbersIn(sentence).some((number) => is(number, finding, "estimate")), sentence);
  }
}

/** The table of remedies has the program's numbers, arm by arm. */
async function compareRemedies(page, found) {
  const cells = await page.$$eval(".remedies tbody tr", (rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent)));
  const uses = found.costs.totals.length;
  const lines = [{ ...found, arm: found.against, multiples: found.costs }, ...found.remedies];
  assert.equal(cells.length, lines.length);
  for (const [index, { arm, exponent, multiples }] of lines.entries()) {
    const [name, ...told] = cells[index];
    assert.equal(name.replace("*", ""), arm);
    for (const [column, one] of [exponent, multiples.training, multiples.running].entries()) {
      const numbers = numbersIn(told[column]);
      if (one.estimate === null) { assert.deepEqual(numbers, [], arm); continue; }
      for (const [k, key] of ["estimate", "low", "high"].entries())
        assert.ok(one[key] === null || isRounded(numbers[k], one[key], 3), `${arm}: ${told[column]} ${one[key]}`);
    }
    for (let k = 0; k < uses; k += 1)
      assert.ok(isRounded(numbersIn(told[3 + k])[0], multiples.totals[k].estimate, 3), `${arm}: ${told[3 + k]}`);
  }
}

const withRemedies = `${smallStudy}
[remedies]
against = "ridge"
at_error = 0.3
`;

const digits = {
  figure: { hash: "#v1/figure?guess=later&noise=2&pool=100", intervals: 3 },
  radiologist: { hash: "#v1/radiologist?list=1%2C7%2C12%2C30", intervals: 2 },
  width: { hash: "#v1/width?guess=peak&penalty=on", intervals: 2, x: "arm.plain.features", y: "geometric_mean_error" },
  own: { hash: `#v1/own?text=${encodeURIComponent(withRemedies)}`, intervals: 1 },
};

describe("the digits on the screen", { skip: without(program) }, () => {
  for (const [room, { hash, intervals, x = "n", y = "mean_error" }] of Object.entries(digits))
    it(`of ${room} are what the program prints for the study that the page gives away`, async (t) => {
      const { page, faults, close } = await openPage(browser, hash);
      if (room === "radiologist" || room === "own") await run(page);
      await finished(page);
      const { name, bytes } = await take(page, `${room}.toml`);
      assert.equal(name, `${room}.toml`);
      const native = await runNatively(`${bytes}`, folderFor(t));
      await compareTable(page, parseCsv(native.summary), x, y);
      await compareFiles(page, native);
      await checkPictures(page);
      await compareSentences(page, native.findings.findings, intervals);
      if (native.findings.remedies) await compareRemedies(page, native.findings.remedies);
      assert.deepEqual(faults, []);
      await close();
    });
});
