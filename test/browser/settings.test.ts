import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { axeFaults, overTheEdge, pageFaults, smallTargets, takePicture } from './page-faults.ts';
import { MODELS, PLACES, RETENTION, SettingsFixture, TAXONOMY } from './settings-fixture.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PAGES = { taxonomy: '分类词', places: '地名', retention: '留存', models: '模型' } as const;
type PageName = keyof typeof PAGES;
const NAMES = ['taxonomy', 'places', 'retention', 'models'] as const satisfies readonly PageName[];

describeLane('the pages of 设置 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: SettingsFixture;
  let page: Page;

  beforeEach(async () => {
    server = await SettingsFixture.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (name: PageName): Promise<void> => {
    await page.goto(`${server.url}/${name}`);
    await page.getByRole('heading', { name: PAGES[name], level: 1 }).waitFor();
    await page.getByRole('heading', { name: '历次改动' }).waitFor();
  };
  const section = (name: RegExp) => page.getByRole('region', { name });

  test('the overview leads to every page, and the bar has one entry for all of them', async () => {
    await page.goto(`${server.url}/settings`);
    await page.getByRole('heading', { name: '设置', level: 1 }).waitFor();
    const main = page.getByRole('main');
    for (const name of Object.values(PAGES)) await main.getByRole('link', { name }).first().waitFor();
    expect(await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '设置' }).count()).toBe(1);
    for (const width of [320, 390, 600, 861, 1024, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      expect([width, await overTheEdge(page)]).toEqual([width, 0]);
    }
    await page.setViewportSize(PHONE);
    expect(await axeFaults(page)).toEqual([]);
    await main.getByRole('link', { name: /^分类词/u }).click();
    await page.getByRole('link', { name: '总览' }).click();
    await page.getByRole('heading', { name: '设置', level: 1 }).waitFor();
  });

  test('a word is drafted, tried before and after, and saved with a reason', async () => {
    const judged = {
      ...{
        need: '投诉',
        needScore: 0.6,
        urgent: false,
        lifeAtRisk: false,
        duty: ['住建'],
        rumor: 0.1,
        needsCheck: false,
      },
      because: [],
    };
    const after = { ...judged, duty: ['供水'], because: [{ label: 'duty.供水', cue: '水改', start: 0, end: 2 }] };
    server.answers.set('POST settings/taxonomy/try', {
      ...{ before: judged, after, faults: [], failing: [], dropsCalibration: true },
    });
    await open('taxonomy');
    const form = page.getByRole('form', { name: '加上' });
    await form.getByLabel('归到').selectOption('供水');
    await form.getByLabel('词', { exact: true }).fill('水改');
    await page.keyboard.press('Enter');
    const box = section(/^试一句/u);
    await box.getByLabel('一句话').fill('水改三年了');
    await box.getByRole('button', { name: '试一试' }).click();
    await box.getByText('保存后现有校准不再适用').waitFor();
    await box.locator('mark').getByText('水改').waitFor();
    await box.getByText('用例全部相符').waitFor();
    const word = { group: 'duty', name: '供水', word: '水改', weight: 2.5 };
    const draft = { ...TAXONOMY.body, words: [...TAXONOMY.body.words, word] };
    expect(server.did).toEqual([{ path: 'settings/taxonomy/try', body: { text: '水改三年了', draft } }]);
    const save = page.getByRole('form', { name: '保存并采用' });
    await save.getByText('加1，移除0').waitFor();
    await save.getByLabel('为什么改').fill('水改归供水');
    await save.getByRole('button', { name: '保存并采用' }).click();
    await page.getByText('已保存，从下一条帖文起采用').waitFor();
    expect(server.did.at(-1)).toEqual({ path: 'settings/taxonomy', body: { seen: 2, draft, why: '水改归供水' } });
    await expect.poll(() => save.count()).toBe(0);
  });

  test('where somebody was quicker the draft stays and is told', async () => {
    server.statuses.set('POST settings/taxonomy', 409);
    server.answers.set('POST settings/taxonomy', {
      error: { code: 'changed_meanwhile', message: '李青刚刚改过（第3版），您的改动还没有保存；看过再存一次' },
    });
    await open('taxonomy');
    await page.getByRole('button', { name: '移除泵房 3' }).click();
    const save = page.getByRole('form', { name: '保存并采用' });
    await save.getByLabel('为什么改').fill('不用了');
    await save.getByRole('button', { name: '保存并采用' }).click();
    await page.getByText('李青刚刚改过（第3版）').waitFor();
    await save.getByText('加0，移除1').waitFor();
  });

  test('an earlier version is put in force by who says why', async () => {
    await open('taxonomy');
    const versions = section(/^历次改动/u);
    await versions.getByText('供水 泵房 3').waitFor();
    await versions.getByRole('button', { name: '恢复到这一版：第1版' }).click();
    await versions.getByLabel('为什么改').fill('先不用');
    await versions.getByRole('button', { name: '恢复', exact: true }).click();
    await page.getByText('已恢复，记为新的一版').waitFor();
    expect(server.did).toEqual([{ path: 'settings/taxonomy/restore', body: { seen: 2, version: 1, why: '先不用' } }]);
  });

  test('a place is put under a division that was searched for, warned of, and saved', async () => {
    server.answers.set('settings/regions', [{ code: '410311', name: '河南省洛阳市洛龙区' }]);
    server.answers.set('POST settings/places/try', {
      ...{ before: { region: null, because: [] }, after: null, faults: [] },
      warnings: ['“晴空”也是普通词，平常的话也会被当成这里；建议选“也是普通词”'],
    });
    await open('places');
    await page.getByText('places.txt在页面之外改过').waitFor();
    await page.getByText(/^1个地名已经用来判属地/u).waitFor();
    const form = page.getByRole('form', { name: '加一个地名' });
    await form.getByLabel('名称').fill('晴空');
    await form.getByLabel('在哪个区划里').fill('洛龙');
    await form.getByRole('button', { name: '选这里：河南省洛阳市洛龙区' }).click();
    await form.getByRole('button', { name: '放进改动' }).click();
    const box = section(/^试一句/u);
    await box.getByLabel('一句话').fill('晴空今天停水');
    await box.getByRole('button', { name: '试一试' }).click();
    await box.getByText('“晴空”也是普通词').waitFor();
    const save = page.getByRole('form', { name: '保存并采用' });
    await save.getByLabel('为什么改').fill('新小区');
    await save.getByRole('button', { name: '保存并采用' }).click();
    await page.getByText('已保存，从下一条帖文起采用').waitFor();
    const add = [{ code: '410311', name: '晴空', wordy: false }];
    expect(server.did.at(-1)).toEqual({ path: 'settings/places', body: { seen: 2, why: '新小区', add } });
  });

  test('days are changed only after looking at what would go', async () => {
    server.answers.set('POST settings/retention/preview', {
      ...{ aged: 20_000, masked: 812, held: 31, freed: 4, authors: 18_220, keys: 1, more: true },
    });
    await open('retention');
    await page.getByLabel('改为几天').fill('14');
    expect(await page.getByRole('form', { name: '保存并采用' }).count()).toBe(0);
    await page.getByRole('button', { name: '看下一次会动多少' }).click();
    await page.getByText('至少812条').waitFor();
    await page.getByText('遮去的恢复不了').waitFor();
    const save = page.getByRole('form', { name: '保存并采用' });
    await save.getByLabel('为什么改').fill('少留一些');
    await save.getByRole('button', { name: '保存并采用' }).click();
    await page.getByText('已改，下一次运行起按14天').waitFor();
    expect(server.did.at(-1)).toEqual({ path: 'settings/retention', body: { seen: 2, days: 14, why: '少留一些' } });
  });

  test('an author is erased by who says why, after it was said how many posts there are', async () => {
    server.answers.set('POST settings/erase/preview', { posts: 3 });
    server.answers.set('POST settings/erase', { posts: 3 });
    await open('retention');
    const box = section(/^按请求抹除/u);
    await box.getByText('已立7块碑').waitFor();
    await box.getByRole('radio', { name: '作者编号' }).check();
    await box.getByLabel('平台给作者的编号').fill('1234567');
    await box.getByRole('button', { name: '找一找' }).click();
    await box.getByText('找到3条').waitFor();
    await box.getByLabel('因何抹除').fill('本人来函');
    await box.getByRole('button', { name: '抹除这3条' }).click();
    await page.getByText('已抹除').waitFor();
    const ask = { platform: 'weibo', author: '1234567' };
    expect(server.did).toEqual([
      { path: 'settings/erase/preview', body: ask },
      { path: 'settings/erase', body: { ...ask, why: '本人来函' } },
    ]);
    // The id does not stay on the screen.
    await expect.poll(() => box.getByLabel('平台给作者的编号').inputValue()).toBe('');
  });

  test('what the models miss is said, cases are filtered, and a calibration is looked at before it is taken', async () => {
    const measured = { value: 0.8, low: 0.7, high: 0.9, n: 60 };
    const figures = { precision: measured, recall: measured };
    server.answers.set('POST settings/models/calibration/preview', {
      possible: true,
      parts: [
        { part: 'rumor.known', n: 60, threshold: { before: 0.5, after: 0.58 }, before: figures, after: figures },
        { part: 'need.plea', n: 3, refused: '只有3条，至少要40条' },
      ],
    });
    await open('models');
    const missed = page.getByRole('listitem').filter({ hasText: '按真实占比折算的精确率' });
    await missed.getByText('未达到').waitFor();
    const reviewed = section(/^核过的案例/u);
    await reviewed.getByText('42条，30条与机器同').waitFor();
    await reviewed.getByText('泵房漏水，电话138********').waitFor();
    await reviewed.getByLabel('量的什么').selectOption('duty');
    await reviewed.getByLabel('与机器').selectOption('no');
    await expect.poll(() => server.asked).toContain('settings/models/cases?head=duty&same=no&limit=20');
    expect(await reviewed.getByRole('link', { name: '导出表格' }).getAttribute('href')).toContain(
      'export?head=duty&same=no',
    );
    await page.getByRole('button', { name: '看会变什么' }).click();
    await page.getByText('0.50改为0.58').waitFor();
    await page.getByText('只有3条，至少要40条').waitFor();
    const save = page.getByRole('form', { name: '采用' });
    await save.getByLabel('为什么改').fill('按三季度核的');
    await save.getByRole('button', { name: '采用' }).click();
    await page.getByText('已采用，从下一条帖文起').waitFor();
    expect(server.did.at(-1)).toEqual({
      path: 'settings/models/calibration',
      body: { seen: 0, precision: 0.8, why: '按三季度核的' },
    });
  });

  test('empty pages say what to do', async () => {
    server.answers.set('settings/taxonomy', { ...TAXONOMY, last: 0, versions: [], body: { words: [], cases: [] } });
    server.answers.set('settings/places', { ...PLACES, last: 0, versions: [], places: [], waiting: 0 });
    server.answers.set('settings/retention', { ...RETENTION, last: 0, versions: [], runs: [] });
    server.answers.set('settings/models', { ...MODELS, versions: [] });
    server.answers.set('settings/models/cases', { total: 0, cases: [] });
    const sentences: Readonly<Record<PageName, string>> = {
      taxonomy: '还没有自己的词',
      places: '还没有自己的地名',
      retention: '还没有运行过',
      models: '没有这样的案例',
    };
    for (const name of NAMES) {
      await open(name);
      await page.getByText(sentences[name]).waitFor();
      await page.getByText('还没有在这里改过').waitFor();
    }
  });

  test('who may only read sees no form', async () => {
    server.answers.set('settings/taxonomy', { ...TAXONOMY, mayEdit: false });
    server.answers.set('settings/places', { ...PLACES, mayEdit: false });
    for (const name of ['taxonomy', 'places'] as const) {
      await open(name);
      await page.getByText('您可以看和试').waitFor();
      expect(await page.getByRole('button', { name: /^移除|^恢复/u }).count()).toBe(0);
    }
  });

  test.each(NAMES)('%s: a reading that fails says so, and what was read stays with its time', async (name) => {
    server.broken = true;
    await page.goto(`${server.url}/${name}`);
    await page.getByRole('alert').getByText('读不到这一页').waitFor();
    server.broken = false;
    await page.getByRole('button', { name: '现在再试' }).click();
    await page.getByRole('heading', { name: '历次改动' }).waitFor();
    server.broken = true;
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
  });

  test.each(NAMES.flatMap((name) => [[name, 'a desk', DESKTOP] as const, [name, 'a phone', PHONE] as const]))(
    '%s on %s: nothing runs over the edge, targets are large, and axe finds nothing',
    async (name, device, size) => {
      await page.setViewportSize(size);
      await open(name);
      await takePicture(page, `${name}-${device}`);
      expect(await pageFaults(page)).toEqual([]);
      if (device === 'a phone') expect(await smallTargets(page, 'main :is(button, a, select)')).toEqual([]);
    },
  );
});
