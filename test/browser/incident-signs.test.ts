import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FixtureServer } from './fixture-server.ts';
import { aFile, dam } from './invented-city.ts';
import { aBurst, aClaim, aSpread, somePrecedents } from './invented-spread.ts';
import { axeFaults, pageFaults, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const WALL = { width: 1920, height: 1080 };

describeLane('how an incident spread and what the past teaches, in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let server: FixtureServer;
  let page: Page;

  beforeEach(async () => {
    server = await FixtureServer.start(web.dir);
    server.files.set(dam.id, { ...aFile(dam), burst: aBurst(), claim: aClaim() });
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (): Promise<void> => {
    await page.goto(`${server.url}/incident?id=${dam.id}`);
    await page.getByRole('heading', { name: dam.title, level: 1 }).waitFor();
    await section(/^先例/u).waitFor();
  };
  const section = (name: RegExp) => page.getByRole('region', { name });

  test('shows how it spread, whether it was pushed, what is claimed and what the past teaches', async () => {
    await open();
    const spread = section(/^怎么传开的/u);
    await spread.getByText('最大一串640帖，最深4层').waitFor();
    await spread.getByRole('img', { name: /^转发层次图：.*最深4层$/u }).waitFor();
    await spread.getByText('转急，每时11.33帖变156帖').waitFor();
    await spread.locator('summary', { hasText: '首家媒体或官方' }).press('Enter');
    await spread.getByText('记者从应急部门了解到，正在核实。').waitFor();
    const burst = section(/^是不是有人在推/u);
    await burst.getByText(/^这一波像有组织地发出：68% 是同一文字的复制；/u).waitFor();
    await burst.getByRole('img', { name: /^含副本：.*最多一时402帖$/u }).waitFor();
    await burst.getByRole('img', { name: /^去重：.*最多一时104帖$/u }).waitFor();
    const claim = section(/^说法/u);
    await claim.getByText('另有2种变体').press('Enter');
    expect(await claim.locator('ins').first().innerText()).toContain('2');
    await claim.getByText(/^全程求证占31%，否认占/u).waitFor();
    const precedents = section(/^先例/u);
    await precedents.getByText('市级洛阳市应急管理局1时35分后回应').waitFor();
    await precedents.getByText(/，2小时减半；|2小时减半；回应后没有再升/u).waitFor();
    await precedents.getByText('没有记录结果').waitFor();
    const [first] = await precedents.getByRole('link').all();
    expect(await first!.getAttribute('href')).toBe('./incident?id=20250712-410327-past001');
  });

  test('what is missing is said, and one panel fails alone', async () => {
    server.files.set(dam.id, aFile(dam));
    server.spread = aSpread({
      posts: 12,
      of: 12,
      linked: 0,
      drawing: null,
      turningPoints: [],
      places: [],
      firstMedia: null,
    });
    server.precedents = somePrecedents({ precedents: [] });
    await open();
    for (const words of [
      '帖文各自发出，没有采到转发关系',
      '帖量没有明显的拐点',
      '没有定出地点的帖文',
      '满20帖后给出',
      '本地没有相似的先例',
    ])
      await page.getByText(words).waitFor();
    server.broken.add('incidents/:id/precedents');
    await page.reload();
    await section(/^怎么传开的/u).waitFor();
    await page.getByRole('alert').getByText('读不到先例：存储正在重启').waitFor();
    server.broken.clear();
    await page.getByRole('button', { name: '现在再试' }).click();
    await page.getByText('本地没有相似的先例').waitFor();
    await page.goto(`${server.url}/incident?id=nothing`);
    await page.getByRole('heading', { name: '没有这个事件' }).waitFor();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing', async (name, size) => {
    await page.setViewportSize(size);
    await open();
    for (const summary of await page.locator('.variants summary, .firsts summary').all()) await summary.click();
    await takePicture(page, `signs-${name.replaceAll(' ', '-')}`);
    expect(await pageFaults(page)).toEqual([]);
  });

  test('the same panels stand in the dialog of the wall', async () => {
    await page.setViewportSize(WALL);
    await page.goto(`${server.url}/#/incident/${dam.id}`);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('最大一串640帖，最深4层').waitFor();
    await dialog.getByText('没有记录结果').waitFor();
    await dialog.getByRole('heading', { name: /^说法/u }).scrollIntoViewIfNeeded();
    await takePicture(page, 'signs-wall');
    expect(await axeFaults(page, '.signs')).toEqual([]);
  });
});
