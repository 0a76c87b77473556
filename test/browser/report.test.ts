import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { runApp, type RunningApp } from '../stories/running-app.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { pageFaults, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Tuesday after week 47: its Monday 8:00 has passed. */
const NOW = Date.parse('2026-11-24T09:30:00+08:00');

describeLane('the page 周报 in a browser', missingBuild(), () => {
  const pages = browserPages(DESKTOP);
  let running: RunningApp;
  let page: Page;

  beforeAll(async () => {
    running = await runApp({ now: NOW });
    await running.post(
      Array.from({ length: 30 }, (_, at) => ({
        id: `停水${at}`,
        text: `宜阳县城关镇文化路停水第${at}天了，家里老人孩子怎么办，自来水公司电话打不通，第${at * 7}户都这样<script>alert(1)</script>`,
        at: NOW - 3 * 86_400_000 + at * 60_000,
        author: `居民${at}`,
      })),
    );
    await running.app.flow.drained();
  });
  afterAll(() => running.close());
  beforeEach(async () => {
    page = await pages.open();
  });

  const open = async (): Promise<void> => {
    await page.goto(`${running.url}/report`);
    await page.getByRole('heading', { name: '周报', level: 1 }).waitFor();
  };

  test('a person makes a week’s report, writes beside it and signs it; the file says all three', async () => {
    await open();
    await page.getByLabel('周次').fill('2026-W47');
    await page.getByRole('button', { name: '做2026-W47' }).click();
    const frame = page.frameLocator('iframe');
    await frame.getByRole('heading', { name: '洛阳市政务新媒体扩散周报' }).waitFor();
    await frame.getByText('11月16日周一0时至11月22日周日24时').waitFor();
    await page.getByLabel('一页摘要').fill('文化路管道老化，周三换管。');
    await page.getByRole('button', { name: '保存按语' }).click();
    await frame.getByText('文化路管道老化，周三换管。').waitFor();
    await page.getByRole('button', { name: '审签这一稿' }).click();
    await frame.getByText('本机，11月24日09:30').waitFor();
    await expect.poll(() => page.getByRole('button', { name: '审签这一稿' }).count()).toBe(0);
    await page.getByRole('button', { name: '做2026-W47' }).click();
    await page.getByText('第2稿').first().waitFor();
    for (const name of ['Word', 'PDF', 'CSV'])
      expect(await page.getByRole('link', { name }).getAttribute('href')).toContain('version=2');
  });

  test('a bar of a chart opens the posts behind it, by pointer and by keyboard', async () => {
    await running.ask('reports/2026-W47', {});
    await open();
    const bar = page
      .frameLocator('iframe')
      .getByRole('link', { name: /^六 21，/u })
      .first();
    await bar.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?.*platform=weibo/u);
    await page
      .getByText(/宜阳县城关镇文化路停水/u)
      .first()
      .waitFor();
    await open();
    await page
      .frameLocator('iframe')
      .getByRole('link', { name: /^六 21，/u })
      .first()
      .click();
    await page.waitForURL(/\/search\?/u);
    expect(new URL(page.url()).searchParams.get('from')).toBe('2026-11-20T16:00:00.000Z');
  });

  test('a week from before there was data is said to have none, on the page and in the file', async () => {
    await open();
    await page.getByLabel('周次').fill('2026-W40');
    await page.getByText(/2026-W40这一周还没有数据：保存的帖文从/u).waitFor();
    await page.getByRole('button', { name: '做2026-W40' }).click();
    await page
      .frameLocator('iframe')
      .getByText(/没有数据不等于没有事/u)
      .waitFor();
    await takePicture(page, 'report-no-data');
  });

  test('a week that is none is refused in words', async () => {
    await open();
    await page.getByLabel('周次').fill('2026-W60');
    await page.getByRole('button', { name: '做2026-W60' }).click();
    await page.getByRole('alert').getByText('2026-W60').waitFor();
  });

  for (const [name, size] of [
    ['desk', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`on a ${name} nothing runs over the edge and axe finds nothing`, async () => {
      await page.setViewportSize(size);
      await open();
      await page.locator('iframe').waitFor();
      await takePicture(page, `report-${name}`, false);
      expect(await pageFaults(page)).toEqual([]);
    });
});
