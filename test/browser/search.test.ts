import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FoundPostsBody } from '../../server/contract/http.ts';
import { describeLane } from '../lane.ts';
import { everydayTalk, EVENING, HOUR, MINUTE, runApp, type RunningApp } from '../stories/running-app.ts';
import { readZipEntries } from '../seeds/read-zip.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { pageFaults, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the page 检索 in a browser', missingBuild(), () => {
  const pages = browserPages(DESKTOP);
  let running: RunningApp;
  let page: Page;

  beforeAll(async () => {
    running = await runApp();
    await running.post([
      ...everydayTalk(80),
      {
        id: '坏',
        text: '宜阳县城关镇停水了<script>alert(1)</script><img src=x onerror=alert(2)>，电话打不通',
        at: EVENING + 5 * MINUTE,
      },
      ...Array.from({ length: 6 }, (_, at) => ({
        id: `副本${at}`,
        text: '求助！宜阳县城关镇文化路停水三天了，家里老人孩子怎么办，自来水公司电话一直打不通',
        at: EVENING + at * MINUTE,
      })),
      { id: '公式', text: '=HYPERLINK("http://x.invalid")伊川县也停水，请问几点来水', at: EVENING - 3 * HOUR },
    ]);
    await running.app.flow.drained();
  });
  afterAll(() => running.close());
  beforeEach(async () => {
    page = await pages.open();
  });

  const open = async (question = ''): Promise<void> => {
    await page.goto(`${running.url}/search${question}`);
    await page.getByRole('heading', { name: /^[\d,]+帖/u, level: 2 }).waitFor();
  };
  const total = (): Promise<string> => page.getByRole('heading', { name: /^[\d,]+帖/u, level: 2 }).innerText();
  const found = () => page.getByRole('list', { name: '结果' });

  test('words are found, marked and folded; copies open, and a script in a post stays text', async () => {
    await open();
    await page.keyboard.press('/');
    await page.keyboard.type('停水');
    await page.keyboard.press('Enter');
    await expect.poll(total).toMatch(/^8帖\s*折叠为3条$/u);
    expect(page.url()).toContain(`q=${encodeURIComponent('停水')}`);
    await expect.poll(() => found().locator('mark').allInnerTexts()).toEqual(['停水', '停水', '停水']);
    await found().getByText('<img src=x onerror=alert(2)>').waitFor();
    await found().getByText('6份相同').waitFor();
    await found().getByRole('button', { name: '展开' }).click();
    await expect.poll(() => found().locator('.list li').count()).toBe(6);
  });

  test('a facet narrows and widens again; the address opens the same question elsewhere and goes back', async () => {
    await open(`?q=${encodeURIComponent('停水')}`);
    await page.getByRole('button', { name: /伊川县，1帖$/u }).click();
    await expect.poll(total).toMatch(/^1帖/u);
    const shared = page.url();
    expect(shared).toContain('region=410329');
    const other = await pages.open();
    await other.goto(shared);
    await other.getByRole('button', { name: /^去掉：.*伊川县$/u }).waitFor();
    await expect.poll(() => other.getByRole('heading', { name: /^[\d,]+帖/u, level: 2 }).innerText()).toMatch(/^1帖/u);
    await page.getByRole('button', { name: /^去掉：.*伊川县$/u }).click();
    await expect.poll(total).toMatch(/^8帖/u);
    await page.goBack();
    await expect.poll(total).toMatch(/^1帖/u);
  });

  test('the time is brushed by hand and by keys', async () => {
    await open(`?q=${encodeURIComponent('停水')}&last=24h`);
    await expect.poll(total).toMatch(/^8帖/u);
    const box = (await page.locator('.bars').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.93, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width - 2, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await expect.poll(total).toMatch(/^7帖/u);
    expect(page.url()).toContain('from=2026-11-20T');
    await page.getByRole('button', { name: '24时' }).click();
    await expect.poll(total).toMatch(/^8帖/u);
    await page.getByRole('slider', { name: '止' }).focus();
    for (let step = 0; step < 6; step++) await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: '只看这段' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(total).toMatch(/^1帖/u);
  });

  test('a link of the weekly report opens with its filters; named posts are of any time', async () => {
    await open(
      '?from=2026-11-16T00%3A00%3A00.000Z&to=2026-11-23T00%3A00%3A00.000Z&region=410327&platform=weibo&need=求助',
    );
    for (const name of ['微博', '求助']) await page.getByRole('button', { name: `去掉：${name}` }).waitFor();
    await page.getByRole('button', { name: /去掉：.*宜阳县/u }).waitFor();
    const { posts } = await running.get<FoundPostsBody>(`posts?q=${encodeURIComponent('停水')}`);
    await open(
      `?ids=${posts
        .slice(0, 2)
        .map(({ id }) => id)
        .join(',')}`,
    );
    await page.getByRole('button', { name: '去掉：指定的2帖' }).waitFor();
    await expect.poll(total).toMatch(/^2帖/u);
  });

  test('the file has what was found, without formulas or authors', async () => {
    await open(`?q=${encodeURIComponent('停水')}`);
    await expect.poll(total).toMatch(/^8帖/u);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载CSV' }).click(),
    ]);
    const [book] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载XLSX' }).click(),
    ]);
    const sheet = (await readZipEntries(readFileSync(await book.path()))).get('xl/worksheets/sheet1.xml') ?? '';
    expect(sheet.match(/<row /gu)).toHaveLength(9);
    expect(sheet).not.toContain('author-of');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.trim().split('\r\n')).toHaveLength(9);
    expect(text).toContain(`'=HYPERLINK(`);
    expect(text).not.toContain('author-of');
  });

  test('the question becomes a watch; nothing found and a failed search are said', async () => {
    await open(`?q=${encodeURIComponent('停水')}`);
    await page.getByRole('button', { name: '存为关注' }).click();
    await page.getByText('已关注“停水”，10分钟内够3帖就提醒').waitFor();
    const saved = page.getByRole('region', { name: '已存检索' });
    await saved.getByRole('button', { name: '“停水”：不再提醒' }).click();
    await saved.getByText('只存着，不提醒').waitFor();
    await saved.getByRole('button', { name: '“停水”：改为关注' }).click();
    await saved.getByText('关注中，够数就提醒').waitFor();
    await saved.getByRole('link', { name: '管理' }).click();
    await page.getByRole('link', { name: '对“停水”：在检索中看' }).click();
    await expect.poll(total).toMatch(/^8帖/u);
    expect(page.url()).toContain(`q=${encodeURIComponent('停水')}`);
    await open(`?q=${encodeURIComponent('恐龙复活')}`);
    await page.getByText('没有符合条件的帖文').waitFor();
    await page.route('**/api/v1/posts/facets*', (route) => route.abort());
    await page.getByRole('button', { name: '检索' }).click();
    await page.getByRole('alert').getByText('服务器没有应答').waitFor();
    await page.getByText(/这是22:00的结果/u).waitFor();
    await page.unroute('**/api/v1/posts/facets*');
    await page.getByRole('button', { name: '再试' }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  for (const [name, size] of [
    ['desk', DESKTOP],
    ['phone', PHONE],
  ] as const)
    test(`on a ${name} nothing runs over the edge and axe finds nothing`, async () => {
      await page.setViewportSize(size);
      await open(`?q=${encodeURIComponent('停水')}&last=24h&platform=weibo`);
      await found().getByText('6份相同').waitFor();
      await takePicture(page, `search-${name}`);
      expect(await pageFaults(page)).toEqual([]);
    });
});
