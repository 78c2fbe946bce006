/**
 * Lets work go on side by side as long as its pixels together stay within the limit. One piece that
 * is larger than the limit by itself runs alone. First come, first served.
 */
export class PixelBudget {
  readonly #limit: number;
  #used = 0;
  readonly #waiting: { readonly pixels: number; readonly start: () => void }[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  async run<T>(pixels: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((start) => {
      this.#waiting.push({ pixels, start });
      this.#admit();
    });
    try {
      return await work();
    } finally {
      this.#used -= pixels;
      this.#admit();
    }
  }

  #admit(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (this.#used > 0 && this.#used + next.pixels > this.#limit) return;
      this.#waiting.shift();
      this.#used += next.pixels;
      next.start();
    }
  }
}
