import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import type { LinkRow } from '../../server/contract/case-acts.ts';
import type { IncidentRow } from '../../server/contract/http.ts';
import { describeLane } from '../lane.ts';
import { EVENING, MINUTE, runApp, until, type RunningApp } from '../stories/running-app.ts';
import { browserPages } from './browser-pages.ts';
import { missingBuild } from './built-web.ts';
import { pageFaults, takePicture } from './page-faults.ts';
import { pauseClock } from './stand-still.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const PLEAS = [
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，电话13800001234',
  '救命，求助！我弟弟在宜阳县韩城镇河滩被困，水涨上来了，人站在石头上下不来，谁能快来帮忙，请联系消防',
];

describeLane('the desk in a browser', missingBuild(), () => {
  const pages = browserPages(DESKTOP);
  let running: RunningApp;
  let page: Page;
  let now = EVENING;

  beforeEach(async () => {
    now = EVENING;
    running = await runApp({ env: { WENBIDA_PUBLIC: 'on' }, clock: { now: () => now } });
    await running.post(PLEAS.map((text, at) => ({ id: `plea-${at}`, text, at: EVENING - (2 - at) * MINUTE })));
    await running.app.flow.drained();
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await running.close();
  });

  const elder = async () => {
    const row = (await running.incidents()).find(({ region }) => region === '410325103');
    if (row === undefined) throw new Error('the plea opened no incident');
    return row;
  };
  const openElder = async (): Promise<void> => {
    await page.goto(`${running.url}/desk#/incident/${encodeURIComponent((await elder()).id)}`);
    await page.getByRole('region', { name: '可做' }).waitFor();
    await page
      .getByRole('region', { name: /^帖文/u })
      .getByText(/车村镇走失/u)
      .first()
      .waitFor();
  };
  /** Some buttons are behind 更多. */
  const press = async (name: string): Promise<void> => {
    const button = page.getByRole('button', { name, exact: true });
    if (!(await button.isVisible())) await page.getByText('更多', { exact: true }).click();
    await button.click();
  };
  const events = async (): Promise<string[]> =>
    (await running.get<CaseFileRow>(`incidents/${(await elder()).id}/acts`)).events.map(({ act }) => act);

  /** A picture where one is wanted; nothing runs over the edge and axe finds nothing. */
  const look = async (which: string): Promise<void> => {
    await takePicture(page, which);
    expect(await pageFaults(page), which).toEqual([]);
  };

  test('a duty officer takes a case by keyboard alone, and takes it back within five seconds', async () => {
    await page.clock.install({ time: EVENING });
    await page.goto(`${running.url}/desk`);
    await page.getByRole('region', { name: /^收件箱/u }).waitFor();
    // The five seconds are the page's own: on a busy machine they would be over before the test has looked.
    await pauseClock(page);
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('登记首发').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await page.getByRole('region', { name: '可做' }).waitFor();
    await page.keyboard.press('a');
    await page.getByLabel('附一句话').fill('在核实');
    await page.keyboard.press('Enter');
    await page.getByText('已记入：接手').waitFor();
    await page.getByText('已接手', { exact: true }).first().waitFor();
    await page.clock.runFor(4_000);
    await page.keyboard.press('u');
    await page.getByText('已撤回').waitFor();
  });

  test('派警 is one action: the two links are there at once, and only they show the contact', async () => {
    await openElder();
    expect(await page.getByText('13800001234').count()).toBe(0);
    await page.getByRole('button', { name: '派警', exact: true }).click();
    await page.getByText('已派警，链接如下').waitFor();
    await page
      .getByText(/✓.*21:00已派警/u)
      .first()
      .waitFor();
    expect(await page.getByText('已回应').count()).toBe(0);
    const link = await page.getByLabel(/车村派出所.*的签名链接/u).inputValue();
    expect(await events()).toContain('dispatched');
    await page.goto(link);
    await page.getByRole('button', { name: '我在出警，查看原话' }).click();
    await page.getByText('13800001234').waitFor();
    await page.getByRole('button', { name: '接收，按期答复' }).click();
    await page.getByText('已记下：贵单位接收。').waitFor();
    expect(await events()).toEqual(['raised', 'dispatched', 'contactShown', 'accepted']);
  });

  test('a unit lets its minutes run out: how late it is stands in the hand-offs, the file and the ledger, and who takes over when in the chain', async () => {
    const { id } = await elder();
    const ask = (act: object) =>
      running
        .get<CaseFileRow>(`incidents/${id}/acts`)
        .then(({ brief }) => running.ask(`incidents/${id}/acts`, { expected: brief.seq, act }));
    await ask({ act: 'assigned', account: 'checun-police', mode: 'whistle', minutes: 10 });
    now += 9 * MINUTE;
    await until(async () => (await events()).includes('reminded'));
    await openElder();
    const handoffs = page.getByRole('region', { name: '交办' });
    await handoffs.getByText(/还有\d+(?:分\d+)?秒/u).waitFor();
    now += 4 * MINUTE;
    await until(async () => (await events()).includes('late'));
    await handoffs.getByText('已超时，超').waitFor();
    await page.getByText('车村派出所超时：要求10分内回传，没有回传').waitFor();
    const chain = page.getByRole('region', { name: '建议' });
    await chain.getByText(/接管/u).first().waitFor();
    await chain.getByText(/还没有回应时/u).waitFor();
    await look('desk-late');
    await page.setViewportSize(PHONE);
    await look('desk-late-phone');
    await page.setViewportSize(DESKTOP);
    await page.goto(`${running.url}/handoffs`);
    await page.getByText('超时1件').waitFor();
    await page.getByText(/前回传/u).waitFor();
    await look('handoffs-late');
  });

  test('somebody was quicker: the page says who and what, and nothing that was written is lost', async () => {
    await openElder();
    await press('批注');
    await page.getByLabel('写给同班和下一班').fill('家属已联系上');
    const { id } = await elder();
    const other = await running.ask(`incidents/${id}/acts`, { expected: 1, act: { act: 'acknowledged' } });
    expect(other.status).toBe(200);
    await page.getByRole('button', { name: '记入档案' }).click();
    await page.getByText('本机刚刚接手，您的操作没有记入').waitFor();
    await page.getByRole('button', { name: '仍按我的记入' }).click();
    await page.getByText('已记入：批注').waitFor();
    expect(await events()).toEqual(['raised', 'acknowledged', 'commented']);
  });

  test('what is not allowed is said in words, and what was filled in stays', async () => {
    await openElder();
    await press('办结');
    await page.getByRole('button', { name: '记入档案' }).click();
    await page.getByText('还没有公开回应，不能这样办结').waitFor();
  });

  test('an unfit link says so, and shows nothing', async () => {
    await page.goto(`${running.url}/answer/abcdefghij.abcdefghijabcdefghijabcdefghijab`);
    await page.getByRole('heading', { name: '链接无效' }).waitFor();
  });

  test('without script a citizen reads the case, says it is not solved, and it is worked on again', async () => {
    const { id } = await elder();
    const act = async (expected: number, body: object) =>
      expect((await running.ask(`incidents/${id}/acts`, { expected, act: body })).status).toBe(200);
    await act(1, { act: 'publicShown', title: '车村镇老人走失', line: '多人转发寻人' });
    const word = { account: 'songxian', text: '老人已于22:10找到，平安。', publishedAt: now };
    await act(2, { act: 'answered', word });
    const plain = await pages.context.browser()!.newContext({ javaScriptEnabled: false, viewport: PHONE });
    const reader = await plain.newPage();
    await reader.goto(`${running.url}/public`);
    await reader.getByText('车村镇老人走失').click();
    await reader.getByText('老人已于22:10找到').waitFor();
    expect(await reader.getByText('七十六岁').count()).toBe(0);
    await reader.getByRole('button', { name: '没解决' }).click();
    await reader.getByText('这件事重新办理').waitFor();
    await plain.close();
    await until(async () => (await events()).at(-1) === 'reopened');
  });

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])(
    'on %s two answers are held beside each other, a joint publication is planned and declined',
    async (name, size) => {
      await page.setViewportSize(size);
      const { id } = await elder();
      const act = async (expected: number, body: object) =>
        expect((await running.ask(`incidents/${id}/acts`, { expected, act: body })).status).toBe(200);
      const word = (account: string, text: string) => ({ account, text, publishedAt: now });
      await act(1, { act: 'answered', word: word('songxian', '走失老人76岁，正在搜寻，出动30人。') });
      await act(2, { act: 'supplemented', word: word('ly', '走失老人76岁，正在搜寻，出动45人。'), of: 2 });
      // No forecast is known of a single plea: here it comes as the server would say it.
      await page.route('**/api/v1/incidents', async (route) => {
        const rows = (await (await route.fetch()).json()) as IncidentRow[];
        const forecast = { to: 'city' as const, within: 6, probability: 0.23, base: 0.12, n: 900 };
        await route.fulfill({ json: rows.map((row) => ({ ...row, forecast })) });
      });
      await openElder();
      await page.getByText('6时内升市可能23%，常年12%').waitFor();
      const section = (heading: RegExp) => page.getByRole('region', { name: heading });
      await section(/^官方说法对照/u)
        .getByText('1处不一致')
        .waitFor();
      await section(/^回声/u).getByText('帖太少').waitFor();
      await section(/^公众还在问/u)
        .getByText('没有反复被问而没有说明的事')
        .waitFor();
      for (const sign of [/^怎么传开的/u, /^是不是有人在推/u, /^先例/u]) await section(sign).waitFor();

      const joint = section(/^联动发布/u);
      await joint.getByText('没有联动计划').waitFor();
      await joint.getByRole('button', { name: '计划联动发布' }).press('Enter');
      await joint.getByLabel('标题').fill('帮老人回家');
      await joint.getByLabel('第1级由哪个账号').selectOption('songxian');
      await joint.getByLabel('第2级由哪个账号').selectOption('ly');
      await joint.getByLabel('第2级几时起').fill('2026-11-20T22:30');
      await act(3, { act: 'commented', comment: '家属已联系上' });
      await look(`plan-${name.replaceAll(' ', '-')}`);
      await joint.getByRole('button', { name: '记入计划' }).click();
      const alert = joint.getByRole('alert');
      await alert.getByText('有人先了一步').waitFor();
      await alert.getByText(/^本机：.*家属已联系上$/u).waitFor();
      await joint.getByRole('button', { name: '记入计划' }).click();
      await joint.getByText('未到时间，22:30起').waitFor();

      await joint.getByRole('button', { name: '说明不参加' }).click();
      await joint.getByLabel('哪个账号不参加').selectOption({ index: 2 });
      await joint.getByLabel('理由').fill('今晚没有值班编辑');
      await joint.getByRole('button', { name: '记入不参加' }).click();
      await joint.getByText('不参加：今晚没有值班编辑').waitFor();
      expect((await events()).slice(-2)).toEqual(['jointPlanned', 'jointDeclined']);
      await look(`after-${name.replaceAll(' ', '-')}`);
    },
  );

  test.each([
    ['a desk', DESKTOP],
    ['a phone', PHONE],
  ])('on %s nothing runs over the edge and axe finds nothing, on every page of a file', async (name, size) => {
    await page.setViewportSize(size);
    const { id } = await elder();
    await running.ask(`incidents/${id}/dispatch`, { expected: 1 });
    const file = await running.get<CaseFileRow>(`incidents/${id}/acts`);
    await running.ask(`incidents/${id}/acts`, {
      expected: file.brief.seq,
      act: { act: 'publicShown', title: '车村镇老人走失' },
    });
    const { body: link } = await running.ask<LinkRow>(`incidents/${id}/links/checun-police`, {});
    now += 20 * MINUTE;
    await openElder();
    const screens: [string, () => Promise<unknown>][] = [
      ['desk', () => page.getByRole('heading', { name: '档案' }).waitFor()],
      [
        'desk-form',
        async () => {
          await press('交办');
          await page.getByLabel('几分钟内回传').waitFor();
        },
      ],
      [
        'handoffs',
        () =>
          page.goto(`${running.url}/handoffs`).then(() =>
            page
              .getByText(/派警，等回音/u)
              .first()
              .waitFor(),
          ),
      ],
      ['answer', () => page.goto(`${running.url}${link.answer}`)],
      ['sheet', () => page.goto(`${running.url}${link.sheet}`)],
      ['public', () => page.goto(`${running.url}/public`)],
      [
        'public-case',
        () =>
          page
            .getByText('车村镇老人走失')
            .click()
            .then(() => page.getByText('办理经过').waitFor()),
      ],
    ];
    for (const [which, go] of screens) {
      await go();
      await look(`${which}-${name.replaceAll(' ', '-')}`);
    }
  });
});
