/** The text that someone wrote, kept by the browser until the tab is closed, as far as it is willing. */

export interface KeptText {
  readonly text: string;
  /** The study that was changed, and the effort that was chosen. */
  readonly study: string;
  readonly effort: string;
  /** It stands in the editor; else another study was chosen since. */
  readonly present: boolean;
}

const place = "quartic text";

function isKept(value: unknown): value is KeptText {
  if (typeof value !== "object" || value === null) return false;
  const { text, study, effort, present } = value as Record<string, unknown>;
  return typeof text === "string" && typeof study === "string" && typeof effort === "string" &&
    typeof present === "boolean" && /^[a-z0-9_]{1,60}$/.test(study) && /^[\w-]{0,40}$/.test(effort);
}

/** Pages from a file may be refused a memory; then there is none. */
export function recall(): KeptText | null {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(place) ?? "null");
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

/** Whether the browser keeps it. */
export function keep(kept: KeptText): boolean {
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}
