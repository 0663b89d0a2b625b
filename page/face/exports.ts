/** Files and texts that the page gives away. */
import { fill, h } from "./dom";
import { t } from "./text";

/** Hands a file to the reader; the name is one of ours. */
export function save(name: string, content: string | Blob, type: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Copies a text, also where a page from a file may not use the clipboard directly; false where nothing helps. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h("textarea", { class: "hidden", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** Copies a text and says so in this place; where it cannot be copied, it stands there, selected. */
export async function copyHere(place: HTMLElement, text: string, done: () => string): Promise<void> {
  const focused = document.activeElement;
  if (await copyText(text)) {
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    fill(place, h("p", { class: "help" }, "✓ ", done));
    setTimeout(() => fill(place), 6_000);
    return;
  }
  const field = h("input", { type: "text", readonly: true, value: text, "aria-label": () => t("export.by_hand") });
  fill(place, h("p", { class: "help" }, () => t("export.by_hand")), field);
  field.select();
}

/** An SVG as pixels, twice as fine as on the screen. */
export async function png(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * image.naturalWidth, 2 * image.naturalHeight];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
}
