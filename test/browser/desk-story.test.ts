import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { describeLane } from '../lane.ts';
import { EVENING, MINUTE, runApp, type RunningApp } from '../stories/running-app.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';

const PLEA =
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，电话13800001234';

describeLane('one evening, from the first post to the closed file', missingBuild(), () => {
  const pages = browserPages();
  let running: RunningApp;
  let wall: Page;
  let phone: Page;
  let now = EVENING;

  beforeEach(async () => {
    now = EVENING;
    running = await runApp({ clock: { now: () => now } });
    wall = await pages.open();
    phone = await pages.open();
    await phone.setViewportSize({ width: 390, height: 844 });
  });
  afterEach(async () => {
    await pages.close();
    await running.close();
  });

  const button = (name: string) => phone.getByRole('button', { name, exact: true });
  const keep = async (): Promise<void> => button('记入档案').click();
  /** Some are one tap further. */
  const press = async (name: string): Promise<void> => {
    if ((await button(name).count()) === 0) await button('更多').click();
    await button(name).click();
  };

  test('a plea comes, the wall shows it, a phone takes it, sends help, answers, relays and closes', async () => {
    await wall.goto(`${running.url}/wall`);
    await phone.goto(`${running.url}/desk`);
    await phone.getByText('现在没有待回应的事件').waitFor();

    await running.post([{ id: 'plea', text: PLEA, at: EVENING - MINUTE }]);
    await wall.locator('.band li a').first().waitFor();
    const letter = (await wall.locator('.band li .letter').first().innerText()).trim().at(-1) ?? '';
    const row = phone.getByRole('region', { name: /^收件箱/u }).getByRole('link');
    await row.getByText('求助').waitFor();
    expect(await row.innerText()).toContain(letter);
    await row.click();
    await phone.getByText(`事件${letter}`).first().waitFor();

    await press('我来接手');
    await phone.getByText('已记入：接手').waitFor();
    now += 2 * MINUTE;
    await press('派警');
    await phone.getByText('已派警，链接如下').waitFor();
    now += 20 * MINUTE;
    await press('登记首发');
    await phone.getByLabel('已发布的原文').fill('走失老人已于21:20在车村镇找到，平安。');
    await keep();
    await phone.getByText(/^已记入：.*公开回应/u).waitFor();
    await press('登记转发');
    await phone.getByLabel('由哪个账号发的').selectOption('ly');
    await phone.getByLabel('已发布的原文').fill('转发嵩县通报。');
    await keep();
    await phone.getByText(/^已记入：.*转发/u).waitFor();
    await phone.getByRole('region', { name: '公开回应' }).getByText('转发嵩县通报。').waitFor();
    await press('办结');
    await phone.getByLabel('结果').selectOption('solved');
    await keep();
    await phone.getByText(/^已记入：办结/u).waitFor();

    await phone.getByRole('link', { name: '回收件箱' }).first().click();
    await phone.getByText('现在没有待回应的事件').waitFor();
    const id = (await running.incidents())[0]!.id;
    const file = await running.get<CaseFileRow>(`incidents/${id}/acts`);
    expect(file.events.map(({ act }) => act)).toEqual([
      ...['raised', 'acknowledged', 'dispatched', 'answered', 'relayed', 'closed'],
    ]);
    expect(file.brief.status).toBe('closed');
  });
});
