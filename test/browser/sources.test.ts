import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { missingChromium, openBrowser, type OpenBrowser } from './chromium.ts';
import { buildWall } from './fixture-server.ts';
import { SourcesFixture } from './sources-fixture.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the page 数据源 in a browser', missingChromium(), () => {
  let built: { dir: string; remove: () => void };
  let browser: OpenBrowser;
  let server: SourcesFixture;
  let page: Page;
  let said: string[];

  beforeAll(async () => {
    built = await buildWall();
    browser = await openBrowser(DESKTOP);
  });
  afterAll(async () => {
    await browser.close();
    built.remove();
  });
  beforeEach(async () => {
    server = await SourcesFixture.start(built.dir);
    page = await browser.context.newPage();
    page.setDefaultTimeout(30_000);
    said = [];
    page.on('pageerror', (error) => said.push(`page error: ${error.message}`));
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/u.test(message.text())) said.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    await server.stop();
    expect(said, 'what the page complained of').toEqual([]);
  });

  const open = async (): Promise<void> => {
    await page.goto(`${server.url}/sources`);
    await page.getByRole('heading', { name: '数据源', level: 1 }).waitFor();
  };
  const section = (name: RegExp) => page.getByRole('region', { name });

  test('shows every source, the silent one first, with its beat and what is wrong with it', async () => {
    await open();
    const sources = section(/^数据源/u);
    await sources.getByText('12345工单').first().waitFor();
    const names = await sources.locator('summary .name b').allInnerTexts();
    expect(names).toEqual(['12345工单', '新接入的贴吧', '微博关键词采集', '街道台账']);
    expect(await sources.locator('summary .state').allInnerTexts()).toEqual(['静默', '未报到', '在报', '一次导入']);
    await sources.locator('summary').first().press('Enter');
    await sources.getByText('没有这个文件夹').waitFor();
    await sources.getByText('约定10分一次；覆盖河南省洛阳市').waitFor();
    await section(/静默预警/u)
      .getByText('数据源静默：12345工单')
      .waitFor();
    await section(/静默预警/u)
      .getByText(/恢复，断20分/u)
      .waitFor();
  });

  test('a letter is chosen and replayed by keyboard alone, with a field renamed', async () => {
    await open();
    const letters = section(/死信/u);
    await letters.getByRole('checkbox', { name: '选微博关键词采集第4行' }).focus();
    await page.keyboard.press('Space');
    await letters.getByRole('textbox', { name: '原名' }).fill('内容');
    await letters.getByRole('textbox', { name: '正确的名称' }).fill('text');
    await letters.getByRole('button', { name: '重放1行' }).press('Enter');
    await letters.getByText('收下1，重复0，仍未收0').waitFor();
    expect(server.asked).toEqual([{ seqs: [8], mending: { rename: { 内容: 'text' }, set: {} } }]);
    await expect.poll(() => letters.getByRole('checkbox').count()).toBe(2);
    await letters.getByText('密钥已按保留期销毁').waitFor();
  });

  test('empty, loading, failed and stale each say so', async () => {
    server.page = { ...server.page, sources: [], silences: [], letters: { ...server.page.letters, kept: 0 } };
    server.letters = [];
    await open();
    for (const words of ['还没有数据源', '没有静默过', '没有死信']) await page.getByText(words).waitFor();
    server.broken = true;
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
    const fresh = await browser.context.newPage();
    await fresh.goto(`${server.url}/sources`);
    await fresh
      .getByRole('alert')
      .getByText(/存储正在重启/u)
      .waitFor();
    server.broken = false;
    await fresh.getByRole('button', { name: '现在再试' }).click();
    await fresh.getByText('还没有数据源').waitFor();
    await fresh.close();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing', async (name, size) => {
    await page.setViewportSize(size);
    await open();
    await page.getByText('12345工单').first().waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    const picture = process.env['WENBIDA_PICTURES'];
    if (picture !== undefined)
      await page.screenshot({ path: `${picture}/sources-${name.replaceAll(' ', '-')}.png`, fullPage: true });
    const over = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(over).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    ).toEqual([]);
  });
});
