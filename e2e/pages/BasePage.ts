import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { dropFiles } from '../dropFiles.ts';

/** The networks, where the one in use is cut, and the ways to add one. */
export class BasePage {
  readonly #page: Page;
  /** A network that could not be added. */
  readonly failure: Locator;
  /** Layers, with the new one last. */
  readonly layers: Locator;
  /** Moves the cut by pointer and keys. */
  readonly picture: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.failure = page.getByRole('alert');
    this.layers = page.getByRole('table', { name: /^Every layer of/ });
    this.picture = page.getByRole('slider', { name: 'Where the network is cut' });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Base', exact: true }).click();
    await this.#page.getByRole('heading', { name: 'Base', level: 1 }).waitFor();
  }

  tile(name: string): Locator {
    return this.#page.getByRole('listitem', { name, exact: true });
  }

  async addFiles(paths: readonly string[]): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Pick files' }).click();
    await (await chooser).setFiles(paths);
  }

  /** Drops files of this machine onto the page. */
  async drop(...paths: string[]): Promise<void> {
    await dropFiles(this.#page.getByRole('heading', { name: 'Base', level: 1 }), paths);
  }

  async addFromUrl(url: string): Promise<void> {
    await this.#page.getByRole('textbox', { name: 'Address' }).fill(url);
    await this.#page.getByRole('button', { name: 'Fetch' }).click();
  }

  async use(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Use ${name}`, exact: true }).click();
    await this.expectInUse(name);
  }

  async expectInUse(name: string, timeoutMs = 60_000): Promise<void> {
    await expect(this.tile(name).getByText('In use')).toBeVisible({ timeout: timeoutMs });
    await this.layers.waitFor();
  }

  /** Removes a stored network, and says yes when asked. */
  async remove(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Remove ${name}`, exact: true }).click();
    await this.#page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  }

  /** Saves the files of a stored network into the folder; gives the path of the one file that comes. */
  async saveFiles(name: string, folder: string): Promise<string> {
    const download = this.#page.waitForEvent('download');
    await this.#page
      .getByRole('button', { name: `Save the files of ${name}`, exact: true })
      .click();
    const file = await download;
    const path = join(folder, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }

  async cutAt(layer: string): Promise<void> {
    await this.#page.getByRole('radio', { name: `Cut at ${layer}`, exact: true }).check();
  }

  async expectCutAt(layer: string): Promise<void> {
    const radio = this.#page.getByRole('radio', { name: `Cut at ${layer}`, exact: true });
    await expect(radio).toBeChecked();
  }

  /** Opens the settings of a base to be trained from scratch and fills in some of them. */
  async setOwnBase(settings: Readonly<Record<string, string>>): Promise<void> {
    await this.#page.getByText('Network and training', { exact: true }).click();
    for (const [name, value] of Object.entries(settings)) {
      await this.#page.getByRole('spinbutton', { name, exact: true }).fill(value);
    }
  }

  /** Starts training it, and does not wait for the end. */
  async trainOwnBase(name: string): Promise<void> {
    const card = this.#page.getByRole('region', { name: 'Train a base of your own' });
    await card.getByRole('textbox', { name: 'Name' }).fill(name);
    await card.getByRole('button', { name: 'Train this base' }).click();
  }

  /** What training would have to compute at the cut. */
  async expectCost(text: string): Promise<void> {
    await expect(this.#page.getByRole('status').filter({ hasText: text })).toBeVisible();
  }

  /** “Frozen”, “Trainable” and “Together” with their numbers of parameters. */
  get totals(): Locator {
    return this.#page.getByLabel(/^Parameters with/);
  }
}
