import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FixtureServer } from './fixture-server.ts';
import { aFile, ago, anAlert, anIncident, aPost, aSuggestion, dam, elder, INCIDENTS, NOW } from './invented-city.ts';
import { axeFaults } from './page-faults.ts';
import { readLayout } from './read-layout.ts';
import { standStill } from './stand-still.ts';

describeLane('the wall in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages();
  let server: FixtureServer;
  let page: Page;

  beforeEach(async () => {
    server = await FixtureServer.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const open = async (path = '/'): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await page.locator('.link[data-link="live"]').waitFor();
  };
  const panel = (name: string) => page.getByRole('region', { name, exact: true });
  const row = (title: string) => panel('扩散台阶').getByRole('link', { name: new RegExp(title, 'u') });

  const newcomer = anIncident({
    id: 'smoke',
    title: '老城仓库冒烟',
    climb: [['town', 2]],
    region: '410302',
    regionName: '河南省洛阳市老城区',
    kind: '事故',
    suggestion: aSuggestion({
      first: ['lc-xf', '老城区消防救援大队', 'county'],
      minutes: 300,
      began: 2,
      rule: '火情，5 小时内首次回应',
      because: ['基层首发：由层级不低于扩散台阶的最低一级对口账号首发。'],
    }),
  });

  test('first load shows every open incident under its rung, with who answers and the time left', async () => {
    await open();
    const ladder = panel('扩散台阶');
    await ladder.getByRole('heading', { name: '全国' }).waitFor();
    const rungs: (string | string[])[][] = [];
    for (const band of await ladder.locator('.band').all()) {
      rungs.push([(await band.locator('h3').innerText()).trim(), await band.locator('li b.one').allInnerTexts()]);
    }
    expect(rungs).toEqual([
      ['全国', []],
      ['省', ['化工园夜间刺鼻异味']],
      ['市', ['网传锦川水库今晚泄洪']],
      ['区县', ['望塬片区停水', '锦川小区连续停暖']],
      ['街道', ['快速路三车相撞', '学校食堂餐食被投诉']],
      ['村', ['石槐村老人走失']],
    ]);
    const flood = await row('水库').innerText();
    expect(flood).toContain('洛阳市应急管理局');
    expect(flood).toContain('首发');
    expect(flood).toContain('21:32升市');
    expect((await row('水库').locator('.left').innerText()).replace(/\s/gu, '')).toMatch(/2时4[01]分$/u);
    await expect.poll(() => row('停暖').locator('.left').getAttribute('data-state')).toBe('over');
    await expect.poll(() => row('食堂').locator('.left').getAttribute('data-state')).toBe('soon');
    await expect.poll(() => row('老人').locator('.left').getAttribute('data-state')).toBe('half');
    expect(await row('老人').innerText()).toContain('派警');
    expect(await panel('谁来答').innerText()).toContain('市级对口账号 2 个，主责取应急；涉公共安全的传言');
    expect(await page.title()).toBe('值守墙 · 洛阳市（演练） · 问必答');
  });

  test('the same letter names an incident on every panel, and the drill is marked on each', async () => {
    await open();
    const letter = await row('老人').locator('.letter').innerText();
    expect(letter.trim()).toMatch(/[A-Z]$/u);
    const own = letter.trim().at(-1) ?? '';
    expect(await panel('求助待答').getByRole('link', { name: /老人/u }).innerText()).toContain(own);
    expect(await panel('属地帖量').locator('li', { hasText: '嵩县' }).innerText()).toContain(own);
    for (const section of await page.locator('section').all()) expect(await section.innerText()).toContain('演练');
    expect(await page.locator('header .slate').innerText()).toContain('60倍速重放，内容全属虚构');
  });

  test('an alert that arrives is shown at the top of 谁来答, on its rung, and said to screen readers', async () => {
    await open();
    server.raise(anAlert(7, newcomer), newcomer);
    await row('仓库冒烟').waitFor();
    await expect.poll(() => panel('谁来答').locator('li.newest').innerText()).toContain('老城区消防救援大队');
    await expect.poll(() => page.locator('[aria-live="polite"].vh').first().innerText()).toContain('老城仓库冒烟');
    await expect.poll(() => server.seen.at(-1)).toBe(7);
  });

  test('an alert sent twice is shown once, an older one not at all, a broken one is skipped and said', async () => {
    await open();
    server.raise(anAlert(7, newcomer), newcomer);
    await row('仓库冒烟').waitFor();
    server.send('alert', anAlert(7, newcomer));
    server.send('alert', { ...anAlert(3, newcomer), title: '迟到的旧预警' });
    server.send('alert', { seq: 'eight' });
    await page.getByText('1条推送看不懂，已跳过').waitFor();
    await expect.poll(() => panel('谁来答').getByText('老城区消防救援大队').count()).toBe(1);
    await expect.poll(() => page.getByText('迟到的旧预警').count()).toBe(0);
  });

  test('opening an incident by keyboard shows its posts, its steps with evidence and the rule in full; Esc gives the focus back', async () => {
    await open();
    await row('水库').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: '网传锦川水库今晚泄洪' });
    await dialog.getByText('97份近似').waitFor();
    await dialog.getByText('6时内升省可能23%，常年12%').waitFor();
    expect(await dialog.getByRole('listitem').filter({ hasText: '升市' }).innerText()).toContain('证据11帖');
    expect(await dialog.getByRole('region', { name: '建议' }).locator('blockquote').first().innerText()).toContain(
      '本案：台阶为市（21:32），市级对口账号 2 个，主责取应急。',
    );
    await expect.poll(() => dialog.getByText('涉公共安全的传言，5 小时内首次回应（本地规则）').count()).toBe(1);
    await expect.poll(() => dialog.locator('mark', { hasText: '锦川水库' }).getAttribute('data-mark')).toBe('place');
    await dialog.getByRole('button', { name: '证据3帖' }).click();
    await dialog.getByText('这一步的证据3帖，此处列出3帖').waitFor();
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toContain('网传锦川水库今晚泄洪');
  });

  test('a step shows only its own posts', async () => {
    server.files.set(
      'dam',
      aFile(dam, [aPost({ id: 'dam-p0', text: '起初的一帖' }), aPost({ id: 'dam-p6', text: '后来的一帖' })]),
    );
    await open('/#/incident/dam');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('后来的一帖').waitFor();
    await dialog.getByRole('button', { name: '证据3帖' }).click();
    await dialog.getByText('后来的一帖').waitFor({ state: 'detached' });
    await expect.poll(() => dialog.getByText('起初的一帖').count()).toBe(1);
  });

  test('a link to an incident that does not exist says so and leads back to the wall', async () => {
    await open('/#/incident/nowhere');
    const dialog = page.getByRole('dialog', { name: '没有这个事件' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: '回到墙' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.url()).toBe(`${server.url}/#/`);
  });

  test('ten seconds without a pulse are said, with the time at which the data stopped', async () => {
    await page.clock.install({ time: NOW });
    await open();
    server.pulse = { now: new Date(NOW + 42_000).toISOString() };
    await standStill(page, server);
    await page.clock.runFor(9_000);
    expect(await page.locator('.link').getAttribute('data-link')).toBe('live');
    await page.clock.runFor(2_000);
    await page.getByText('数据停于21:47').waitFor();
    await expect.poll(() => page.locator('.wall').getAttribute('class')).toContain('stale');
    // Clocks run on while counts stand still.
    expect(await page.locator('header time').innerText()).toMatch(/^21:48:0\d$/u);
    server.pulse = {};
    server.beat(NOW + 71_000);
    await page.locator('.link[data-link="live"]').waitFor();
  });

  test('after a lost connection it comes back by itself, tells how much it caught up, and reloads nothing', async () => {
    await open();
    await page.evaluate('window.sameDocument = true');
    server.cut();
    await page.getByText('离线，正在重连').waitFor();
    server.incidents.set('smoke', newcomer);
    server.alerts.push(anAlert(7, newcomer));
    server.incidents.set('elder', { ...elder, state: 'cooled' });
    server.letIn();
    await row('仓库冒烟').waitFor();
    await row('老人').waitFor({ state: 'detached' });
    server.beat();
    await page.getByText('实时，补到1条').waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(server.auths.at(-1)).toMatchObject({ lastSeq: 6, regions: [] });
  });

  test('told to resync, it reads incidents and alerts again', async () => {
    await open();
    server.incidents.set('smoke', newcomer);
    server.alerts.push(anAlert(7, newcomer));
    server.resync();
    await row('仓库冒烟').waitFor();
    await expect.poll(() => panel('谁来答').locator('li.newest').innerText()).toContain('老城区消防救援大队');
  });

  test('hostile text in a title, a place, an account or a post is shown as text and runs nothing', async () => {
    const payload = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
    const hostile = anIncident({
      ...newcomer,
      id: '"><svg onload=window.pwned=1>',
      title: payload,
      regionName: payload,
      suggestion: aSuggestion({
        first: ['x', payload, 'county'],
        then: [['y', payload, 'relay', payload]],
        minutes: 300,
        began: 2,
        rule: payload,
        because: [payload],
      }),
    });
    server.files.set(
      hostile.id,
      aFile(hostile, [
        aPost({
          id: 'p',
          platform: payload,
          title: payload,
          text: payload,
          regionName: payload,
          cues: [['claim', '<img src=x']],
        }),
      ]),
    );
    server.sources = [{ ...server.sources[0]!, name: payload }];
    await open();
    server.raise(anAlert(7, hostile), hostile);
    await panel('谁来答').locator('li.newest').getByText('<img').first().waitFor();
    await panel('谁来答').locator('li.newest a').click();
    await page.getByRole('dialog').locator('mark', { hasText: '<img src=x' }).waitFor();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    await expect.poll(() => page.locator('#app img, #app script').count()).toBe(0);
  });

  test('with nothing open it says so and keeps every rung', async () => {
    server.incidents = new Map([['elder', { ...elder, state: 'cooled' as const, lastPostAt: ago(162) }]]);
    server.alerts = [];
    server.sources = [];
    await open();
    await page.getByText('现在没有待回应的事件').waitFor();
    expect(await panel('扩散台阶').innerText()).toContain('上一件“石槐村老人走失”');
    await expect.poll(() => panel('扩散台阶').getByText('无', { exact: true }).count()).toBe(6);
    for (const words of ['还没有预警', '没有待答的求助', '没有待核实的说法', '还没有数据源报到']) {
      expect(await page.getByText(words).count(), words).toBe(1);
    }
  });

  test('a part that cannot be read says what and why, the rest goes on, and it comes by itself later', async () => {
    server.broken.add('sources');
    await page.clock.install({ time: NOW });
    await open();
    await panel('数据源').getByText('读不到数据源').waitFor();
    expect(await panel('数据源').innerText()).toContain('存储正在重启');
    await expect.poll(() => row('水库').count()).toBe(1);
    server.broken.delete('sources');
    await page.clock.runFor(6_000);
    await panel('数据源').getByText('微博检索').waitFor();
  });

  test('a store that lags or fails is said, and that alerts go on', async () => {
    server.pulse = { lag: { watch: 0, index: 12_345 } };
    await open();
    await page.getByText('检索库落后12,345条，预警照常').waitFor();
    server.pulse = { store: { name: 'elasticsearch', ok: false } };
    server.beat();
    await page.getByText('检索库写不进，正在重试；预警照常').waitFor();
  });

  test('more incidents than fit are counted and can all be reached', async () => {
    for (let i = 0; i < 30; i++) {
      const many = anIncident({
        ...newcomer,
        id: `many-${i}`,
        title: `第${i + 1}处路灯不亮`,
        climb: [['town', 10 + i]],
      });
      server.incidents.set(many.id, many);
    }
    await open();
    const others = panel('扩散台阶').getByRole('link', { name: /^另有\d+件$/u });
    const left = async (): Promise<number> => Number(/\d+/u.exec(await others.innerText())?.[0]);
    const shown = (): Promise<number> => panel('扩散台阶').locator('li').count();
    await expect.poll(async () => (await left()) + (await shown())).toBe(30 + INCIDENTS.length);
    await others.click();
    const dialog = page.getByRole('dialog', { name: /全部事件/u });
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(30 + INCIDENTS.length);
    expect((await readLayout(page)).faults).toEqual([]);
  });

  test.each([
    ['the wall', '/'],
    ['an opened incident', '/#/incident/dam'],
    ['the list of all', '/#/incidents'],
  ])('axe finds nothing on %s', async (_name, path) => {
    await open(path);
    if (path !== '/') await page.getByRole('dialog').waitFor();
    if (path.endsWith('dam')) await page.getByText('97份近似').waitFor();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await axeFaults(page)).toEqual([]);
  });

  test.each([
    ['1920×1080', { width: 1920, height: 1080 }, 1],
    ['3840×2160', { width: 3840, height: 2160 }, 2],
  ])(
    'at %s nothing scrolls, nothing is clipped, no two texts overlap, no text is under 20 px',
    async (_name, size, scale) => {
      await page.setViewportSize(size);
      await open();
      await page.evaluate('document.fonts.ready.then(() => true)');
      const { faults, least, scrolls } = await readLayout(page);
      expect(faults).toEqual([]);
      expect(scrolls).toBe(false);
      expect(least).toBeGreaterThanOrEqual(20 * scale);
    },
  );

  test('what is sent to a screen, fonts apart, is under 200 kB', async () => {
    // Other pages have files of their own, which a wall never asks for.
    const asked = new Set<string>();
    page.on('request', (request) => asked.add(new URL(request.url()).pathname));
    await open();
    await page.waitForLoadState('networkidle');
    const bytes = [...asked]
      .filter((path) => /\.(?:js|css)$/u.test(path))
      .reduce((sum, path) => sum + gzipSync(readFileSync(join(web.dir, path))).length, 0);
    expect(bytes).toBeLessThan(200_000);
    expect(bytes).toBeGreaterThan(20_000);
  });
});
