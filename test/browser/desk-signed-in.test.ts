import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeLane } from '../lane.ts';
import { anHttpApp } from '../seeds/http.ts';
import { aPeopleArea, PASSWORD, type SeededPeople } from '../seeds/people.ts';
import { fakeServices } from '../seeds/services.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { axeFaults } from './page-faults.ts';

const PHONE = { width: 390, height: 844 };
const NOW = Date.parse('2026-11-28T08:00:00+08:00');
const WAITS = {
  key: 'a-key-of-sixteen-signs',
  owner: '王值班',
  incident: 'incident-1',
  title: '锦川小区停暖',
  name: '接手',
  body: { expected: 1, act: { act: 'acknowledged' }, at: new Date(NOW).toISOString(), key: 'a-key-of-sixteen-signs' },
  tried: false,
};

describeLane('the desk and who sits at it', missingChromium(), () => {
  const web = builtWeb();
  // What one leaves waiting on the device is not there for the next.
  const pages = browserPages(PHONE, { freshForEach: true });
  let people: SeededPeople;
  let app: FastifyInstance;
  let url: string;
  let page: Page;

  beforeEach(async () => {
    people = aPeopleArea({ clock: { now: () => NOW }, always: true });
    await people.person('安岚', ['securityAdmin']);
    await people.person('王值班', ['responder']);
    await people.person('李接班', ['responder']);
    app = await anHttpApp({
      services: fakeServices({ who: people.area.signIn }),
      people: people.area,
      webDir: web.dir,
    });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await app.close();
  });

  const enter = async (name: string): Promise<void> => {
    await page.getByRole('textbox', { name: '姓名' }).fill(name);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
  };
  const kept = (): Promise<string[]> => page.evaluate<string[]>('Object.keys(localStorage)');
  const leaveWaiting = (): Promise<unknown> =>
    page.evaluate(`localStorage.setItem('wenbida-desk-waiting', ${JSON.stringify(JSON.stringify([WAITS]))})`);

  test('a link from a notice leads through sign-in to its own incident', async () => {
    await page.goto(`${url}/desk#/incident/20261127-410327-0329t39`);
    await page.waitForURL(/sign-in\?next=desk/u);
    await enter('王值班');
    await page.waitForURL(`${url}/desk#/incident/20261127-410327-0329t39`);
  });

  test('a session that has ended says what waits and whose it is; another person sends nothing of it', async () => {
    await page.goto(`${url}/sign-in?next=desk`);
    await enter('王值班');
    await page.waitForURL(`${url}/desk`);
    await page.getByRole('link', { name: '王值班，我的登录' }).waitFor();
    await leaveWaiting();
    await pages.context.clearCookies();
    await page.goto(`${url}/sources`);
    await page.getByText('登录已失效，本机还有1项操作没有发出。王值班登录后自动补发，不会丢。').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await enter('李接班');
    await page.waitForURL(`${url}/sources`);
    await page.goto(`${url}/desk`);
    await page.getByText('另有1项是别人在本机做的，由其本人登录后发送').waitFor();
    expect(await page.getByText('锦川小区停暖').count()).toBe(0);
  });

  test('signing out asks first where acts wait, and then leaves nothing on the device', async () => {
    await page.goto(`${url}/sign-in?next=desk`);
    await enter('王值班');
    await page.waitForURL(`${url}/desk`);
    await page.getByRole('link', { name: '王值班，我的登录' }).waitFor();
    await leaveWaiting();
    await page.reload();
    await page.getByRole('button', { name: '登出' }).click();
    const dialog = page.getByRole('dialog', { name: '登出前还有没发出的操作' });
    await dialog.getByText('接手，锦川小区停暖').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: '先不登出' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await kept()).toContain('wenbida-desk-waiting');
    await page.getByRole('button', { name: '登出' }).click();
    await dialog.getByRole('button', { name: '丢弃并登出' }).click();
    await page.waitForURL(`${url}/sign-in`);
    await expect.poll(kept).not.toContain('wenbida-desk-waiting');
    expect(await page.evaluate('caches.keys().then((names) => names.length)')).toBe(0);
  });
});
