// `quartic page`, where a page has been built beside the program.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;
const program = process.env.QUARTIC_PROGRAM ?? join(root, "build/release/quartic");

test("the program writes the page where one says", () => {
  const folder = mkdtempSync(join(tmpdir(), "quartic-page-"));
  try {
    const told = execFileSync(program, ["page", "--out", "class.html"], { cwd: folder, encoding: "utf8" });
    assert.equal(told, "class.html\n");
    assert.deepEqual(readFileSync(join(folder, "class.html")), readFileSync(join(root, "build/page/quartic.html")));
    const elsewhere = ["page", "--out", "no/such/folder/class.html"];
    const refused = spawnSync(program, elsewhere, { cwd: folder, encoding: "utf8" });
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /no\/such\/folder/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
