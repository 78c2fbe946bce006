import type { Meters } from './meters.ts';
import { round } from './round.ts';

/** Names of phases with the longest task of the page's thread in each. */
export type LongestTasks = Readonly<Record<string, number>>;

/** Runs the parts of a bench one after the other, timing each and watching the page's thread. */
export class Phases {
  readonly #meters: Meters;
  readonly #longestTasks: Record<string, number> = {};

  constructor(meters: Meters) {
    this.#meters = meters;
  }

  /** Seconds that `work` took. */
  async time(name: string, work: () => Promise<unknown>): Promise<number> {
    this.#meters.takeLongestTaskMs();
    const start = performance.now();
    await work();
    const seconds = (performance.now() - start) / 1000;
    this.#longestTasks[name] = this.#meters.takeLongestTaskMs();
    return round(seconds, 2);
  }

  get longestTasksMs(): LongestTasks {
    return this.#longestTasks;
  }

  get longestTaskMs(): number {
    return Math.max(0, ...Object.values(this.#longestTasks));
  }
}
