import { expect, type Locator, type Page } from '@playwright/test';
import { dropFiles } from '../dropFiles.ts';

/** Classes with their photos, and every way in. */
export class CollectPage {
  readonly #page: Page;
  /** Files that did not become photos. */
  readonly leftOut: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.leftOut = page.getByRole('region', { name: 'Files that were left out' });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Collect', exact: true }).click();
    await this.#page.getByRole('heading', { name: 'Collect photos' }).waitFor();
  }

  /** Drops files and folders of this machine onto the page, outside of any class. */
  async drop(...paths: string[]): Promise<void> {
    await dropFiles(this.#page.getByRole('heading', { name: 'Collect photos' }), paths);
  }

  async dropOnto(className: string, ...paths: string[]): Promise<void> {
    await dropFiles(this.classCard(className), paths);
  }

  classCard(name: string): Locator {
    return this.#page.getByRole('listitem', { name, exact: true });
  }

  async addClass(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add class' }).click();
    const field = this.#page.getByRole('textbox', { name: 'Class name' }).last();
    await field.fill(name);
    await field.press('Enter');
    await this.classCard(name).waitFor();
  }

  async renameClass(name: string, newName: string): Promise<void> {
    const field = this.classCard(name).getByRole('textbox', { name: 'Class name' });
    await field.fill(newName);
    await field.press('Enter');
  }

  async deleteClass(name: string): Promise<void> {
    await this.classCard(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await this.#page.getByRole('menuitem', { name: 'Delete class' }).click();
  }

  async addPhotos(className: string, paths: readonly string[]): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.classCard(className).getByRole('button', { name: 'Add photos' }).click();
    await (await chooser).setFiles(paths);
  }

  async addFolder(path: string): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Add folder' }).click();
    await (await chooser).setFiles(path);
  }

  /** Pastes a PNG while the class is the one being worked on. */
  async paste(className: string, png: Buffer): Promise<void> {
    await this.classCard(className).getByRole('textbox', { name: 'Class name' }).focus();
    await this.#page.evaluate(
      (bytes) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(
          new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }),
        );
        dispatchEvent(new ClipboardEvent('paste', { clipboardData, cancelable: true }));
      },
      [...png],
    );
  }

  /** Holds the record button until that many photos are in, or more. */
  async recordFromWebcam(className: string, numPhotos: number): Promise<void> {
    await this.classCard(className).getByRole('button', { name: 'Webcam' }).click();
    const dialog = this.#page.getByRole('dialog');
    const record = dialog.getByRole('button', { name: 'Hold to record' });
    await expect(record).toBeEnabled();
    await record.hover();
    await this.#page.mouse.down();
    await expect
      .poll(async () => parseInt(await dialog.getByText(/photos? added/).innerText(), 10))
      .toBeGreaterThanOrEqual(numPhotos);
    await this.#page.mouse.up();
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  async expectPhotos(className: string, count: number): Promise<void> {
    const text = new RegExp(`^${count.toLocaleString('en')} photos?$`);
    await expect(this.classCard(className).getByText(text)).toBeVisible({ timeout: 120_000 });
  }

  /** Waits until the import is over and the message says how many photos came in. */
  async expectNumPhotos(count: number): Promise<void> {
    const text = `Added ${count.toLocaleString('en')} photo`;
    await expect(this.#page.getByText(text)).toBeVisible({ timeout: 60_000 });
  }

  /** Waits until the import is over; gives the number of photos that came in. */
  async importedPhotos(timeoutMs: number): Promise<number> {
    const message = this.#page.getByText(/^Added [\d,]+ photos?$/);
    await message.waitFor({ timeout: timeoutMs });
    return Number((await message.innerText()).replace(/\D/g, ''));
  }

  /** Rows of the list of files that were left out, as `[file, reason]`. */
  async leftOutRows(): Promise<(readonly [file: string, reason: string])[]> {
    const details = this.leftOut.locator('details');
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    const rows = await this.leftOut.locator('tbody').getByRole('row').all();
    return Promise.all(
      rows.map(async (row) => {
        const [file = '', reason = ''] = await row.getByRole('cell').allTextContents();
        return [file, reason] as const;
      }),
    );
  }

  async openGallery(className: string): Promise<void> {
    await this.classCard(className)
      .getByRole('button', { name: /^Show .*photos? of/ })
      .click();
    await this.#page.getByRole('listbox', { name: `Photos of ${className}` }).waitFor();
  }

  async closeGallery(): Promise<void> {
    await this.#page.getByRole('button', { name: 'All classes' }).click();
  }

  /** Photos of the open gallery that are in view. */
  get photos(): Locator {
    return this.#page.getByRole('option');
  }

  async selectAll(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Select all' }).click();
  }

  async deleteSelected(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Delete', exact: true }).click();
  }

  async moveSelected(toClass: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Move to' }).click();
    await this.#page.getByRole('menuitem', { name: toClass }).click();
  }

  async undo(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Undo' }).last().click();
  }

  async chooseFraming(name: 'Centre square' | 'Whole photo' | 'Stretched'): Promise<void> {
    await this.#page.getByRole('radio', { name }).check();
  }

  /** Asks for the better base; returns at once. */
  async startDownload(baseName: string): Promise<void> {
    await this.#page.getByRole('button', { name: `Download ${baseName}` }).click();
  }

  async expectBaseInUse(baseName: string): Promise<void> {
    await expect(this.#page.getByText(`In use: ${baseName}`)).toBeVisible({ timeout: 60_000 });
  }

  get downloadFailure(): Locator {
    return this.#page.getByRole('alert');
  }
}
