/** The engine of the page against the native program: the same studies, the same digits. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, describe, it } from "node:test";
import { engineFolder, folderFor, nativeDraws, openEngine, output, parseCsv, program, runNatively, studyText, without }
  from "./support.mjs";

let engine;
before(async () => { engine = await openEngine(); });

function sound(answer) {
  assert.ok(answer.ok, JSON.stringify(answer.problems));
  return answer;
}

/** What is wrong, said in a sentence. */
function refused(answer) {
  assert.equal(answer.ok, false);
  assert.ok(answer.problems.length > 0);
  for (const { text } of answer.problems) assert.match(text, /^\S.{10,}[.?)]$/s);
  return answer.problems;
}

const studies = {
  figure: () => ({ text: studyText("figure") }),
  radiologist: () => ({ text: studyText("radiologist") }),
  figure2: () => ({ text: sound(engine.ask({ ask: "study", name: "figure2" })).text, effort: "classroom",
                    overrides: [["replicates", "4"], ["sizes", "[20, 50, 100, 200]"]] }),
};

/**
 * Digits that agree. Fewer do where a matrix is nearly singular (least squares with about as many columns as
 * observations); where a last bit decides whether a coordinate of a lasso is passed over once more (its operations);
 * and where it decides, in thousands of steps, which units of a network are at work. Classes that can be separated are
 * separated by many rules.
 */
const digits = 5e-7, digitsOfSingular = 1e-3, digitsOfSweeps = 3e-2, digitsOfNetworks = 3e-2;

function toleranceOf(record) {
  if (record.status === "separated") return Infinity;
  if (record.arm === "network") return digitsOfNetworks;
  return Math.abs(Number(record.n) / Number(record.parameters) - 1) < 0.05 ? digitsOfSingular : digits;
}

function near(a, b, tolerance, what) {
  if (a === b || (Number.isNaN(Number(a)) && Number.isNaN(Number(b)))) return;
  const scale = Math.max(Math.abs(a), Math.abs(b));
  assert.ok(Math.abs(a - b) <= tolerance * scale || tolerance === Infinity, `${what}: ${a} here, ${b} natively`);
}

const exact = ["cell", "arm", "n", "replicate", "status", "parameters", "iterations"];
const flops = ["fit_flops", "tuning_flops"], errors = ["excess_risk", "normalised_error"];

function compareRecords(here, native) {
  assert.equal(here.length, native.length);
  here.forEach((record, index) => {
    const other = native[index], which = `${record.arm}, n = ${record.n}, replicate ${record.replicate}`;
    for (const column of exact) assert.equal(record[column], other[column], `${column} of ${which}`);
    const sweeps = record.arm === "lasso" ? digitsOfSweeps : 0;
    for (const column of flops) near(Number(record[column]), Number(other[column]), sweeps, `${column} of ${which}`);
    for (const column of errors)
      near(Number(record[column]), Number(other[column]), toleranceOf(record), `${column} of ${which}`);
  });
}

function compareFindings(here, native) {
  assert.equal(here.length, native.length);
  here.forEach((finding, index) => {
    const other = native[index], { arm, law, says } = finding;
    for (const key of ["says", "arm", "law", "verdict"]) assert.equal(finding[key], other[key], says);
    const sweeps = arm === "lasso" && law === "compute_multiple";
    const tolerance = arm === "network" ? digitsOfNetworks : sweeps ? digitsOfSweeps : digits;
    for (const key of ["estimate", "low", "high"]) near(finding[key], other[key], tolerance, `${key} of "${says}"`);
  });
}

describe("the engine and the native program", { skip: without(program) }, () => {
  for (const name of Object.keys(studies))
    it(`agree on records and findings of ${name}`, { timeout: 400_000 }, async (t) => {
      const study = studies[name]();
      const { text } = sound(engine.ask({ ask: "check", study })).study;
      const { answer, records } = engine.run(study);
      sound(answer);
      const table = sound(engine.ask({ ask: "export", study, what: "records" }, records)).text;
      const native = await runNatively(text, folderFor(t));
      compareRecords(parseCsv(table), parseCsv(native.records));
      const judged = sound(engine.ask({ ask: "judge", study }, records));
      assert.equal(judged.complete, true);
      compareFindings(judged.findings, native.findings.findings);
    });
});

describe("draws of every world", { skip: without(nativeDraws) }, () => {
  it("have the same bits in both programs", async () => {
    // Where node has fetch, the glue of emscripten takes it for that of a browser.
    const here = await output(process.execPath, "--no-experimental-fetch", join(engineFolder, "page_draws.js"));
    assert.equal(here, await output(nativeDraws));
    assert.ok(here.trim().split("\n").length >= 10, here);
  });
});

