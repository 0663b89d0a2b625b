/** Puts the names of lines where they do not touch: beside the picture where it is wide, else along the lines. */
import type { Hue } from "./charts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Label {
  readonly name: string;
  readonly hue: Hue;
  readonly width: number;
  /** Places along its line, in order. */
  readonly trail: readonly Box[];
}

export interface Placed {
  readonly label: Label;
  /** Where the text begins, and its baseline. */
  readonly x: number;
  readonly y: number;
  /** The end of the line, where the label had to move away from it. */
  readonly leader: { readonly x: number; readonly y: number } | null;
}

const line_height = 1.25;

/** Keeps their order and moves them apart: first down, then back up from the lower end. */
function spread(heights: readonly number[], gap: number, from: number, to: number): number[] {
  const places = heights.slice();
  for (let k = 0; k < places.length; k += 1)
    places[k] = Math.max(places[k] ?? from, k === 0 ? from : (places[k - 1] ?? from) + gap);
  for (let k = places.length - 1; k >= 0; k -= 1)
    places[k] = Math.min(places[k] ?? to, k === places.length - 1 ? to : (places[k + 1] ?? to) - gap);
  return places;
}

export function placeBeside(labels: readonly Label[], area: Box, font: number): Placed[] {
  const end = (label: Label): Box => label.trail[label.trail.length - 1] ?? area;
  const sorted = [...labels].sort((a, b) => end(a).y - end(b).y);
  const wanted = sorted.map((label) => end(label).y);
  const bottom = area.y + area.height;
  return spread(wanted, font * line_height, area.y, bottom).map((middle, index) => {
    const label = sorted[index] as Label;
    const { x, y } = end(label);
    const far = Math.abs(middle - y) > font * 0.6 || area.x + area.width - x > area.width * 0.1;
    return { label, x: area.x + area.width + 18, y: middle + font * 0.32, leader: far ? { x, y } : null };
  });
}

function overlap(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}

function candidates(label: Label, area: Box, font: number): Box[] {
  const height = font * line_height;
  return label.trail.flatMap(({ x, y }) => [y - height - 6, y + 6, y - 2 * height - 6, y + height + 6].flatMap((top) =>
    [x - label.width / 2, x - label.width, x].map((left) => ({
      x: Math.max(area.x + 2, Math.min(left, area.x + area.width - label.width)),
      y: Math.min(Math.max(top, area.y), area.y + area.height - height),
      width: label.width, height,
    }))));
}

/** `obstacles` are places that a label had better not cover, `words` are those of others, which it must not. */
export function placeInside(labels: readonly Label[], obstacles: readonly Box[], words: readonly Box[], area: Box,
                            font: number): Placed[] {
  const taken: Box[] = [...words];
  return labels.map((label) => {
    const cost = (box: Box, index: number): number =>
      50 * taken.filter((other) => overlap(box, other)).length + 3 * obstacles.filter((at) => overlap(box, at)).length -
      index / 100;
    let best = area, least = Infinity;
    candidates(label, area, font).forEach((box, index) => {
      const price = cost(box, index);
      if (price < least) [best, least] = [box, price];
    });
    taken.push(best);
    return { label, x: best.x, y: best.y + font, leader: null };
  });
}
