import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** The model as a zip, the project as a `.graft` file. */
export class ExportPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Export', exact: true }).click();
    await this.#page.getByRole('heading', { name: 'Export', level: 1 }).waitFor();
  }

  /** Saves the model's zip into the folder; gives its path. `format`: its name. */
  async downloadModel(folder: string, format = 'TF.js'): Promise<string> {
    await this.chooseFormat(format);
    return this.#save('Download model', folder);
  }

  /** The same for numbers and documents. */
  async downloadData(folder: string, format: string): Promise<string> {
    await this.chooseFormat(format);
    return this.#save('Download file', folder);
  }

  async chooseFormat(format: string): Promise<void> {
    await this.#page.getByRole('radio', { name: format, exact: true }).check();
  }

  /** Waits for the check's sentence about the last file. */
  async proof(): Promise<string> {
    const proof = this.#page.getByText(/^(Verified|Read back|Compared): /);
    await proof.waitFor();
    return (await proof.textContent()) ?? '';
  }

  /** Makes a model of 8 bits; gives the sentence about what it loses. */
  async makeQuantised(): Promise<string> {
    await this.chooseFormat('TensorFlow Lite, 8 bits');
    await this.#page.getByRole('button', { name: 'Make and measure' }).click();
    const report = this.#page.getByText(/8 bits.*%/);
    await report.waitFor({ timeout: 60_000 });
    return (await report.textContent()) ?? '';
  }

  async saveQuantised(folder: string): Promise<string> {
    return this.#save('Save file', folder);
  }

  /** Saves the project's `.graft` file into the folder; gives its path. */
  async saveProject(folder: string): Promise<string> {
    return this.#save('Save project', folder);
  }

  /** Saves the run's training job into the folder; gives its path. */
  async saveTrainingJob(folder: string): Promise<string> {
    return this.#save('Save training job', folder);
  }

  async #save(button: string, folder: string): Promise<string> {
    const download = this.#page.waitForEvent('download');
    await this.#page.getByRole('button', { name: button }).click();
    const file = await download;
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }
}
