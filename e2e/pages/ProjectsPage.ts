import type { Locator, Page } from '@playwright/test';
import { dropFiles } from '../dropFiles.ts';

/** The start page: all projects of this browser. */
export class ProjectsPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.goto('./');
    await this.#page.getByRole('button', { name: 'New project' }).waitFor();
  }

  /** Creates a project; its Collect step opens. */
  async create(name: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'New project' }).click();
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create project' }).click();
    await this.#page.getByRole('link', { name: 'Collect' }).waitFor();
  }

  /** The card of a project, with its numbers. */
  card(name: string): Locator {
    return this.#page
      .getByRole('listitem')
      .filter({ has: this.#page.getByRole('link', { name, exact: true }) });
  }

  async openProject(name: string): Promise<void> {
    await this.card(name).getByRole('link', { name, exact: true }).click();
    await this.#page.getByRole('link', { name: 'Collect' }).waitFor();
  }

  async rename(name: string, newName: string): Promise<void> {
    await this.#choose(name, 'Rename');
    const dialog = this.#page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(newName);
    await dialog.getByRole('button', { name: 'Save' }).click();
  }

  async duplicate(name: string): Promise<void> {
    await this.#choose(name, 'Duplicate');
  }

  async delete(name: string): Promise<void> {
    await this.#choose(name, 'Delete');
  }

  /** Takes back the last change by the button in its message. */
  async undo(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Undo' }).last().click();
  }

  /** Opens a `.graft` file of this machine, or the files of an exported model, as a new project. */
  async openFile(...paths: string[]): Promise<void> {
    const chooser = this.#page.waitForEvent('filechooser');
    await this.#page.getByRole('button', { name: 'Open project or model' }).click();
    await (await chooser).setFiles(paths);
    await this.#page.getByRole('link', { name: 'Collect' }).waitFor();
  }

  /** Drops files of this machine onto the page. */
  async drop(...paths: string[]): Promise<void> {
    await dropFiles(this.#page.getByRole('heading', { level: 1 }), paths);
  }

  /** Why a model could not be opened. */
  get failure(): Locator {
    return this.#page.getByRole('alert');
  }

  async #choose(name: string, action: string): Promise<void> {
    await this.card(name)
      .getByRole('button', { name: `Actions for ${name}` })
      .click();
    await this.#page.getByRole('menuitem', { name: action }).click();
  }
}
