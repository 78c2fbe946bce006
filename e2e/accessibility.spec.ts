import { AxeBuilder } from '@axe-core/playwright';
import { STEPS } from '../src/ui/route.ts';
import { collectGenerated } from './collectGenerated.ts';
import { expect, test } from './fixtures.ts';

const ENGLISH = { code: 'en', name: 'English' };
const CHINESE = { code: 'zh-CN', name: '简体中文' };

for (const { colorScheme, languages } of [
  { colorScheme: 'light', languages: [ENGLISH, CHINESE] },
  // The colours do not depend on the language.
  { colorScheme: 'dark', languages: [ENGLISH] },
] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('axe finds nothing wrong on any step', async ({ page, screens, folder }) => {
      test.setTimeout(240_000);
      await collectGenerated(screens, folder, 8);
      await screens.train.open();
      await screens.train.train();
      const project = page.url().replace(/[^/]+$/, '');
      const start = project.replace(/#.*$/, '#/');
      for (const { code, name } of languages) {
        await page.getByRole('button', { name: /^(Language|语言)$/ }).click();
        await page.getByRole('menuitemradio', { name }).click();
        await expect(page.locator('html')).toHaveAttribute('lang', code);
        for (const address of [start, ...STEPS.map((step) => project + step)]) {
          await page.goto(address);
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          // Colours are measured when they have stopped moving.
          await page.evaluate(() => Promise.all(document.getAnimations().map((a) => a.finished)));
          const { violations } = await new AxeBuilder({ page }).analyze();
          const found = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
          expect(found, `${code} ${address}`).toEqual([]);
        }
      }
    });
  });
}
