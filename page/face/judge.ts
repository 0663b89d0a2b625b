/**
 * The next judgement waits nine times as long as the last one took, so that it takes a tenth of a core, and the workers
 * have the rest; at least so many milliseconds:
 */
const pauses = 9, least_pause = 250;

/** Judges what has come, at most 4 times a second and one at a time; the last records are always judged. */
export class Judge {
  private newest: readonly Uint8Array[] | null = null;
  private busy = false;

  constructor(private readonly judge: (records: readonly Uint8Array[]) => Promise<void>) {}

  take(records: readonly Uint8Array[]): void {
    this.newest = records;
    if (!this.busy) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    while (this.newest) {
      const records = this.newest.slice();
      this.newest = null;
      const start = performance.now();
      await this.judge(records).catch(() => undefined);
      const pause = Math.max(least_pause, pauses * (performance.now() - start));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    this.busy = false;
  }
}
