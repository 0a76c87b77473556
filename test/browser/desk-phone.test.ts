import type { CDPSession, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { describeLane } from '../lane.ts';
import { EVENING, MINUTE, runApp, type RunningApp } from '../stories/running-app.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { pageFaults, smallTargets, takePicture } from './page-faults.ts';

const PHONE = { width: 390, height: 844 };
const PLEAS = [
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，电话13800001234',
  '救命，求助！我弟弟在宜阳县韩城镇河滩被困，水涨上来了，人站在石头上下不来，谁能快来帮忙，请联系消防',
];

describeLane('the desk on a phone', missingBuild(), () => {
  // What one keeps on the device is not there for the next.
  const pages = browserPages(PHONE, { freshForEach: true });
  let running: RunningApp;
  let page: Page;
  let now = EVENING;
  let id: string;

  beforeEach(async () => {
    now = EVENING;
    running = await runApp({ clock: { now: () => now } });
    await running.post(PLEAS.map((text, at) => ({ id: `plea-${at}`, text, at: EVENING - (2 - at) * MINUTE })));
    await running.app.flow.drained();
    id = (await running.incidents()).find(({ region }) => region === '410325103')!.id;
    page = await pages.open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });
  afterEach(async () => {
    await pages.close();
    await running.close();
  });

  const acts = async (): Promise<CaseFileRow['events']> =>
    (await running.get<CaseFileRow>(`incidents/${id}/acts`)).events;
  const names = async (): Promise<string[]> => (await acts()).map(({ act }) => act);
  const open = async (): Promise<void> => {
    await page.goto(`${running.url}/desk#/incident/${encodeURIComponent(id)}`);
    await page.getByRole('region', { name: '可做' }).waitFor();
  };
  /** The desk is kept on the device, with what is open on it: from here on it works alone. */
  const readyToLeave = async (): Promise<void> => {
    await open();
    await page.getByText('实时', { exact: true }).first().waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    await expect.poll(() => page.evaluate(`localStorage.getItem('wenbida-desk-inbox') !== null`)).toBe(true);
    await expect.poll(() => page.evaluate(`localStorage.getItem('wenbida-desk-file-${id}') !== null`)).toBe(true);
    await expect.poll(() => page.evaluate('caches.keys().then((names) => names.length)')).toBe(1);
  };
  const away = async (is: boolean): Promise<void> => {
    await pages.context.setOffline(is);
    if (is)
      await page
        .getByText(/^数据停于/u)
        .first()
        .waitFor();
  };
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  /** A picture where one is wanted; nothing runs over the edge, what is tapped is large enough, axe finds nothing. */
  const look = async (which: string): Promise<void> => {
    await takePicture(page, `phone-${which}`, false);
    expect(await smallTargets(page, 'button, a, summary, select, input:not([type=hidden])'), which).toEqual([]);
    expect(await pageFaults(page), which).toEqual([]);
  };

  test('it can be installed: the browser finds nothing missing in the manifest and its pictures', async () => {
    await readyToLeave();
    const devtools: CDPSession = await pages.context.newCDPSession(page);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A browser without a profile, as here, is no place to install to; everything else would be a fault of ours.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((one) => one !== 'in-incognito')).toEqual([]);
    const { errors, data } = await devtools.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '{}') as { lang: string; short_name: string; icons: { src: string }[] };
    expect(manifest).toMatchObject({ lang: 'zh-CN', short_name: '问必答', start_url: './desk' });
    for (const { src } of manifest.icons) expect((await fetch(new URL(src, running.url))).status, src).toBe(200);
  });

  test('away from the net the file is there with its time, what is done waits over a reload, and is sent once with its own time', async () => {
    await readyToLeave();
    await look('file');
    await away(true);
    now += 2 * MINUTE;
    await button('我来接手').click();
    await page.getByText(/^接手：待发送，\d\d:\d\d/u).waitFor();
    await button('更多').click();
    await button('批注').click();
    await page.getByLabel('写给同班和下一班').fill('家属已联系上');
    await button('记入档案').click();
    await page.getByText(/^批注：待发送/u).waitFor();
    await look('offline');
    await page.reload();
    await page.getByText(/^批注：待发送/u).waitFor();
    await page
      .getByText(/^数据停于/u)
      .first()
      .waitFor();
    expect(await names()).toEqual(['raised']);
    await page.getByRole('link', { name: '回收件箱' }).first().click();
    await page.getByText('有操作待发送').waitFor();
    await look('offline-inbox');
    now += 40 * MINUTE;
    await away(false);
    // Rules have marked it overdue meanwhile: that is nobody who was quicker.
    const byPeople = async () => (await acts()).filter(({ byKind }) => byKind === 'person').map(({ act }) => act);
    await expect.poll(byPeople).toEqual(['acknowledged', 'commented']);
    await page.getByText('有操作待发送').waitFor({ state: 'detached' });
    const taken = (await acts()).find(({ act }) => act === 'acknowledged');
    expect(Date.parse(taken!.arrived!) - Date.parse(taken!.at)).toBeGreaterThan(30 * MINUTE);
    await open();
    await page
      .getByText(/补发送达/u)
      .first()
      .waitFor();
  });

  test('what waits can be taken back, and then never was', async () => {
    await readyToLeave();
    await away(true);
    await button('我来接手').click();
    await button('撤回').click();
    await page.getByText(/待发送/u).waitFor({ state: 'detached' });
    await button('我来接手').waitFor();
    await away(false);
    await page.getByText('实时', { exact: true }).first().waitFor();
    expect(await names()).toEqual(['raised']);
  });

  test('somebody was quicker while this one was away: who and what is shown, and it can still be kept', async () => {
    await readyToLeave();
    await away(true);
    await button('更多').click();
    await button('批注').click();
    await page.getByLabel('写给同班和下一班').fill('家属已联系上');
    await button('记入档案').click();
    await page.getByText(/^批注：待发送/u).waitFor();
    await running.ask(`incidents/${id}/acts`, { expected: 1, act: { act: 'acknowledged' }, why: '在岗' });
    await away(false);
    const alert = page.getByRole('alert').filter({ hasText: '没有记入' });
    await alert.getByText('本机刚刚接手').waitFor();
    await look('conflict');
    await page.reload();
    await alert.getByText('本机刚刚接手').waitFor();
    await alert.getByRole('button', { name: '仍按我的记入' }).click();
    await expect.poll(names).toEqual(['raised', 'acknowledged', 'commented']);
    expect((await acts()).at(-1)?.text).toBe('家属已联系上');
    await alert.waitFor({ state: 'detached' });
  });

  test('one tap takes it, one more within five seconds takes that back', async () => {
    await page.clock.install({ time: EVENING });
    await open();
    // The five seconds are the page's own: on a busy machine they would be over before the test has looked.
    await page.clock.pauseAt(EVENING + MINUTE / 2);
    await button('我来接手').click();
    await page.getByText('已记入：接手').waitFor();
    await page.clock.runFor(4_000);
    await button('撤回（1）').click();
    await expect.poll(names).toEqual(['raised', 'acknowledged', 'undone']);
    // Axe needs time to pass.
    await page.clock.resume();
    await button('我来接手').click();
    await page.getByText('已记入：接手').waitFor();
    await look('kept');
  });

  test('派警 never waits: without a connection it says whom to call', async () => {
    await readyToLeave();
    await away(true);
    await button('派警').click();
    await page.getByText('派警没有发出。请马上打110').waitFor();
    expect(await page.getByText(/待发送/u).count()).toBe(0);
  });

  test('forms, menu and keys, each with nothing over the edge; also at twice the size and with forced colours', async () => {
    await open();
    await button('交办').click();
    await page.getByRole('dialog', { name: '交办' }).waitFor();
    await look('hand-over');
    await page.keyboard.press('Escape');
    await button('更多').click();
    await page.getByRole('dialog', { name: '更多' }).waitFor();
    await look('more');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: '回收件箱' }).first().click();
    await page.getByRole('region', { name: /^收件箱/u }).waitFor();
    await look('inbox');
    await button('菜单').click();
    await page.getByRole('link', { name: '周报' }).waitFor();
    await look('menu');
    // 200 %: half the pixels for the same phone.
    await page.setViewportSize({ width: 195, height: 422 });
    await open();
    await look('zoomed');
    await page.setViewportSize(PHONE);
    await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await look('forced-colors');
  });

  test('a place that is picked is confirmed and kept as a reviewed case', async () => {
    await open();
    const where = page.getByRole('region', { name: /^属地/u });
    await where.getByRole('button').first().click();
    await where.getByText(/^已确认首帖属地为/u).waitFor();
    expect(await running.get<{ total: number }>('reviews')).toMatchObject({ total: 1 });
  });
});
