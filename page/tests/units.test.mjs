/** The unit tests of what draws, and of matrices, in WebAssembly: one program, by node. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { engineFolder, without } from "./support.mjs";

const program = join(engineFolder, "page_unit_tests.js");

/** Tests that a browser cannot pass, each with its reason. */
const notHere = {
  "Blas.IsToldItsKernelsWhereItTookTheProcessorForAnOlderOne": "no OpenBLAS",
  "Normal.CosineAndSineMatchLibm": "the cosine of long double that it is held to is one of double",
  "Blas.GivesTheSameBitsToManyThreadsAtOnce": "no threads",
  "Processor.HasWhatTheSystemSaysOfIt": "the system tells of the processor beneath, whose instructions are not there",
  "SparseLinear.RefusesOptionsThatNoTableCanHave": "10^12 columns, a number that an Index of 32 bits cannot hold",
  "Interruption.IsAskedOfOneThread": "no threads",
  "Interruption.HandsTheFlagOfItsThreadOn": "no threads",
};

describe("the unit tests of the libraries", { skip: without(program) }, () => {
  it("pass in node as they do natively", async () => {
    const filter = `--gtest_filter=-${Object.keys(notHere).join(":")}`;
    const { stdout } = await promisify(execFile)(process.execPath,
      ["--no-experimental-fetch", program, filter, "--gtest_brief=1"], { maxBuffer: 1 << 26, cwd: dirname(engineFolder) })
      .catch((failure) => { throw new Error(`${failure.message}\n${failure.stdout}\n${failure.stderr}`); });
    const [, passed] = stdout.match(/\[ {2}PASSED {2}\] (\d+) tests/) ?? assert.fail(stdout);
    assert.ok(Number(passed) > 500, `${passed} passed`);
  });
});
