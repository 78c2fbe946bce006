const REPORT_EVERY_MS = 200;
const WINDOW_MS = 3000;

/** Keeps progress reports apart in time and knows the speed over the last seconds. */
export class ProgressPace {
  #lastReportAt = -Infinity;
  readonly #marks: { readonly at: number; readonly done: number }[] = [];

  /** Notes that `done` items are done. Whether it is time to report. */
  mark(done: number, now: number = performance.now()): boolean {
    this.#marks.push({ at: now, done });
    while (this.#marks.length > 2 && now - (this.#marks[0]?.at ?? now) > WINDOW_MS) {
      this.#marks.shift();
    }
    if (now - this.#lastReportAt < REPORT_EVERY_MS) return false;
    this.#lastReportAt = now;
    return true;
  }

  /** Items per second; `null` before there is anything to divide. */
  get perSecond(): number | null {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (first === undefined || last === undefined || last.at === first.at) return null;
    return ((last.done - first.done) * 1000) / (last.at - first.at);
  }
}
