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
import { pageFaults, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const NOW = Date.parse('2026-11-28T08:00:00+08:00');

describeLane('signing in, people and the trail in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let people: SeededPeople;
  let app: FastifyInstance;
  let url: string;
  let page: Page;

  beforeEach(async () => {
    people = aPeopleArea({ clock: { now: () => NOW }, always: true });
    app = await anHttpApp({
      services: fakeServices({ who: people.area.signIn }),
      people: people.area,
      webDir: web.dir,
      regionName: (code) => (code === '410327' ? '河南省洛阳市宜阳县' : code),
    });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.context.clearCookies();
    await pages.close();
    await app.close();
  });

  /** An office of five, two of them security administrators. */
  const anOffice = async (): Promise<void> => {
    await people.person('安岚', ['securityAdmin']);
    await people.person('审严', ['auditor']);
    await people.person('系远', ['systemAdmin']);
    await people.person('王值班', ['responder', 'analyst'], ['410327'], 'yiyang-fabu');
    await people.person('安平', ['securityAdmin']);
  };
  const signIn = async (name: string, next: string): Promise<void> => {
    await page.goto(`${url}/${next}`);
    await page.getByRole('textbox', { name: '姓名' }).fill(name);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
  };
  const region = (name: RegExp) => page.getByRole('region', { name });

  test('the first link makes the first security administrator, who signs in and sees people', async () => {
    await page.goto(`${url}/sign-in#bootstrap=${people.area.desk.bootstrap()}`);
    await page.getByRole('heading', { name: '建立第一位安全管理员' }).waitFor();
    await expect.poll(() => page.url()).not.toContain('bootstrap');
    await page.getByRole('textbox', { name: '姓名' }).fill('安岚');
    await page.getByLabel('密码').fill('短');
    await page.getByRole('button', { name: '设定密码' }).click();
    await page.getByRole('alert').getByText('至少12个字符').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '设定密码' }).click();
    await page.getByText('密码已设好，请用它登录').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(`${url}/wall`);
    await page.goto(`${url}/people`);
    await page.getByText('单人授权').waitFor();
  });

  test('who is not signed in is sent to sign in and back, and a wrong password says so', async () => {
    await anOffice();
    await page.goto(`${url}/audit`);
    await page.waitForURL(/sign-in\?next=audit/u);
    await page.getByRole('textbox', { name: '姓名' }).fill('审严');
    await page.getByLabel('密码').fill('不是这个');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('姓名、密码或验证码不对').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}/audit`);
    await page.getByRole('button', { name: '登出' }).click();
    await page.waitForURL(`${url}/sign-in`);
    expect((await page.context().cookies()).filter(({ value }) => value !== '')).toEqual([]);
  });

  test('a person is added by one security administrator and let in by the second', async () => {
    await anOffice();
    await signIn('安岚', 'people');
    const add = region(/添加人员/u);
    await add.getByRole('textbox', { name: '姓名' }).fill('新来的');
    await add.getByRole('checkbox', { name: '应答' }).check();
    await add.getByRole('textbox', { name: /属地范围/u }).fill('410327');
    await add.getByRole('button', { name: '添加' }).click();
    const link = await page.getByRole('textbox', { name: /一次性链接/u }).inputValue();
    expect(link).toMatch(/\/sign-in#invitation=[\w-]{43}$/u);
    await region(/等待复核/u)
      .getByText('安岚提出')
      .waitFor();
    await page.getByRole('button', { name: '同意给新来的的授权', exact: true }).click();
    await page.getByRole('alert').getByText('要由另一位安全管理员复核').waitFor();
    await page.getByRole('button', { name: '登出' }).click();
    await page.waitForURL(`${url}/sign-in`);
    await signIn('安平', 'people');
    await page.getByRole('button', { name: '同意给新来的的授权', exact: true }).click();
    await expect.poll(() => region(/等待复核/u).count()).toBe(0);
    expect(people.store.people.named('新来的')).toMatchObject({ roles: ['responder'], grantedAlone: false });
    await page.getByRole('button', { name: '停用：新来的' }).click();
    await page.getByRole('button', { name: '恢复：新来的' }).waitFor();
    const displays = region(/大屏/u);
    await displays.getByRole('textbox', { name: '屏名' }).fill('指挥大厅');
    await displays.getByRole('button', { name: '添加大屏' }).click();
    expect(await page.getByRole('textbox', { name: /大屏的浏览器/u }).inputValue()).toContain('/wall#display=wbs_');
  });

  test('the trail shows who did what, and says that it is whole', async () => {
    await anOffice();
    await signIn('王值班', 'sign-in');
    await page.waitForURL(`${url}/wall`);
    await page.context().clearCookies();
    await signIn('审严', 'audit');
    await page.getByRole('button', { name: '逐条核对' }).click();
    await page.getByText(/全部与写下时相同/u).waitFor();
    await page.getByRole('textbox', { name: '何人' }).fill('王值班');
    await page.getByRole('button', { name: '查' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    await page.getByRole('textbox', { name: /另处记下/u }).fill('0'.repeat(63) + '1');
    await page.getByRole('button', { name: '逐条核对' }).click();
    await page.getByText(/不在链上/u).waitFor();
  });

  test('one’s own sign-in shows roles and regions, changes the password and offers a second factor', async () => {
    await anOffice();
    await signIn('王值班', 'sign-in');
    await page.waitForURL(`${url}/wall`);
    await page.goto(`${url}/sign-in`);
    await page.getByText('河南省洛阳市宜阳县').waitFor();
    const change = region(/换密码/u);
    await change.getByLabel('现在的密码').fill(PASSWORD);
    await change.getByLabel('新密码').fill(`${PASSWORD}，又一年`);
    await change.getByRole('button', { name: '换密码' }).click();
    await page.getByText('已换，其他地方的登录都已结束').waitFor();
    await page.getByRole('button', { name: '开通手机验证码' }).click();
    await page.locator('code').waitFor();
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing on any of the pages', async (name, size) => {
    await anOffice();
    await page.setViewportSize(size);
    const look = async (what: string): Promise<void> => {
      await takePicture(page, `${what}-${name}`);
      expect(await pageFaults(page), what).toEqual([]);
    };
    await page.goto(`${url}/sign-in`);
    await page.getByRole('button', { name: '登录' }).waitFor();
    await look('sign-in');
    people.area.desk.add({ id: people.store.people.named('安平')!.id, name: '安平' }, '李待定', {
      ...{ roles: ['editor'], regions: 'all', account: null },
    });
    await signIn('安岚', 'people');
    await page.getByText('李待定').first().waitFor();
    await page.getByRole('button', { name: '改王值班的授权' }).click();
    await look('people');
    await page.context().clearCookies();
    await signIn('审严', 'audit');
    await page.getByRole('button', { name: '逐条核对' }).click();
    await page.getByText(/全部与写下时相同/u).waitFor();
    await look('audit');
    await page.goto(`${url}/sign-in`);
    await page.getByText('审严已登录').waitFor();
    await look('own-sign-in');
  });

  test('a server that is away, and a page that is not for this person, say so', async () => {
    await anOffice();
    await signIn('审严', 'people');
    await page
      .getByRole('alert')
      .getByText(/您的角色不能看这里/u)
      .waitFor();
    await page.route('**/api/v1/audit?*', (route) => route.abort());
    await page.goto(`${url}/audit`);
    await page
      .getByRole('alert')
      .getByText(/服务器没有应答/u)
      .waitFor();
    await page.unroute('**/api/v1/audit?*');
    await page.getByRole('button', { name: '现在再试' }).click();
    await page.getByRole('button', { name: '逐条核对' }).waitFor();
  });
});
