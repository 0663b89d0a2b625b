// Makes the page: one file that holds the face, its texts, its studies, and the engine.
//
//   node build.mjs --engine DIR --out FILE
//
// DIR has quartic.js (emscripten's glue: MODULARIZE, EXPORT_NAME=Quartic) and quartic.wasm. Engine and face are packed
// by xz, so that the file stays small (face/lzma.ts unpacks them): the engine in a worker, which keeps no screen waiting,
// the face at once (face/boot.ts).
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const largest = 1.5e6;
const policy = "default-src 'none'; script-src 'unsafe-inline' blob: 'wasm-unsafe-eval'; worker-src blob:; " +
  "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'";

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function read(file) {
  try {
    return readFileSync(file);
  } catch {
    return fail(`There is no ${file}. Build the engine first, or say with --engine where it is.`);
  }
}

/** xz writes no size into this format; the unpacker wants one. Bytes of either kind keep no rhythm of four (pb). */
function pack(bytes) {
  const packed = execFileSync("xz", ["--format=lzma", "--lzma1=preset=9e,lc=4,pb=0", "--stdout"],
    { input: bytes, maxBuffer: 1e8 });
  packed.writeBigUInt64LE(BigInt(bytes.length), 5);
  return sevens(packed);
}

/** 7 bits a character, as face/seven.ts reads them. */
function sevens(bytes) {
  const kept = (value) => String.fromCharCode(value === 0 || value === 13 || value === 60 ? value + 256 : value);
  let text = "", held = 0, bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0x7fff;
    for (bits += 8; bits >= 7; bits -= 7) text += kept((held >> (bits - 7)) & 127);
  }
  return bits > 0 ? text + kept((held << (7 - bits)) & 127) : text;
}

async function bundle(entry, format, define = {}) {
  const options = { entryPoints: [join(here, "face", entry)], bundle: true, minify: true, write: false, format, define,
                    target: "es2022", charset: "utf8", legalComments: "none" };
  return (await build(options)).outputFiles[0].text;
}

function studies() {
  const folder = join(here, "studies");
  const files = readdirSync(folder).filter((file) => file.endsWith(".toml")).sort();
  return Object.fromEntries(files.map((file) => [basename(file, ".toml"), readFileSync(join(folder, file), "utf8")]));
}

/** Script in a page must not end it. */
function inPage(script) {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

const { values } = parseArgs({ options: { engine: { type: "string" }, out: { type: "string" } } });
if (!values.engine || !values.out) fail("Usage: node build.mjs --engine DIR --out FILE");

const glue = read(join(values.engine, "quartic.js")).toString("utf8");
const engine = pack(read(join(values.engine, "quartic.wasm")));
const worker = await bundle("worker.ts", "iife");
const face = pack(Buffer.from(await bundle("main.ts", "iife", { STUDIES: JSON.stringify(studies()) })));
const boot = await bundle("boot.ts", "iife");
const style = await bundle("style.css", "esm");

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>quartic</title>
<meta name="description" content="What experts who choose, and models that sift everything, pay in data and computing to predict better.">
<style>${style}</style>
</head>
<body>
<noscript>This page computes, and needs JavaScript for it.</noscript>
<script type="text/plain" id="glue">${inPage(glue)}</script>
<script type="text/plain" id="worker">${inPage(worker)}</script>
<script type="text/plain" id="engine">${engine}</script>
<script type="text/plain" id="face">${face}</script>
<script>${inPage(boot)}</script>
</body>
</html>
`;

const size = Buffer.byteLength(page);
if (size > largest) fail(`The page has ${size} bytes, and may have ${largest}.`);
mkdirSync(dirname(values.out), { recursive: true });
writeFileSync(values.out, page);
console.log(`${values.out}: ${size} bytes, of which ${Buffer.byteLength(engine)} are the engine.`);
