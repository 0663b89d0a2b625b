/** Seeded addresses: sound ones, broken ones, and such as someone makes up who wishes the page no good. */
import { oneOf, rooms } from "./support.mjs";

export const hostileNames = ["constructor", "__proto__", "toString", "<img src=x onerror=alert(1)>", "=1+1", "王 小明",
  " Anna  B ", "'; drop table", "\u202Eevil", "@SUM(1+1)", "-2+3", "{name}", "</script><script>",
  '"quoted", with comma'];

/** Sound settings of each room, and keys that take numbers. */
const settings = {
  figure: ["pool=100", "relevant=4", "noise=0.5", "overlooks=5", "overlooks=0", "by=computing", "guess=never"],
  radiologist: ["list=1%2C2", "list=", "reads=sh", "places=on", "archive=on", "view=computing", "guess=late", "pupil="],
  causes: ["on=floor%2Cfew", "on=few", "wrong=0.002", "blur=1", "floor=0.11", "guess=few"],
  width: ["width=500", "n=100", "noise=0", "penalty=on", "guess=peak"],
  bill: ["size=30", "q=13.6", "times=10", "guess=16"],
  own: ["by=computing", "cell=3", "effort=", "study=nine", "text=seed+%3D+1"],
  lesson: [],
};
const numeric = { figure: ["pool", "noise", "relevant", "overlooks"], causes: ["wrong", "blur", "floor"],
                  width: ["width", "n", "noise"], bill: ["size", "q", "times"] };
const words = { figure: "by", radiologist: "view", width: "penalty", own: "by" };

const noNumbers = ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "１", "1,5", "", "null", "--1", "1e", "[]", "5 px"];
const numbers = ["1e9", "-5", "3.14159", "0", "-0", "999999999999999", "1e-9", "100.5"];
const keys = ["constructor", "__proto__", "toString", "hasOwnProperty", "<img>", "=1+1", "nosuch", "POOL", "valueOf"];
const lost = ["constructor", "toString", "figures", "FIGURE", "own/../figure", "figure/", "xxxxxxxxxxx", "", "figure "];

function noise(random, longest) {
  const pick = () => String.fromCodePoint(oneOf(random, [
    33 + Math.floor(random() * 94), Math.floor(random() * 0x300), 0x4e00 + Math.floor(random() * 2000), 0x1f600]));
  return Array.from({ length: 1 + Math.floor(random() * longest) }, pick).join("");
}

function sound(random, room = oneOf(random, rooms)) {
  const parts = settings[room].filter(() => random() < 0.4);
  if (random() < 0.3) parts.push(`name=${encodeURIComponent(oneOf(random, hostileNames))}`);
  if (random() < 0.3) parts.push(`lang=${oneOf(random, ["en", "de", "zh", "es"])}`);
  return `v1/${room}?${parts.join("&")}`;
}

function mutated(random) {
  const letters = [...sound(random)];
  for (let k = 0; k < 1 + random() * 4; k += 1) {
    const at = Math.floor(random() * letters.length);
    letters.splice(at, Math.floor(random() * 3), ...(random() < 0.7 ? [noise(random, 1)] : []));
  }
  return letters.join("");
}

const withKeyOf = (random, table) => {
  const room = oneOf(random, Object.keys(table));
  return [room, typeof table[room] === "string" ? table[room] : oneOf(random, table[room])];
};

/** What each kind makes, and whether the page must refuse some of it (null: either will do). */
const kinds = [
  [false, (random) => sound(random)],
  [null, (random) => mutated(random)],
  [true, (random) => `?${noise(random, 60)}`],
  [true, (random) => `v1/${oneOf(random, lost)}?${noise(random, 5)}`],
  [true, (random) => `${oneOf(random, ["v0", "v2", "V1", "v1.0", "v11", ""])}/${oneOf(random, rooms)}`],
  [true, (random) => `${sound(random)}&name=${"x".repeat(2000)}`],
  [true, (random) => `${sound(random)}&${encodeURIComponent(oneOf(random, keys))}=${oneOf(random, noNumbers)}`],
  [true, (random) => {
    const [room, key] = withKeyOf(random, numeric);
    return `v1/${room}?${key}=${encodeURIComponent(oneOf(random, noNumbers))}`;
  }],
  [false, (random) => {
    const [room, key] = withKeyOf(random, numeric);
    return `v1/${room}?${key}=${oneOf(random, numbers)}`;
  }],
  [true, (random) => {
    const [room, key] = withKeyOf(random, words);
    return `v1/${room}?${key}=${oneOf(random, keys.slice(0, 5))}`;
  }],
  [true, (random) => `${sound(random)}&${oneOf(random, ["lang=xx", "theme=neon", `name=${"王".repeat(81)}`])}`
    .replace(/lang=[a-z]{2}&(.*lang=xx)/, "$1").replace(/name=[^&]*&(.*name=)/, "$1")],
  [null, (random) => `${sound(random)}&name=${oneOf(random, ["%", "%E0%A4%A", "%zz", "%00", "+++", "a=b=c", "&&&"])}`],
  [false, (random) => {
    const piece = oneOf(random, ["[[arm]]", "seed = -1", "\"\\u0000", "[world]\n"]);
    return `v1/own?text=${encodeURIComponent(piece.repeat(1 + Math.floor(random() * 20)))}`;
  }],
];

export function addresses(random, count) {
  return Array.from({ length: count }, () => {
    const [refused, make] = oneOf(random, kinds);
    return { refused, hash: make(random) };
  });
}
