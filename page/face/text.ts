/**
 * Texts and numbers in the language of the page.
 *
 * Texts live in texts/*.json, one flat object for each language. What a language lacks is said in English; what English
 * lacks is a mistake that a test finds.
 */
import de from "./texts/de.json";
import de_scenes from "./texts/de.scenes.json";
import en from "./texts/en.json";
import en_scenes from "./texts/en.scenes.json";
import es from "./texts/es.json";
import es_scenes from "./texts/es.scenes.json";
import zh from "./texts/zh.json";
import zh_scenes from "./texts/zh.scenes.json";

export const languages = ["en", "de", "zh", "es"] as const;
export type Language = (typeof languages)[number];

const own_names: Record<Language, string> = { en: "English", de: "Deutsch", zh: "中文", es: "Español" };
const tags: Record<Language, string> = { en: "en-GB", de: "de", zh: "zh-Hans", es: "es" };

const texts: Record<Language, ReadonlyMap<string, string>> = {
  en: new Map(Object.entries({ ...en, ...en_scenes })),
  de: new Map(Object.entries({ ...de, ...de_scenes })),
  zh: new Map(Object.entries({ ...zh, ...zh_scenes })),
  es: new Map(Object.entries({ ...es, ...es_scenes })),
};

let present: Language = "en";

export function language(): Language {
  return present;
}

/** "Deutsch": a language by the name that its speakers know. */
export function languageName(of: Language): string {
  return own_names[of];
}

/** The tag for the attribute lang. */
export function languageTag(of: Language = present): string {
  return tags[of];
}

export function isLanguage(word: string): word is Language {
  return (languages as readonly string[]).includes(word);
}

/** The first language of the reader that the page speaks. */
export function preferredLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

export function speak(next: Language): void {
  present = next;
}

export function has(key: string): boolean {
  return texts.en.has(key);
}

/** {name} in a text stands for a value; a value that is missing stays visible as it is written. */
export function t(key: string, values: Readonly<Record<string, string | number>> = {}): string {
  const text = texts[present].get(key) ?? texts.en.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole);
}

const raised: Readonly<Record<string, string>> = {
  "-": "⁻", 0: "⁰", 1: "¹", 2: "²", 3: "³", 4: "⁴", 5: "⁵", 6: "⁶", 7: "⁷", 8: "⁸", 9: "⁹",
};

/** 10 to a whole power, with a raised exponent. */
export function powerOfTen(exponent: number): string {
  return "10" + [...String(exponent)].map((digit) => raised[digit] ?? digit).join("");
}

const formats = new Map<string, Intl.NumberFormat>();

function grouped(value: number, digits: number, least = 1): string {
  const key = `${present} ${digits} ${least}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(tags[present],
    { minimumSignificantDigits: least, maximumSignificantDigits: digits, useGrouping: "min2" } as object);
  formats.set(key, format);
  return format.format(value);
}

/** Three digits that matter; 24,000, and from a million on 2.4 × 10^6 with a raised exponent. */
export function number(value: number, digits = 3): string {
  if (value === Infinity) return "∞";
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    const exponent = Math.floor(Math.log10(size) + 1e-12);
    const lead = grouped(value / 10 ** exponent, digits);
    return lead === "1" ? powerOfTen(exponent) : `${lead} × ${powerOfTen(exponent)}`;
  }
  return grouped(value, digits);
}

/** Digits after the point that a number of so many digits that matter has; `written` are those that it needs. */
function decimals(value: number, digits: number): { written: number; possible: number } {
  const rounded = Number(value.toPrecision(digits));
  const possible = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return { written: (String(rounded).split(".")[1] ?? "").length, possible };
}

/** Numbers that stand side by side, with zeros at their ends where others have digits: 0.393 and 0.430. */
export function alike(values: readonly number[], digits = 3): string[] {
  const plain = (value: number): boolean => Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6;
  const most = Math.max(0, ...values.filter(plain).map((value) => decimals(value, digits).written));
  return values.map((value) => {
    if (!plain(value)) return number(value, digits);
    const { possible } = decimals(value, digits);
    return grouped(value, digits, Math.max(1, digits - possible + Math.min(most, possible)));
  });
}

/** A whole number, all its digits. */
export function whole(value: number): string {
  return grouped(value, 15);
}

/** .95 as "95 %", which never breaks between lines. */
export function percent(share: number, digits = 2): string {
  return `${number(100 * share, digits)}\u00a0%`;
}
