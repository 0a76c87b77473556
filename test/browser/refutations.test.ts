import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FollowUpFixture } from './follow-up-fixture.ts';
import { pageFaults, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the pages 辟谣 and 考评 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: FollowUpFixture;
  let page: Page;

  beforeEach(async () => {
    server = await FollowUpFixture.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (path: string, name: string): Promise<void> => {
    await page.goto(`${server.url}/${path}`);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  };

  test('a claim is opened by keyboard; its evidence, versions and matches stand apart', async () => {
    await open('refutations', '辟谣');
    await page.getByRole('button', { name: /锦川水库今晚10点泄洪/u }).press('Enter');
    await page.getByRole('heading', { name: /证据帖/u }).waitFor();
    await expect.poll(() => page.url()).toContain('incident=i1');
    await page.getByText('1处不一致').waitFor();
    await expect.poll(() => page.locator('mark').allInnerTexts()).toEqual(['312.5米', '310.2米']);
    await page.getByText('未落地', { exact: true }).waitFor();
    await page.getByRole('heading', { name: /水库没有泄洪/u }).waitFor();
    await page.getByText('机器找的，未经人确认').waitFor();
    await page.getByText(/还没有由人确认的匹配/u).waitFor();
  });

  test('a draft is written over a source and kept; a refusal is said in its own words', async () => {
    await open('refutations?incident=i1', '辟谣');
    await page.getByRole('button', { name: '加一个来源' }).click();
    const source = page.getByRole('group', { name: '来源1' });
    await source.getByRole('textbox', { name: '谁说的' }).fill('值班记录');
    await source.getByRole('textbox', { name: '原话' }).fill('没有泄洪');
    await page.getByRole('combobox', { name: '核查结论' }).selectOption('untrue');
    await page.getByRole('button', { name: '按模板起草' }).click();
    await page.getByRole('textbox', { name: '第2句' }).waitFor();
    await page.getByRole('button', { name: '引到第1句' }).first().click();
    server.refusal = '第2句：“3人”在所引来源中没有，数字和时间只能来自来源';
    await page.getByRole('button', { name: /存为草稿/u }).click();
    await page
      .getByRole('alert')
      .getByText(/数字和时间只能来自来源/u)
      .waitFor();
    server.refusal = '';
    await page.getByRole('button', { name: /存为草稿/u }).click();
    await page.getByText('已存为草稿，等第二人确认').waitFor();
    expect(server.asked.at(-1)).toMatchObject({
      seen: 5,
      draft: { finding: 'untrue', sources: [{ name: '值班记录' }] },
    });
  });

  test('a second person confirms, or sends back with a reason', async () => {
    await open('refutations?incident=i1', '辟谣');
    await page.getByRole('button', { name: '核对无误，确认' }).click();
    await expect.poll(() => server.asked).toContainEqual({ seen: 5, draft: 4, confirm: true });
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('textbox', { name: '退回的理由' }).fill('来源过旧');
    await page.getByRole('button', { name: '退回' }).click();
    await expect.poll(() => server.asked.length).toBe(2);
    expect(server.asked.at(-1)).toEqual({ seen: 5, draft: 4, confirm: false, why: '来源过旧' });
  });

  test('one’s own draft has no button to confirm it', async () => {
    const [first] = server.file.drafts;
    server.file = { ...server.file, drafts: [{ ...first!, own: true }] };
    await open('refutations?incident=i1', '辟谣');
    await page.getByText('您起草的，请另一人核对后确认').waitFor();
    expect(await page.getByRole('button', { name: '核对无误，确认' }).count()).toBe(0);
  });

  test('empty, failed and gone each say so', async () => {
    server.claims = { ...server.claims, claims: [] };
    await open('refutations', '辟谣');
    await page.getByText('现在没有要核查的传言').waitFor();
    await open('refutations?incident=other', '辟谣');
    await page.getByText('这条传言不在了，或不在您的辖区').waitFor();
    server.broken = true;
    for (const [path, name] of [
      ['refutations', '辟谣'],
      ['assessment', '考评'],
    ] as const) {
      await open(path, name);
      await page.getByRole('alert').getByText('读不到这一页').waitFor();
    }
    server.broken = false;
    await page.getByRole('button', { name: '现在再试' }).click();
    await page.getByText('宜阳县公安局').first().waitFor();
  });

  test('units stand in the order of the matrix, with n; a figure opens its incidents', async () => {
    await open('assessment', '考评');
    await page.getByText('宜阳县公安局').first().waitFor();
    expect(await page.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
      '市洛阳市公安局',
      '区县宜阳县公安局',
    ]);
    await page.getByText('样本不足').first().waitFor();
    await page.getByText('为零，不合格').first().waitFor();
    await page.getByRole('button', { name: '宜阳县公安局的按时办结率由哪些事件得出' }).press('Enter');
    await page.getByRole('region', { name: '宜阳县公安局，按时办结率' }).getByText('锦川小区停暖').first().waitFor();
    await page.getByRole('button', { name: '也列出没有办理的单位' }).click();
    await page.getByRole('heading', { name: /宜阳县教育局/u }).waitFor();
  });

  test.each([
    ['refutations?incident=i1', '辟谣', 'a desk', DESKTOP],
    ['refutations?incident=i1', '辟谣', 'a phone', PHONE],
    ['assessment', '考评', 'a desk', DESKTOP],
    ['assessment', '考评', 'a phone', PHONE],
  ])('%s (%s) on %s: nothing runs over the edge and axe finds nothing', async (path, name, on, size) => {
    await page.setViewportSize(size);
    await open(path, name);
    await page
      .getByText(/1处不一致|为零，不合格/u)
      .first()
      .waitFor();
    if (path !== 'assessment') {
      await page.getByRole('button', { name: '加一个来源' }).click();
      await page.getByRole('button', { name: '按模板起草' }).waitFor();
    }
    await takePicture(page, `${name}-${on}`);
    expect(await pageFaults(page)).toEqual([]);
  });
});
