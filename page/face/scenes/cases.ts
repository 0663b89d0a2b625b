/** The patients of the reading room: ten films to read, and the notes of two hundred more, of one truth. */
import type { Films } from "../protocol";
import type { Host } from "../scene";
import { optionOf, worldOf } from "./parts";

export const kinds = ["size", "density", "margin", "present", "count"] as const;
export const filmCount = 10;
const archiveCount = 200, filmSide = 256, noteSide = 16;

export interface Cases {
  readonly truth: string;
  readonly films: Films;
  /** Films one after the other, a byte a pixel. */
  readonly grey: Uint8Array;
  readonly archive: Films;
}

/** How often a finding is conspicuous, among the sick and the healthy of the archive. */
export interface Tally {
  readonly sick: number;
  readonly healthy: number;
}

export const candidatesOf = (host: Host): number => optionOf(worldOf(host.study("radiologist")), "candidates");
export const placeOf = (column: number): number => Math.floor(column / kinds.length);
export const kindOf = (column: number): string => kinds[column % kinds.length] ?? "size";

/** "3 · right lung, lower outer: Size", with the number of the place as on the films. */
export function nameOf(host: Host, column: number): string {
  const place = placeOf(column);
  return host.t("radiologist.finding", { kind: host.t(`radiologist.kind.${kindOf(column)}`), number: place + 1,
    place: host.t(`radiologist.place.${place}`) });
}

export async function loadCases(host: Host, truth: string): Promise<Cases> {
  const world = worldOf(host.study("radiologist"));
  const ask = (first: number, count: number, side: number) =>
    host.engine.askWithBytes("films", { world, truth, seed: truth, first, count, side });
  const drawn = await ask(0, filmCount, filmSide);
  const noted = await ask(filmCount, archiveCount, noteSide);
  return { truth, films: drawn.answer, grey: drawn.bytes ?? new Uint8Array(), archive: noted.answer };
}

export function tallies(archive: Films): Tally[] {
  const share = (sick: boolean, column: number): number => {
    const group = archive.patients.filter((one) => one.sick === sick);
    return group.filter((one) => one.conspicuous[column]).length / Math.max(1, group.length);
  };
  return archive.names.map((_, column) => ({ sick: share(true, column), healthy: share(false, column) }));
}

/** Columns of a list as the address writes it: ascending, each once, none beyond the candidates. */
export function columnsOf(list: string, candidates: number): number[] {
  const columns = list.split(",").filter((part) => part !== "").map(Number);
  return [...new Set(columns.filter((one) => one < candidates))].sort((a, b) => a - b);
}
