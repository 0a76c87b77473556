import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import type { Account } from '../../pipelines/domain/account.ts';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { drillAccounts, MatrixFixture } from './matrix-fixture.ts';
import { axeFaults, pageFaults, smallTargets, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the page 矩阵 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: MatrixFixture;
  let page: Page;

  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (accounts?: readonly Account[]): Promise<void> => {
    server = await MatrixFixture.start(web.dir, accounts);
    page = await pages.open();
    await page.goto(`${server.url}/matrix`);
    await page.getByRole('heading', { name: '矩阵', level: 1 }).waitFor();
    if (accounts?.length !== 0) await page.getByRole('radio', { name: '按属地' }).check();
  };
  const account = (name: string) => page.getByRole('button', { name: `查看${name}`, exact: true });
  const dialog = () => page.getByRole('dialog');

  test('shows the tree, an account with its history, and changes it with a reason, by keyboard', async () => {
    await open();
    await page.getByText('6个账号，公开5个').waitFor();
    await account('洛龙公安').focus();
    await page.keyboard.press('Enter');
    await dialog().getByRole('heading', { name: '洛龙公安' }).waitFor();
    await dialog().getByText('首次启动').waitFor();
    await dialog().getByLabel('值班时间').fill('周一至周五 09:00-18:00');
    await dialog().getByRole('button', { name: '保存' }).press('Enter');
    await dialog().getByRole('alert').getByText('请写明为什么改').waitFor();
    await dialog().getByLabel('为什么改').fill('定了班次');
    await page.keyboard.press('Enter');
    await page.getByText('已保存，改了1个账号').waitFor();
    await account('洛龙公安').getByText('周一至周五09:00–18:00，在班').waitFor();
    await page.getByRole('button', { name: '撤回刚才的改动' }).click();
    await page.getByText('已撤回', { exact: true }).waitFor();
    await expect.poll(() => account('洛龙公安').innerText()).toContain('值班时间未填');
  });

  test('says before saving which holes a change makes, and retires with the reason', async () => {
    await open();
    await account('洛阳110').click();
    await dialog().getByLabel('停用这个账号').check();
    await dialog().getByText('这样改会新增').waitFor();
    await dialog()
      .getByText(/没有指挥中心（紧急）/u)
      .waitFor();
    await dialog().getByLabel('为什么改').fill('并入市局');
    await dialog().getByRole('button', { name: '确定停用' }).click();
    await page.getByText('已保存，改了1个账号').waitFor();
    await page.getByRole('region', { name: /^检查/u }).getByText('没有指挥中心（紧急）').waitFor();
    await expect.poll(() => account('洛阳110').count()).toBe(0);
  });

  test('refuses what would break the matrix, in words, and adds a new account', async () => {
    await open();
    await page.getByRole('button', { name: '新增账号' }).click();
    await dialog().getByLabel('账号名称').fill('洛龙环保');
    await dialog().getByLabel('属地').fill('洛');
    await dialog().getByRole('checkbox', { name: '环保' }).check();
    await dialog()
      .getByRole('alert')
      .getByText(/“洛”不是区划代码/u)
      .waitFor();
    await dialog().getByLabel('属地').fill('洛龙区');
    await dialog()
      .getByText(/这样改/u)
      .first()
      .waitFor();
    await dialog().getByLabel('为什么改').fill('新设');
    await dialog().getByRole('button', { name: '保存' }).click();
    await account('洛龙环保').waitFor();
  });

  test('an import is looked at line by line first, then taken whole', async () => {
    await open();
    const csv = (rows: string) => ({
      name: '账号.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`名称,属地,职责,公开账号\n${rows}`),
    });
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await dialog().getByLabel('选一份CSV、XLSX或JSON').setInputFiles(csv('洛龙城管,洛龙区,警察,是\n'));
    await dialog().getByText('1行不能收，整份都不会导入').waitFor();
    await dialog()
      .getByText(/不认识“警察”/u)
      .waitFor();
    expect(await dialog().getByRole('button', { name: '导入', exact: true }).count()).toBe(0);
    await dialog().getByLabel('选一份CSV、XLSX或JSON').setInputFiles(csv('洛龙城管,洛龙区,城管,是\n'));
    await dialog().getByText('新增1个').waitFor();
    await dialog().getByLabel('为什么导入').fill('机构改革');
    await dialog().getByRole('button', { name: '导入', exact: true }).click();
    await account('洛龙城管').waitFor();
    await page.getByRole('region', { name: '近来的改动' }).getByText('机构改革').waitFor();
  });

  test('begins from an example and takes it back', async () => {
    await open();
    await page.getByRole('button', { name: '从样例开始' }).click();
    await dialog().getByText('公安', { exact: true }).click();
    await dialog().getByText('停用6个').waitFor();
    await dialog().getByLabel('为什么导入').fill('先看看样子');
    await dialog().getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('平安成都（样例）').first().waitFor();
    await page.getByRole('button', { name: '撤回刚才的改动' }).click();
    await account('洛龙公安').waitFor();
  });

  test('tries out who answers, with the rules in words and nobody told', async () => {
    await open();
    const box = page.getByRole('region', { name: /^谁来答/u });
    await box.getByLabel('事发地').fill('开元路街道');
    await box.getByLabel('主管').selectOption('公安');
    await box.getByRole('button', { name: '看谁来答' }).click();
    await box.getByText('开元路派出所', { exact: true }).waitFor();
    await box.getByText(/事发地河南省洛阳市洛龙区开元路街道/u).waitFor();
    await box.getByLabel('事发地').fill('火星');
    await box.getByRole('button', { name: '看谁来答' }).click();
    await box.getByText(/找不到“火星”/u).waitFor();
  });

  test('the tree of who stands above whom is walked, added to and moved in by keyboard alone', async () => {
    await open();
    await page.getByRole('radio', { name: '按上级' }).check();
    const tree = page.getByRole('tree', { name: '按上级排的账号' });
    const rows = async (): Promise<string[]> => tree.locator('.who b').allInnerTexts();
    await tree.getByRole('treeitem').first().focus();
    await page.keyboard.press('ArrowDown');
    const second = await page.evaluate<string>("document.activeElement.getAttribute('aria-level')");
    expect(second).toBe('2');
    const before = await rows();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(async () => (await rows()).length).toBeLessThan(before.length);
    await page.keyboard.press('ArrowRight');
    await expect.poll(rows).toEqual(before);
    const top = before[0] ?? '';
    await page.keyboard.press('n');
    await dialog()
      .getByRole('heading', { name: `在${top}之下新增` })
      .waitFor();
    await dialog().getByLabel('账号名称').fill('新设的账号');
    await dialog().getByRole('checkbox', { name: '环保' }).check();
    await dialog().getByLabel('为什么改').fill('新设');
    await dialog().getByRole('button', { name: '保存' }).click();
    await tree.getByText('新设的账号').waitFor();
    const added = tree.getByRole('treeitem', { name: /^新设的账号/u });
    expect(await added.getAttribute('aria-level')).toBe('2');
    await added.focus();
    await page.keyboard.press('m');
    await dialog().getByLabel('新的上级').selectOption({ label: '没有上级' });
    await dialog().getByLabel('为什么改').fill('直接归口');
    await dialog().getByRole('button', { name: '换上级' }).click();
    await expect.poll(() => added.getAttribute('aria-level')).toBe('1');
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize(PHONE);
    expect(await pageFaults(page)).toEqual([]);
    await page.setViewportSize(DESKTOP);
  });

  test('empty, not found, failed and stale each say so', async () => {
    await open([]);
    await page.getByText('矩阵里还没有账号').waitFor();
    await page.getByRole('region', { name: /^检查/u }).getByText('矩阵里没有账号').waitFor();
    server.broken = true;
    const fresh = await pages.open();
    await fresh.goto(`${server.url}/matrix`);
    await fresh.getByRole('alert').getByText('读不到这一页').waitFor();
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
    await page.getByText('矩阵里还没有账号').waitFor();
    server.broken = false;
    await fresh.getByRole('button', { name: '现在再试' }).click();
    await fresh.getByText('矩阵里还没有账号').waitFor();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing', async (name, size) => {
    await open(drillAccounts());
    await page.setViewportSize(size);
    const box = page.getByRole('region', { name: /^谁来答/u });
    await box.getByLabel('事发地').fill('西工区');
    await box.getByRole('button', { name: '看谁来答' }).click();
    await box.getByText('由谁先答').waitFor();
    await page.getByLabel('找账号').fill('西工');
    await page.getByText('各职责覆盖到哪一级').click();
    const look = async (what: string): Promise<void> => {
      await takePicture(page, `matrix-${what}-${name}`, what === 'page');
      expect(await pageFaults(page), what).toEqual([]);
    };
    await look('page');
    await account('西工发布（演练）').click();
    await dialog().getByText('历次改动').waitFor();
    await dialog().getByText('首次启动').waitFor();
    await look('account');
    if (size === PHONE) {
      const targets = 'dialog :is(button, input:not([type=checkbox]), select, label.check, .duties label)';
      expect(await smallTargets(page, targets)).toEqual([]);
    }
  });
});