describe("a run of the engine", () => {
  const study = { text: studyText("figure"), overrides: [["sizes", "[15, 50, 200]"]] };
  const shards = (count) => Array.from({ length: count }, (_, k) => engine.run(study, { index: k + 1, count }));
  const recordsOf = (count) => shards(count).flatMap(({ answer, records }) => sound(answer) && records);
  const tableOf = (records) => sound(engine.ask({ ask: "export", study, what: "records" }, records)).text;

  it("gives the same bytes in one, two and three shards, in whatever order they come", () => {
    const one = tableOf(recordsOf(1));
    assert.equal(tableOf(recordsOf(2).reverse()), one);
    assert.equal(tableOf(recordsOf(3)), one);
  });

  it("is judged when half of it is there, and says that it is not complete", () => {
    const { records } = engine.run(study, { index: 1, count: 2 });
    const judged = sound(engine.ask({ ask: "judge", study }, records));
    assert.equal(judged.complete, false);
    assert.ok(judged.rows.some((row) => row.mean !== null));
  });

  it("refuses damaged records with a sentence, and answers the next question", () => {
    const records = recordsOf(1);
    const longest = records.reduce((best, one) => (one.length > best.length ? one : best));
    const whole = tableOf(records);
    for (let cut = 1; cut < 40; cut += 1)
      refused(engine.ask({ ask: "judge", study }, [longest.subarray(0, longest.length - cut)]));
    for (let k = 0; k < 200; k += 1) {
      const damaged = Uint8Array.from(longest);
      damaged[(k * 7919) % damaged.length] ^= 1 + (k % 255);
      const answer = engine.ask({ ask: "export", study, what: "records" }, [damaged]);
      if (!answer.ok) refused(answer);
    }
    refused(engine.ask({ ask: "judge", study }, [new TextEncoder().encode("these are no records at all")]));
    assert.equal(tableOf(records), whole);
  });
});

describe("what room 1 says of overtaking", () => {
  const settings = [[200, 1], [150, 2], [300, 1.5], [100, 0.5], [50, 1]];
  for (const [pool, noise] of settings)
    it(`is where the curves cross, with ${pool} candidates and noise ${noise}`, { timeout: 120_000 }, () => {
      const overrides = [["world.candidates", String(pool)], ["world.noise", String(noise)]];
      const study = { text: studyText("figure"), overrides };
      const { rows, findings } = sound(engine.ask({ ask: "judge", study }, engine.run(study).records));
      const curve = (arm) => rows.filter((row) => row.arm === arm);
      const behind = (arm) => curve(arm).filter((row, k) => row.mean > curve("expert")[k].mean).map((row) => row.n);
      for (const { arm, law, estimate, low, high } of findings) {
        if (law !== "crossing" || low === null || high === null) continue;
        const last = Math.max(...behind(arm)), next = curve(arm).find((row) => row.n > last)?.n ?? Infinity;
        assert.ok(low <= next && high >= last, `${arm}: ${estimate} (${low} to ${high}) between ${last} and ${next}`);
      }
    });
});

describe("the engine refuses with a sentence", () => {
  it("products of observations and candidates of 2^31 and more", () => {
    const overrides = [["world.candidates", "100000"], ["sizes", "[30000]"]];
    const [{ text }] = refused(engine.ask({ ask: "check", study: { text: studyText("figure"), overrides } }));
    assert.match(text, /2\^31|2,?147,?483,?64[78]|memory|GiB/);
  });

  it("unknown keys, at their line", () => {
    const lines = studyText("figure").split("\n");
    const line = lines.findIndex((one) => one.startsWith("noise = "));
    lines[line] = lines[line].replace("noise", "noice");
    const problems = refused(engine.ask({ ask: "check", study: { text: lines.join("\n") } }));
    assert.equal(problems[0].line, line + 1);
    assert.match(problems[0].text, /noice/);
  });

  it("texts that are no TOML, at their line", () => {
    const problems = refused(engine.ask({ ask: "check", study: { text: 'title = "a"\nseed = = 1\n' } }));
    assert.equal(problems[0].line, 2);
  });

  it("questions that it does not know, and such without their fields", () => {
    refused(engine.ask({ ask: "nothing" }));
    const asks = ["study", "seed", "check", "run", "judge", "export", "films", "bill", "recorded"];
    for (const ask of asks) assert.equal(engine.ask({ ask }).ok, false, ask);
  });
});

describe("what the engine knows", () => {
  it("is a seed for every name, also of blanks, signs and other scripts", () => {
    const names = ["Anna B", " Anna B ", "王 小明", "constructor", "__proto__", "=1+1", "<img onerror>"];
    const seeds = names.map((seed) => sound(engine.ask({ ask: "seed", name: seed })).seed);
    assert.equal(new Set(seeds).size, names.length);
    for (const seed of seeds) assert.match(seed, /^\d{1,20}$/);
  });

  it("is the canonical text of a study, which is its own canonical text", () => {
    const { text } = sound(engine.ask({ ask: "check", study: studies.figure2() })).study;
    assert.equal(sound(engine.ask({ ask: "check", study: { text } })).study.text, text);
  });

  it("is each study of the page, sound as it stands", () => {
    for (const name of ["figure", "radiologist", "class", "causes", "width"])
      sound(engine.ask({ ask: "check", study: { text: studyText(name) } }));
  });
});
