import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileBrief } from '../../server/contract/case-file.ts';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FixtureServer } from './fixture-server.ts';
import { ago, anAlert, anIncident, dam, elder, NOW } from './invented-city.ts';
import { aMap, aWall } from './invented-wall.ts';
import { axeFaults } from './page-faults.ts';
import { readLayout } from './read-layout.ts';
import { standStill } from './stand-still.ts';

const SIZES = [
  ['1920×1080', { width: 1920, height: 1080 }, 1],
  ['3840×2160', { width: 3840, height: 2160 }, 2],
] as const;
/** As the wall says it, in Shanghai. */
const hhmm = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(11, 16);
const UNTAKEN = { acknowledgedBy: null, clock: { stopped: null }, seq: 1 } as unknown as FileBrief;

describeLane('a wall in its place: sound, regions, rotation, the official map', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages();
  let server: FixtureServer;
  let page: Page;

  beforeEach(async () => {
    server = await FixtureServer.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await page.evaluate('localStorage.clear()');
    await pages.close();
    await server.stop();
  });

  const open = async (path = '/'): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await page.locator('.link[data-link="live"]').waitFor();
  };
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  const sound = () => page.locator('button[data-sound]');
  const strokes = async (): Promise<number> => Number(await sound().getAttribute('data-strokes'));
  const withMap = (number = '豫S(2026年)演练001号'): void => {
    const map = { number, unmatched: ['豫西飞地'], shapes: 15 };
    server.wall = (region) =>
      aWall(region, server.pulseNow(), { map: region === undefined ? map : { ...map, shapes: 0 } });
    server.map = () => aMap(server.pulseNow(), number);
  };

  test('sound is off until somebody turns it on at this screen, and stays on after a reload', async () => {
    await open();
    expect((await sound().innerText()).trim()).toBe('声音关');
    expect(await sound().getAttribute('aria-pressed')).toBe('false');
    server.raise(anAlert(7, elder), { ...elder, file: UNTAKEN });
    await expect.poll(() => server.seen.at(-1)).toBe(7);
    expect(await strokes()).toBe(0);
    await sound().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => sound().getAttribute('data-sound')).toBe('on');
    await page.reload();
    await expect.poll(() => sound().getAttribute('aria-pressed')).toBe('true');
    await sound().click();
    await page.reload();
    await expect.poll(() => sound().getAttribute('data-sound')).toBe('off');
  });

  test('a rise rings once, a life at risk twice and again after a minute, until somebody takes it over', async () => {
    await page.clock.install({ time: NOW });
    await open();
    await sound().click();
    await expect.poll(() => sound().getAttribute('data-sound')).toBe('on');
    server.raise(anAlert(7, dam), dam);
    await expect.poll(() => server.seen.at(-1)).toBe(7);
    await page.clock.runFor(1_000);
    await expect.poll(strokes).toBe(1);
    server.incidents.delete(dam.id);
    server.raise(anAlert(8, elder), { ...elder, file: UNTAKEN });
    await expect.poll(() => server.seen.at(-1)).toBe(8);
    await page.clock.runFor(1_000);
    await expect.poll(strokes).toBeGreaterThanOrEqual(3);
    const rung = await strokes();
    await page.clock.runFor(61_000);
    await expect.poll(strokes).toBeGreaterThanOrEqual(rung + 2);
    server.send('incident', { ...elder, file: { ...UNTAKEN, seq: 2, acknowledgedBy: '安岚' } });
    server.send('incident', { ...dam, state: 'cooled' });
    // They come in this order: once the second is gone from the ladder, the first is known too.
    await expect.poll(() => panel('扩散台阶').getByText(dam.title).count()).toBe(0);
    await page.clock.runFor(1_000);
    const after = await strokes();
    await page.clock.runFor(120_000);
    expect(await strokes()).toBe(after);
  });

  test('at night only a life at risk is heard, and the button says so', async () => {
    server.wall = (region) => aWall(region, server.pulseNow(), { quiet: true });
    await page.clock.install({ time: NOW });
    await open();
    await sound().click();
    await page.getByText('夜间只响急件').waitFor();
    server.raise(anAlert(7, dam), dam);
    await expect.poll(() => server.seen.at(-1)).toBe(7);
    await page.clock.runFor(1_000);
    expect(await strokes()).toBe(0);
    server.raise(anAlert(8, elder), elder);
    await expect.poll(() => server.seen.at(-1)).toBe(8);
    await page.clock.runFor(1_000);
    await expect.poll(strokes).toBe(2);
  });

  test('what comes while catching up after a lost connection makes no sound', async () => {
    await open();
    await sound().click();
    await expect.poll(() => sound().getAttribute('data-sound')).toBe('on');
    server.cut();
    await page.getByText('离线，正在重连').waitFor();
    server.alerts.push(anAlert(7, elder));
    server.letIn();
    await expect.poll(() => server.seen.at(-1)).toBe(7);
    server.beat();
    await page.getByText('实时，补到1条').waitFor();
    expect(await strokes()).toBe(0);
  });

  test('hand-offs are told by unit with their age, the late one first and in words', async () => {
    await open();
    const rows = panel('交办未结').locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(5);
    expect((await rows.first().innerText()).replace(/\s+/gu, ' ')).toMatch(/^住房和城乡建设局 ?C 0 1 1 超18分$/u);
    expect(await panel('交办未结').innerText()).toContain('10件，超时1');
  });

  test('a region turns every panel to itself; the path leads back, and the address can be sent on', async () => {
    await open('/?region=410327');
    await page.getByRole('heading', { name: '宜阳县值守墙' }).waitFor();
    await expect.poll(() => panel('扩散台阶').locator('li b.one').allInnerTexts()).toEqual(['网传锦川水库今晚泄洪']);
    await expect.poll(() => panel('属地帖量').locator('li').count()).toBe(8);
    await expect.poll(() => panel('求助待答').getByText('没有待答的求助').count()).toBe(1);
    await panel('属地帖量').getByRole('button', { name: '全部' }).click();
    await expect.poll(() => panel('扩散台阶').locator('li').count()).toBe(7);
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await panel('属地帖量')
      .getByRole('link', { name: /^涧西：/u })
      .press('Enter');
    await expect.poll(() => new URL(page.url()).search).toBe('?region=410305');
    await expect.poll(() => panel('扩散台阶').locator('li b.one').allInnerTexts()).toEqual(['锦川小区连续停暖']);
  });

  test('what is read again meanwhile takes back no turn that is still under way', async () => {
    await page.clock.install({ time: NOW });
    await open();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((goOn) => (answer = goOn));
    await page.route('**/api/v1/wall?region=410327', async (route) => {
      await held;
      await route.continue();
    });
    await panel('属地帖量')
      .getByRole('link', { name: /^宜阳：/u })
      .press('Enter');
    await page.clock.runFor(6_000);
    answer();
    await page.getByRole('heading', { name: '宜阳县值守墙' }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?region=410327');
  });

  test('a region that this screen may not see is said, and its own is shown', async () => {
    server.wall = (region) => (region === undefined ? aWall(undefined, server.pulseNow()) : undefined);
    await open('/?region=410100');
    await page.getByText('这块屏看不到所指的属地，仍显示自己的').waitFor();
    await expect.poll(() => panel('扩散台阶').locator('li').count()).toBe(7);
  });

  test('it turns through the parts of a region, says so, waits for whoever touches it, and a new alert brings it back', async () => {
    await page.clock.install({ time: NOW });
    await open('/?region=410327&rotate=20');
    const turning = page.locator('header button', { hasText: '轮播' });
    const heading = page.locator('h1');
    await turning.click();
    await expect.poll(() => turning.innerText()).toContain('轮播1/9，已停');
    await standStill(page, server);
    await turning.click();
    await page.clock.runFor(1_000);
    await expect.poll(() => turning.innerText()).toMatch(/轮播1\/9，\d+秒/u);
    let minutes = 0;
    const beat = async (ms: number): Promise<void> => {
      // Without a pulse the data would stand still, and so would the rotation. Each says a minute more: so the header shows that it was heard.
      for (let passed = 0; passed < ms; passed += 5_000) {
        const at = NOW + ++minutes * 60_000;
        server.beat(at);
        await page.locator('header time', { hasText: hhmm(at) }).waitFor();
        await page.clock.runFor(5_000);
      }
    };
    await beat(20_000);
    await expect.poll(() => turning.innerText()).toContain('轮播2/9');
    await page.clock.runFor(1_000);
    await expect.poll(() => heading.innerText()).not.toContain('宜阳县值守墙');
    await page.keyboard.press('Shift');
    await page.clock.runFor(1_000);
    await expect.poll(() => turning.innerText()).toContain('暂停');
    await beat(20_000);
    await expect.poll(() => turning.innerText()).toContain('轮播2/9');
    server.raise(anAlert(7, dam), dam);
    await expect.poll(() => server.seen.at(-1)).toBe(7);
    await expect.poll(() => turning.innerText()).toContain('轮播1/9');
    await page.clock.runFor(1_000);
    await expect.poll(() => heading.innerText()).toContain('宜阳县值守墙');
    await turning.click();
    await expect.poll(() => turning.innerText()).toContain('轮播1/9，已停');
    await beat(60_000);
    await expect.poll(() => turning.innerText()).toContain('轮播1/9，已停');
  });

  test('a wall without a map asks for no map code; with one it draws it with its number, inks, hatch and what did not match', async () => {
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await open();
    await page.waitForLoadState('networkidle');
    expect([...asked].filter((path) => path.includes('official-map') || path.endsWith('/wall/map'))).toEqual([]);
    withMap();
    await page.reload();
    await page.locator('.link[data-link="live"]').waitFor();
    await panel('属地帖量').getByText('审图号：豫S(2026年)演练001号').waitFor();
    await panel('属地帖量').getByText('1处未对上区划').waitFor();
    await expect.poll(() => panel('属地帖量').locator('a path').count()).toBe(15);
    await expect.poll(() => panel('属地帖量').locator('path.nodata').count()).toBe(1);
    await panel('属地帖量')
      .getByRole('link', { name: /^宜阳：/u })
      .press('Enter');
    await expect.poll(() => new URL(page.url()).search).toBe('?region=410327');
    await expect.poll(() => panel('属地帖量').locator('li').count()).toBe(8);
  });

  test('where every source is silent, the day ends in no data instead of zeros', async () => {
    await open();
    expect(await panel('24小时').locator('dd b').first().innerText()).toMatch(/^≥/u);
    server.sources = server.sources.map((source) => ({ ...source, state: 'dead' as const, lastSeen: ago(90) }));
    await page.reload();
    await expect.poll(() => panel('24小时').locator('dd').allInnerTexts()).toEqual(['无数据', '无数据', '无数据']);
  });

  test('a past incident that is replayed says whose time it shows, on every panel that it is a drill', async () => {
    server.pulse = {
      drill: { title: dam.title, past: '2026-11-03T12:00:00.000Z', speed: 60, done: false },
      speed: 60,
    };
    await open();
    await page.getByText('60倍速重放2026年11月3日旧事，不是现在').waitFor();
    for (const section of await page.locator('section').all()) expect(await section.innerText()).toContain('演练');
  });

  test('a new alert rises into its place, and where motion is unwanted it is there at once', async () => {
    await open();
    const newcomer = anIncident({ id: 'smoke', title: '老城仓库冒烟', climb: [['town', 2]], region: '410302' });
    const moves = 'getComputedStyle(document.querySelector(".ladder .fresh")).animationName';
    server.raise(anAlert(7, { ...newcomer, suggestion: dam.suggestion }), newcomer);
    await page.locator('.ladder .fresh').waitFor();
    expect(await page.evaluate(moves)).not.toBe('none');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(moves)).toBe('none');
  });

  test.each(SIZES)(
    'at %s a region that turns, and a map, fit: nothing scrolls, clips, overlaps or is small',
    async (_name, size, scale) => {
      await page.setViewportSize(size);
      for (const path of ['/?region=410327&rotate=20', '/?rotate=20']) {
        if (path === '/?rotate=20') withMap();
        await open(path);
        if (path === '/?rotate=20') await panel('属地帖量').getByText('审图号').waitFor();
        await page.evaluate('document.fonts.ready.then(() => true)');
        const { faults, least, scrolls } = await readLayout(page);
        expect(faults, path).toEqual([]);
        expect(scrolls).toBe(false);
        expect(least).toBeGreaterThanOrEqual(20 * scale);
      }
    },
  );

  test('on a phone the panels stand below one another and nothing runs over the edge or into another', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/?rotate=20');
    await page.evaluate('document.fonts.ready.then(() => true)');
    expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBeLessThanOrEqual(390);
    // What lies below the fold is no fault on a page that scrolls.
    const size = { width: 390, height: Number(await page.evaluate('document.scrollingElement.scrollHeight')) };
    await page.setViewportSize(size);
    expect((await readLayout(page)).faults).toEqual([]);
  });

  test('axe finds nothing on a region, a map and a phone', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await open('/?region=410327&rotate=20');
    expect(await axeFaults(page)).toEqual([]);
    withMap();
    await open('/');
    await panel('属地帖量').getByText('审图号').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await axeFaults(page)).toEqual([]);
  });
});
