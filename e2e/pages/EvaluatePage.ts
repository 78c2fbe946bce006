import { expect, type Locator, type Page } from '@playwright/test';

/** How good a run is on photos that it did not learn from. */
export class EvaluatePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Evaluate', exact: true }).first().click();
    await this.#page.getByRole('heading', { name: 'Evaluate', level: 1 }).waitFor();
  }

  /** Accuracy that is shown, 0 to 1: on test photos where there are any, else on validation photos. */
  async accuracy(): Promise<number> {
    const text = await this.#page.getByRole('region', { name: 'Accuracy' }).innerText();
    const percent = /([\d.]+)\s?%/.exec(text)?.[1];
    if (percent === undefined) throw new Error(`No accuracy in: ${text}`);
    return Number(percent) / 100;
  }

  get matrix(): Locator {
    return this.#page.getByRole('region', { name: 'Confusion matrix' });
  }

  /** Opens the photos of a class that were recognised. */
  async openCorrectCell(className: string): Promise<void> {
    await this.matrix.getByRole('button', { name: new RegExp(`^${className}: `) }).click();
  }

  /** Photos of the open cell, each with its probabilities. */
  get cellPhotos(): Locator {
    return this.#page.getByRole('article');
  }

  get averaging(): Locator {
    return this.#page.getByRole('region', { name: 'Average over views' });
  }

  /** Measures every averaging that is offered. */
  async measureAveraging(): Promise<void> {
    await this.averaging.getByRole('button', { name: 'Measure' }).click();
    await expect(this.averaging.getByText('Not measured yet')).toHaveCount(0, { timeout: 60_000 });
  }

  get byClass(): Locator {
    return this.#page.getByRole('region', { name: 'By class' }).getByRole('row');
  }
}
