import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { pageFaults, takePicture } from './page-faults.ts';
import { WatchesFixture } from './watches-fixture.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the page 关注 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: WatchesFixture;
  let page: Page;

  beforeEach(async () => {
    server = await WatchesFixture.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (): Promise<void> => {
    await page.goto(`${server.url}/watches`);
    await page.getByRole('heading', { name: '关注', level: 1 }).waitFor();
  };

  test('lists the watches, those that are open first, each in words', async () => {
    await open();
    await page.getByRole('heading', { name: '停水停电' }).waitFor();
    expect(await page.locator('li h3').allInnerTexts()).toEqual(['停水停电', '走失与被困', '学校食堂']);
    await page.getByText('有“停水”、“停电”之一；没有“通知”；在河南省洛阳市').waitFor();
    await page.getByText('10分内满3帖提醒，1时没有新帖结束；通知到值班群；22:00–07:00静默，急件除外').waitFor();
    await page.getByText('近来提醒').first().press('Enter');
    await page.getByText('前后共31帖，静默到').waitFor();
    await page.getByText('改动记录').first().press('Enter');
    await page.getByText(/李编辑.*第2版：演练期间，暂停/u).waitFor();
  });

  test('a watch is written by keyboard, tried on the last seven days as it is written, and kept', async () => {
    await open();
    await page.getByRole('button', { name: '新建关注' }).press('Enter');
    const form = page.getByRole('form', { name: '新建关注' });
    await form.getByText('填一个词或选一个地点，就能看到近7天会怎样').waitFor();
    await page.keyboard.type('停暖');
    await form.getByRole('textbox', { name: '有一个就行' }).fill('停暖、暖气不热  供暖');
    await form.getByRole('checkbox', { name: '河南省洛阳市洛龙区' }).press('Space');
    await form.getByText('近7天会提醒2次').waitFor();
    await form.getByText('锦川小区又停水了').waitFor();
    await expect.poll(() => server.tests.at(-1)?.query.regions).toEqual(['410311']);
    await form.getByRole('checkbox', { name: '夜间静默' }).press('Space');
    await form.getByRole('textbox', { name: '为何' }).fill('供暖季');
    await form.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已保存“停暖”').waitFor();
    expect(server.asked).toEqual([
      {
        how: 'POST w9',
        body: {
          name: '停暖',
          query: {
            ...{ all: [], any: ['停暖', '暖气不热', '供暖'], none: [], regions: ['410311'] },
            ...{ needs: [], duties: [], kinds: [], rung: null },
          },
          open: { posts: 3, minutes: 10 },
          close: { posts: 1, minutes: 60 },
          quiet: { from: '22:00', to: '07:00' },
          ...{ channel: null, paused: false, expected: 0, why: '供暖季' },
        },
      },
    ]);
  });

  test('is paused, changed only as it was last seen, deleted and brought back', async () => {
    await open();
    await page.getByRole('button', { name: '对“停水停电”：暂停' }).click();
    await expect.poll(() => server.asked.map(({ how }) => how)).toEqual(['PUT w1']);
    await page.getByRole('button', { name: '对“走失与被困”：修改' }).click();
    const form = page.getByRole('form', { name: '修改“走失与被困”' });
    server.watches = server.watches.map((watch) => (watch.id === 'w2' ? { ...watch, version: 7 } : watch));
    await form.getByRole('button', { name: '保存' }).click();
    await expect.poll(async () => (await form.isVisible()) && (await form.getByRole('alert').count())).toBeTruthy();
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存“走失与被困”').waitFor();
    await page.getByRole('button', { name: '对“学校食堂”：删除' }).click();
    await page.getByText('已删除“学校食堂”').waitFor();
    await expect.poll(() => page.getByRole('heading', { name: '学校食堂' }).count()).toBe(0);
    await page.getByRole('button', { name: '撤回' }).click();
    await page.getByRole('heading', { name: '学校食堂' }).waitFor();
  });

  test('empty, failed and stale each say so', async () => {
    server.watches = [];
    await open();
    await page.getByText('还没有关注').waitFor();
    server.broken = true;
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
    const fresh = await pages.open();
    await fresh.goto(`${server.url}/watches`);
    await fresh
      .getByRole('alert')
      .getByText(/存储正在重启/u)
      .waitFor();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing', async (name, size) => {
    await page.setViewportSize(size);
    await open();
    await page.getByRole('button', { name: '对“停水停电”：修改' }).click();
    await page.getByText('近7天会提醒2次').waitFor();
    await page.getByText('更多条件').click();
    await takePicture(page, `watches-${name}`);
    expect(await pageFaults(page)).toEqual([]);
  });
});
