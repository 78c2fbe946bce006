import { expect, type Locator, type Page } from '@playwright/test';

const TRAINING_MS = 300_000;

/** The one button, its progress, the settings, and what came of earlier runs. */
export class TrainPage {
  readonly #page: Page;
  readonly trainButton: Locator;
  /** Shown while photos are being computed. */
  readonly computing: Locator;
  /** Shown while the head is being fitted. */
  readonly fitting: Locator;
  readonly failure: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.trainButton = page.getByRole('button', { name: 'Train', exact: true });
    this.computing = page.getByRole('progressbar', { name: 'Computing photos' });
    this.fitting = page.getByRole('progressbar', { name: 'Training' });
    this.failure = page.getByRole('alert');
  }

  async open(): Promise<void> {
    await this.#page.getByRole('link', { name: 'Train', exact: true }).click();
    await this.#page.getByRole('heading', { name: 'Train', level: 1 }).waitFor();
  }

  /** Trains and waits for the end, however it ends. */
  async train(): Promise<void> {
    await this.start();
    await this.expectIdle();
  }

  async start(): Promise<void> {
    await this.trainButton.click();
  }

  /** Trains on from the model that is shown, and waits for the end. */
  async trainMore(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Train more' }).click();
    await this.expectIdle();
  }

  async expectIdle(timeoutMs = TRAINING_MS): Promise<void> {
    await expect(this.trainButton).toBeEnabled({ timeout: timeoutMs });
  }

  /**
   * Gives up computing as soon as this share of the photos is computed; what is computed is kept. The
   * page itself watches and clicks: a fast machine would be done before a click from here arrived.
   */
  async cancelAt(share: number): Promise<void> {
    const bar = await this.computing.elementHandle();
    const button = await this.#page
      .getByRole('button', { name: 'Cancel', exact: true })
      .elementHandle();
    await this.#page.waitForFunction(
      ([bar, button, share]) => {
        if (!(bar instanceof HTMLProgressElement && button instanceof HTMLElement)) return false;
        if (bar.value < share) return false;
        button.click();
        return true;
      },
      [bar, button, share] as const,
      { polling: 'raf' },
    );
  }

  /**
   * Presses a button as soon as it stands beside the bar of that name. The page itself watches and
   * clicks: an exact fit is over before a click from here arrives.
   */
  async clickBeside(barName: string, buttonName: string): Promise<void> {
    await this.#page.waitForFunction(
      ([barName, buttonName]) => {
        const bar = document.querySelector(`progress[aria-label="${barName}"]`);
        const button = bar?.parentElement?.querySelector('button');
        if (button?.textContent !== buttonName) return false;
        button.click();
        return true;
      },
      [barName, buttonName] as const,
      { polling: 'raf' },
    );
  }

  async chooseOwnStrength(l2: number): Promise<void> {
    await this.#page.getByLabel('Strength of the L2 penalty').selectOption('own');
    await this.#page.getByLabel('L2 penalty', { exact: true }).fill(String(l2));
  }

  async chooseScaling(name: string): Promise<void> {
    await this.#page.getByLabel('Scaling', { exact: true }).selectOption({ label: name });
  }

  /** Ends fitting; the head of the epochs done is kept. */
  async stop(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Stop', exact: true }).click();
  }

  /** Of gradient descent, which is chosen for it. */
  async setEpochs(epochs: number): Promise<void> {
    await this.#page.getByLabel('Method', { exact: true }).selectOption('gradient');
    await this.#page.getByLabel('Epochs', { exact: true }).fill(String(epochs));
  }

  /** Of gradient descent, which is chosen for it. */
  async choosePreset(name: string): Promise<void> {
    await this.#page.getByLabel('Method', { exact: true }).selectOption('gradient');
    await this.#page.getByLabel('Preset').selectOption({ label: name });
  }

  async openAdvancedSettings(): Promise<void> {
    await this.#page.getByText('Advanced settings').click();
  }

  async fill(label: string, value: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).fill(value);
  }

  async choose(label: string, option: string): Promise<void> {
    await this.#page.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  async setValidationPercent(percent: number): Promise<void> {
    await this.#page.getByLabel('Validation share (%)', { exact: true }).fill(String(percent));
  }

  /** What is done to photos to get more to learn from. */
  get augmentation(): Locator {
    return this.#page.getByRole('region', { name: 'Augmented views' });
  }

  /** The pictures of a strip of previews, such as `Crop (%): how far it goes`. */
  previews(name: string): Locator {
    return this.augmentation.getByRole('list', { name }).locator('img');
  }

  /** `name` as the list shows it: Automatic, WebGPU, WebGL, WebAssembly, JavaScript. */
  async chooseBackend(name: string): Promise<void> {
    await this.#page.getByLabel('Compute with').selectOption({ label: name });
  }

  /** What runs, how fast, and what was tried. */
  get backendPanel(): Locator {
    return this.#page.getByRole('region', { name: 'Computing' });
  }

  get backendInUse(): Locator {
    return this.backendPanel.getByRole('definition');
  }

  get runs(): Locator {
    return this.#page.getByRole('region', { name: 'Runs' }).getByRole('listitem');
  }

  /** The numbers of each epoch of the run that is shown. */
  async curve(): Promise<readonly string[]> {
    // The curves of a training that goes on give way to those of its run.
    await expect(this.runs.first()).toContainText('completed');
    await this.#page.getByRole('button', { name: 'Show the numbers as a table' }).click();
    const rows = this.#page.getByRole('table').first().getByRole('row');
    // The table comes a little later than the chart.
    const took = await this.#page.getByText(/^\d+ epochs in/).textContent();
    await expect(rows).toHaveCount(Number.parseInt(took ?? '', 10) + 1);
    const texts = await rows.allTextContents();
    await this.#page.getByRole('button', { name: 'Hide the table' }).click();
    return texts.slice(1);
  }

  /** How many activations the last training computed and how many it found. */
  get lastEmbedding(): Locator {
    return this.#page.getByText(/[\d,]+ computed, [\d,]+ reused/);
  }

  async expectComputed(computed: number, reused: number): Promise<void> {
    const text = `${computed.toLocaleString('en')} computed, ${reused.toLocaleString('en')} reused`;
    await expect(this.lastEmbedding).toContainText(` ${text}`);
  }
}
