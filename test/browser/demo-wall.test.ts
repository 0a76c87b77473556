import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { startDemo, type DemoServer } from './demo-server.ts';

/** Only so that a demo that never gets there fails instead of hanging; how long it takes is measured by `npm run bench`. */
const HANGS_MS = 240_000;

interface Row {
  readonly regionName: string;
  readonly suggestion: { readonly firstName: string | null; readonly clock: { readonly rule: string } } | null;
}

describeLane('the demo as the README starts it', missingBuild(), () => {
  const pages = browserPages();
  let demo: DemoServer;

  beforeAll(async () => {
    demo = await startDemo();
  });
  afterAll(() => demo.stop());

  const get = async <T>(path: string): Promise<T> => (await fetch(`${demo.url}${path}`)).json() as Promise<T>;
  const shown = (text: string) => text.replace(/\s/gu, '');

  test(
    'shows an alert for the lost elder, with who answers and by which rule, on a wall that says it is a drill',
    async () => {
      const plea = async (): Promise<Row | undefined> =>
        (await get<Row[]>('/api/v1/alerts?after=0')).findLast((one) => one.regionName.includes('车村镇'));
      await expect.poll(plea, { timeout: HANGS_MS, interval: 250 }).toBeDefined();
      expect((await plea())?.suggestion?.clock.rule).toMatch(/./);

      const page = await pages.open();
      await page.goto(demo.url);
      // The newest alert of the incident may name another account by the time the wall is drawn, so both are read again.
      const named = async (): Promise<boolean> => {
        const name = (await plea())?.suggestion?.firstName?.replace('（演练）', '');
        return name !== undefined && shown(await page.locator('body').innerText()).includes(shown(name));
      };
      await expect.poll(named, { timeout: HANGS_MS, interval: 250 }).toBe(true);
      expect(shown(await page.locator('header').first().innerText())).toContain('演练');
    },
    2 * HANGS_MS,
  );
});
