import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { IncidentRow } from '../../server/contract/http.ts';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { startDemo, type DemoServer } from './demo-server.ts';
import { readLayout } from './read-layout.ts';

/** The whole spine as a newcomer starts it: the built server with the drill, and a browser that watches. */
const SPEED = 240;

describeLane('the drill on the wall', missingBuild(), () => {
  const pages = browserPages();
  let demo: DemoServer;
  let page: Page;

  beforeAll(async () => {
    demo = await startDemo(['--speed', String(SPEED)]);
  });
  afterAll(() => demo.stop());
  beforeEach(async () => {
    page = await pages.open();
    page.setDefaultTimeout(120_000);
    await page.goto(demo.url);
  });

  test('an incident emerges with its rung, and the wall says which account answers, by which rule and by when', async () => {
    await page.locator('header .slate').getByText('内容全属虚构').waitFor();
    const row = page
      .locator('.band li a')
      .filter({ hasText: /水库|异味|停水|走失/u })
      .first();
    await row.locator('.who b').waitFor();
    const letter = (await row.locator('.letter').innerText()).trim().at(-1) ?? '';
    expect(letter).toMatch(/[A-Z0-9]/u);
    expect((await row.locator('.left').innerText()).replace(/\s/gu, '')).toMatch(/\d+[天时分秒]$/u);

    const newest = page.locator('[aria-labelledby="h-who"] li.newest');
    await newest.locator('.rule').waitFor();
    expect((await newest.locator('.rule').innerText()).length).toBeGreaterThan(10);
    expect(await newest.locator('.due').innerText()).toContain('到期');

    await row.click();
    const dialog = page.getByRole('dialog');
    await dialog.locator('blockquote p').first().waitFor();
    await dialog.locator('#h-posts').waitFor();
    await dialog.locator('li .text').first().waitFor();
    expect(await dialog.locator('.because').first().innerText()).not.toBe('');
    await dialog
      .getByRole('button', { name: /^证据[1-9]/u })
      .first()
      .click();
    await dialog.getByText(/^这一步的证据/u).waitFor();
    await expect.poll(() => dialog.getByText('演练').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  test('towards the end of the drill the wall is full, whole and legible', async () => {
    // Event time: the drill's own two hours decide, not how long this machine takes.
    const rows = async (): Promise<IncidentRow[]> =>
      (await (await fetch(`${demo.url}/api/v1/incidents`)).json()) as IncidentRow[];
    await expect
      .poll(async () => (await rows()).filter((row) => row.state === 'open' && row.steps.length > 1).length, {
        timeout: 150_000,
        interval: 500,
      })
      .toBeGreaterThanOrEqual(4);
    await expect.poll(() => page.locator('.band li').count()).toBeGreaterThanOrEqual(5);
    await page.evaluate('document.fonts.ready.then(() => true)');
    const { faults, least, scrolls } = await readLayout(page);
    expect({ faults, scrolls }).toEqual({ faults: [], scrolls: false });
    expect(least).toBeGreaterThanOrEqual(20);
  });
});
