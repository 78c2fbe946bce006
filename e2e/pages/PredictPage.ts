import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { dropFiles } from '../dropFiles.ts';

/** A row of the table that downloads as CSV. */
export interface PredictedRow {
  readonly file: string;
  readonly className: string;
  /** In the order of the model's labels. */
  readonly probabilities: readonly number[];
}

/** The model at work: webcam, and files with their answers. */
export class PredictPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Predict', exact: true }).first().click();
    await this.#page.getByRole('heading', { name: 'Predict', level: 1 }).waitFor();
  }

  async drop(...paths: string[]): Promise<void> {
    await dropFiles(this.#page.getByRole('heading', { name: 'Predict', level: 1 }), paths);
  }

  /** Waits until all dropped files have an answer or a reason for having none. */
  async expectAnswers(numFiles: number): Promise<void> {
    await expect(this.#page.getByRole('button', { name: 'Download CSV' })).toBeEnabled({
      timeout: 300_000,
    });
    await expect(this.table).toHaveAttribute('aria-rowcount', String(numFiles + 1));
  }

  get table(): Locator {
    return this.#page.getByRole('table', { name: 'Predictions' });
  }

  /** The rows of the CSV. For names without commas and quotes. */
  async downloadCsv(): Promise<PredictedRow[]> {
    const download = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: 'Download CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [, ...lines] = text.trim().split(/\r?\n/);
    return lines.map((line) => {
      const [file = '', className = '', , , ...values] = line.split(',');
      return { file, className, probabilities: values.map(Number) };
    });
  }

  async startWebcam(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Start camera' }).click();
  }

  /** Waits until the camera's picture has been classified. */
  async expectLiveAnswer(): Promise<void> {
    await expect(this.#page.getByText(/ms per frame/)).toBeVisible({ timeout: 60_000 });
  }

  async addFrameTo(className: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add this frame to…' }).click();
    await this.#page.getByRole('menuitem', { name: className }).click();
  }

  async stopWebcam(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Stop camera' }).click();
  }
}
