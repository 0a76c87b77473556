import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { pageFaults, takePicture } from './page-faults.ts';
import { SourcesFixture } from './sources-fixture.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describeLane('the page 数据源 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: SourcesFixture;
  let page: Page;

  beforeEach(async () => {
    server = await SourcesFixture.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
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

  test('a source is made and its token shown once, told better and taken back, paused, and removed by who says why', async () => {
    await open();
    const sources = section(/^数据源/u);
    server.answers.set('sources/describe', { fresh: true, token: 'wbd_shown-this-once' });
    await sources.getByRole('button', { name: '新建数据源' }).click();
    const made = page.getByRole('form', { name: '新建数据源' });
    await made.getByLabel('名称').fill('区里的采集');
    await made.getByLabel('应多久来一次').fill('十分');
    await made.getByText('时长写作10分、2时或1天').waitFor();
    await made.getByLabel('应多久来一次').fill('10分');
    await made.getByRole('button', { name: '建立' }).click();
    await page.getByText('wbd_shown-this-once').waitFor();
    await page.getByRole('button', { name: '抄好了' }).click();
    await expect.poll(() => page.getByText('wbd_shown-this-once').count()).toBe(0);
    expect(server.did).toEqual([
      { path: 'sources/describe', body: { name: '区里的采集', way: 'http', cadence: 600, region: null, caps: [] } },
    ]);

    server.did.splice(0);
    server.answers.set('sources/describe', { fresh: false });
    await sources.locator('summary').first().click();
    const acts = page.getByRole('group', { name: '12345工单可做的事' });
    await acts.getByRole('button', { name: '改说明' }).click();
    const change = page.getByRole('form', { name: '改12345工单的说明' });
    await expect.poll(() => change.getByLabel('应多久来一次').inputValue()).toBe('10分');
    await change.getByLabel('应多久来一次').fill('1时');
    await change.getByRole('button', { name: '保存' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('“12345工单”已改回').waitFor();
    const cadences = server.did.map(({ body }) => (body as { cadence: number }).cadence);
    expect(cadences).toEqual([3_600, 600]);

    server.did.splice(0);
    await acts.getByRole('button', { name: '暂停' }).click();
    await page.getByText('“12345工单”已暂停').waitFor();
    await acts.getByRole('button', { name: '删除' }).click();
    const remove = page.getByRole('form', { name: '删除' });
    expect(await remove.getByRole('button', { name: '删除' }).isDisabled()).toBe(true);
    await remove.getByLabel('何人').fill('王值班');
    await remove.getByLabel('因何').fill('换了采集器');
    await remove.getByRole('button', { name: '删除' }).click();
    await page.getByText('“12345工单”已删除').waitFor();
    expect(server.did).toEqual([
      { path: 'sources/pause', body: { name: '12345工单', paused: true } },
      { path: 'sources/remove', body: { name: '12345工单', who: '王值班', why: '换了采集器' } },
    ]);
  });

  test('letters are let go only by somebody who says who and why', async () => {
    await open();
    const letters = section(/死信/u);
    server.answers.set('dead-letters/drop', { dropped: 1 });
    await letters.getByRole('checkbox').first().check();
    await letters.getByRole('button', { name: '放弃1行' }).click();
    const sign = letters.getByRole('form', { name: '放弃1行' });
    await sign.getByLabel('何人').fill('王值班');
    await sign.getByLabel('因何').fill('来源已停');
    await sign.getByRole('button', { name: '放弃1行' }).click();
    await page.getByText('已放弃1行').waitFor();
    expect(server.did).toMatchObject([{ path: 'dead-letters/drop', body: { who: '王值班', why: '来源已停' } }]);
  });

  test('a table nobody knows is brought, drawn onto fields, tried out and taken in', async () => {
    await open();
    const bring = section(/导入文件/u);
    const preview = (given: object) => ({
      ...{ id: 'a'.repeat(24), name: '热线.csv', bytes: 90, detected: null, because: null, ignored: [], rows: [] },
      columns: [
        { name: '说的事', cells: ['东关停水三天，请打138********'] },
        { name: '何时', cells: ['2026-11-20 08:00'] },
        { name: '来电人', cells: [] },
      ],
      ...given,
    });
    server.answers.set('files', preview({ because: '第一行应为列名，缺少：id' }));
    await bring.getByLabel('选择文件').setInputFiles({
      name: '热线.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('说的事,何时,来电人\n东关停水三天,2026-11-20 08:00,王某某\n'),
    });
    await bring.getByText('还读不出帖文：第一行应为列名').waitFor();
    expect(await bring.getByRole('button', { name: '收下' }).isDisabled()).toBe(true);
    await bring.getByLabel('平台').fill('12345');
    await bring.getByRole('combobox', { name: '说的事是什么' }).selectOption({ label: '正文' });
    await bring.getByRole('combobox', { name: '何时是什么' }).selectOption({ label: '时间' });
    const post = {
      platform: '12345',
      kind: 'post',
      title: null,
      text: '东关停水三天',
      time: '2026-11-20T00:00:00.000Z',
    };
    const read = { row: 2, post, repaired: ['时间没有时区，按北京时间'], because: null, shown: null };
    const broken = { row: 3, post: null, repaired: [], because: '缺少 text', shown: '{"何时":"2026"}' };
    const mapped = { format: 'mapping', called: '按映射的表格', confidence: 1, because: '列名相符' };
    server.answers.set('files/preview', preview({ detected: mapped, rows: [read, broken] }));
    await bring.getByRole('button', { name: '照此试读' }).click();
    await bring.getByRole('cell', { name: '2026年11月20日08:00' }).waitFor();
    await bring.getByRole('cell', { name: '缺少 text' }).waitFor();
    const done = {
      id: 'a'.repeat(24),
      name: '热线.csv',
      state: 'done',
      accepted: 1,
      duplicate: 0,
      rejected: 1,
      because: null,
    };
    server.answers.set('files/import', done);
    await takePicture(page, 'sources-bring');
    await bring.getByRole('button', { name: '收下' }).click();
    await bring.getByText('收完：收下1，重复0，未收1，原因见死信').waitFor();
    const mapping = {
      ...{ name: '热线', platform: '12345', kind: 'post', match: ['说的事', '何时'] },
      columns: { text: ['说的事'], time: ['何时'] },
    };
    expect(server.did.map(({ path, body }) => (path === 'files' ? path : body))).toEqual([
      'files',
      { id: 'a'.repeat(24), mapping },
      { id: 'a'.repeat(24), source: '热线', mapping, save: true },
    ]);
  });

  test('empty, loading, failed and stale each say so', async () => {
    server.page = { ...server.page, sources: [], silences: [], letters: { ...server.page.letters, kept: 0 } };
    server.letters = [];
    await open();
    for (const words of ['还没有数据源', '没有静默过', '没有死信']) await page.getByText(words).waitFor();
    server.broken = true;
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
    const fresh = await pages.open();
    await fresh.goto(`${server.url}/sources`);
    await fresh
      .getByRole('alert')
      .getByText(/存储正在重启/u)
      .waitFor();
    server.broken = false;
    await fresh.getByRole('button', { name: '现在再试' }).click();
    await fresh.getByText('还没有数据源').waitFor();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing', async (name, size) => {
    await page.setViewportSize(size);
    await open();
    await page.getByText('12345工单').first().waitFor();
    for (const summary of await page.locator('summary').all()) await summary.click();
    for (const act of ['改说明', '删除'])
      await page
        .getByRole('button', { name: act })
        .nth(act === '删除' ? 1 : 0)
        .click();
    await page.getByRole('button', { name: '新建数据源' }).click();
    await takePicture(page, `sources-${name}`);
    expect(await pageFaults(page)).toEqual([]);
  });
});
