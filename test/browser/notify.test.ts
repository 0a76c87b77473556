import type { FastifyInstance } from 'fastify';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ChannelAsk } from '../../server/contract/notify.ts';
import type { MuteAsk, ShiftAsk } from '../../server/contract/on-call.ts';
import type { Services } from '../../server/services.ts';
import { describeLane } from '../lane.ts';
import { anHttpApp } from '../seeds/http.ts';
import { fakeServices } from '../seeds/services.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { aChannelsPage, aNote, anOnCallPage } from './notify-rows.ts';
import { pageFaults, smallTargets, takePicture } from './page-faults.ts';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const SIZES = [
  ['a desk', DESKTOP],
  ['a phone', PHONE],
] as const;

/** Over the real edge, so that what a page asks and is answered also holds to its schema. */
describeLane('the pages 渠道 and 值班 in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages(DESKTOP);
  let app: FastifyInstance;
  let url: string;
  let page: Page;
  let channels = aChannelsPage();
  let onCall = anOnCallPage();
  let broken = false;
  const asked: {
    channel?: ChannelAsk;
    resent?: readonly number[];
    shift?: ShiftAsk;
    mute?: MuteAsk;
    taken?: string;
    removed?: string;
  } = {};

  const notify: Partial<Services['notify']> = {
    channelsPage() {
      if (broken) throw new Error('the disk is gone');
      return channels;
    },
    saveChannel(_, ask) {
      asked.channel = ask;
      return ask.name === '应急值班群' && ask.id === undefined
        ? { refused: { where: 'body.name', because: '已经有叫“应急值班群”的渠道' } }
        : { id: 'fresh' };
    },
    removeChannel: (id) => {
      asked.removed = id;
      return { refused: { where: 'params.id', because: '值班的夜班01靠它呼叫，请先改值班' } };
    },
    test: () => Promise.resolve({ kind: 'refused', says: '{"errcode":310000,"errmsg":"sign not match"}' }),
    resend(ids) {
      asked.resent = ids;
      channels = { ...channels, dead: [] };
      return ids.length;
    },
    onCallPage: () => onCall,
    note: () => aNote(),
    saveShift(ask) {
      asked.shift = ask;
      return { ...ask, id: 9 };
    },
    mute(_, ask) {
      asked.mute = ask;
      return onCall.mutes[0]!;
    },
    take(_, incident) {
      asked.taken = incident;
      return true;
    },
  };

  beforeAll(async () => {
    app = await anHttpApp({ services: fakeServices({ notify }), webDir: web.dir });
    url = await app.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    [channels, onCall, broken] = [aChannelsPage(), anOnCallPage(), false];
    page = await pages.open();
  });

  const open = async (path: string, title: string): Promise<void> => {
    await page.goto(`${url}/${path}`);
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
  };
  const section = (name: RegExp) => page.getByRole('region', { name });

  test('渠道 shows each channel with what became of its messages, and of its secret four signs', async () => {
    await open('channels', '渠道');
    const list = section(/^渠道/u);
    await expect
      .poll(() => list.getByRole('heading', { level: 3 }).allInnerTexts())
      .toEqual(['应急值班群', '嵩县政务群', '值班邮箱']);
    await list.getByText('22:00至07:00安静，危及生命照发，其余汇总').waitFor();
    await list.getByText('5分钟没送到，改走值班邮箱').waitFor();
    await list
      .getByText(/密钥尾号c2f9/u)
      .first()
      .waitFor();
    await section(/没送成/u)
      .getByText('安全设置没有通过')
      .waitFor();
    await section(/近来的消息/u)
      .getByText('静音到11月21日08:00，夜班02：已在抢修')
      .waitFor();
  });

  test('a test says what the receiver answered, word for word', async () => {
    await open('channels', '渠道');
    await page.getByRole('button', { name: '试发到应急值班群' }).press('Enter');
    await page.getByText('对方不收：').waitFor();
    await section(/^渠道/u)
      .locator('.answer q')
      .getByText('{"errcode":310000,"errmsg":"sign not match"}', { exact: true })
      .waitFor();
  });

  test('a channel is added by keyboard; its secret goes in and is nowhere on the page afterwards', async () => {
    await open('channels', '渠道');
    await page.getByRole('button', { name: '加一个渠道' }).press('Enter');
    const form = page.getByRole('form', { name: '新渠道' });
    await form.getByRole('textbox', { name: '名称' }).fill('应急值班群');
    await form
      .getByRole('textbox', { name: '机器人的地址' })
      .fill('https://oapi.dingtalk.com/robot/send?access_token=canary-page');
    await form.getByLabel('加签密钥').fill('SECcanary-page');
    await form.getByRole('textbox', { name: '属地代码' }).fill('410325，410327');
    await form.getByRole('checkbox', { name: '求助' }).press('Space');
    await form.getByRole('checkbox', { name: '设安静时段' }).press('Space');
    await form.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已经有叫“应急值班群”的渠道').waitFor();
    await form.getByRole('textbox', { name: '名称' }).fill('夜间群');
    await form.getByRole('button', { name: '保存' }).press('Enter');
    await page.getByText('已保存夜间群').waitFor();
    expect(asked.channel).toMatchObject({
      name: '夜间群',
      target: {
        kind: 'dingtalk',
        url: 'https://oapi.dingtalk.com/robot/send?access_token=canary-page',
        secret: 'SECcanary-page',
      },
      subscription: { regions: ['410325', '410327'], kinds: ['求助'], lifeAtRisk: true },
      quiet: { from: '22:00', to: '07:00' },
    });
    expect(await page.content()).not.toContain('canary-page');
  });

  test('changing one leaves its secret as it is, and removing one that is needed says why not', async () => {
    await open('channels', '渠道');
    await page.getByRole('button', { name: '修改嵩县政务群' }).click();
    const form = page.getByRole('form', { name: '修改嵩县政务群' });
    expect(await form.getByRole('textbox', { name: '机器人的地址' }).inputValue()).toBe('');
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存嵩县政务群').waitFor();
    expect(asked.channel).not.toHaveProperty('target');
    expect(asked.channel).toMatchObject({ id: 'songxian', subscription: { regions: ['410325'], fromRung: 'county' } });
    await page.getByRole('button', { name: '删除应急值班群' }).click();
    await page.getByRole('button', { name: '确定删除应急值班群' }).click();
    await page.getByText('值班的夜班01靠它呼叫，请先改值班').waitFor();
    expect(asked.removed).toBe('duty-group');
  });

  test('what could not be sent is sent again', async () => {
    await open('channels', '渠道');
    const dead = section(/没送成/u);
    await dead.getByRole('checkbox').press('Space');
    await dead.getByRole('button', { name: '重发1条' }).press('Enter');
    await page.getByText('已重发1条，编号不变').waitFor();
    await dead.getByText('没有发不出去的消息').waitFor();
    expect(asked.resent).toEqual([41]);
  });

  test('empty, failed and stale each say so', async () => {
    channels = { ...channels, channels: [], dead: [], recent: [], publicUrl: null };
    await open('channels', '渠道');
    for (const words of ['还没有渠道，预警只在屏幕上', '没有发不出去的消息', '还没有消息'])
      await page.getByText(words).waitFor();
    await page.getByText(/没有设 WENBIDA_PUBLIC_URL/u).waitFor();
    broken = true;
    await page.getByText(/^数据停于/u).waitFor({ timeout: 60_000 });
    const fresh = await pages.open();
    await fresh.goto(`${url}/channels`);
    await fresh.getByRole('alert').waitFor();
    broken = false;
    await fresh.getByRole('button', { name: '现在再试' }).click();
    await fresh.getByText('还没有消息').waitFor();
  });

  test('值班 shows who is on duty, who is called next, what is handed over, and where nobody is', async () => {
    await open('oncall', '值班');
    await section(/现在值班/u)
      .getByText('夜班01、夜班02', { exact: true })
      .waitFor();
    await section(/现在值班/u)
      .getByText(/依次呼叫：夜班01、夜班02、带班主任/u)
      .waitFor();
    await section(/现在值班/u)
      .getByText('数据源静默：12345工单')
      .waitFor();
    await section(/^呼叫/u).getByText('22:14呼夜班02').waitFor();
    const note = section(/^交接单/u);
    await note.getByText('白班，白班01；新出现4件，办结3件，未了2件').waitFor();
    await note.getByText('已交办，在车村派出所手上，自19:40').waitFor();
    await note.getByText(/^超18分/u).waitFor();
    await section(/^本周班表/u)
      .getByText('本周有2处空班')
      .waitFor();
    expect(
      await section(/^本周班表/u)
        .getByRole('list', { name: '周六' })
        .innerText(),
    ).toContain('14:00至20:00没有人');
  });

  test('somebody takes an incident over by keyboard', async () => {
    await open('oncall', '值班');
    await page.getByRole('button', { name: '接手老人走失' }).press('Enter');
    await page.getByText('已接手：老人走失').waitFor();
    expect(asked.taken).toBe('g');
  });

  test('a shift and a mute are written down', async () => {
    await open('oncall', '值班');
    await page.getByRole('button', { name: '加一个班次' }).click();
    const form = page.getByRole('form', { name: '新班次' });
    await form.getByRole('textbox', { name: '名称' }).fill('周末班');
    for (const day of ['周一', '周二', '周三', '周四', '周五', '周六', '周日'])
      await form.getByRole('checkbox', { name: day }).click();
    await form.getByRole('textbox', { name: '第1位的姓名' }).fill('周末01');
    await form.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存周末班').waitFor();
    expect(asked.shift).toEqual({
      name: '周末班',
      on: { days: [6, 7] },
      from: '08:00',
      to: '20:00',
      members: [{ name: '周末01', channel: 'duty-group' }],
    });

    await page.getByRole('button', { name: '加一条静音' }).click();
    const mute = page.getByRole('form', { name: '新静音' });
    await mute.getByRole('radio', { name: '一个属地' }).click();
    await mute.getByRole('textbox', { name: '属地代码' }).fill('410325');
    await mute.getByRole('textbox', { name: '含这些词' }).fill('路灯、井盖');
    await mute.getByRole('textbox', { name: '理由' }).fill('集中检修');
    await mute.getByRole('button', { name: '保存' }).click();
    await page.getByText('已静音').waitFor();
    expect(asked.mute).toMatchObject({ region: '410325', words: ['路灯', '井盖'], reason: '集中检修' });
  });

  test('with nobody on duty it says so first', async () => {
    const empty = { onNow: [], chain: [], shifts: [], calls: [], mutes: [], silences: [], auditedAt: null };
    onCall = {
      ...onCall,
      ...empty,
      week: { ...onCall.week, spans: [], gaps: [{ from: onCall.week.from, to: onCall.week.to }] },
    };
    await open('oncall', '值班');
    for (const words of ['现在没有人值班', '没有呼叫过', '还没有班次', '没有静音'])
      await page.getByText(words, { exact: false }).first().waitFor();
  });

  for (const [path, title] of [
    ['channels', '渠道'],
    ['oncall', '值班'],
  ] as const)
    test.each(SIZES)(
      `${title} on %s: nothing runs over the edge, touch targets are large, axe finds nothing`,
      async (name, size) => {
        await page.setViewportSize(size);
        await open(path, title);
        await page.getByText('应急值班群').first().waitFor({ state: 'attached' });
        await takePicture(page, `${path}-${name}`);
        await page.getByRole('button', { name: path === 'channels' ? '加一个渠道' : '加一个班次' }).click();
        if (path === 'oncall') await page.getByRole('button', { name: '加一条静音' }).click();
        await page.getByRole('form').first().waitFor();
        await takePicture(page, `${path}-${name}-form`);
        if (size === PHONE) {
          const ticks = ':is(input[type=checkbox], input[type=radio])';
          const targets = `main :is(button, select, input:not(${ticks}), label:has(> ${ticks}))`;
          expect(await smallTargets(page, targets)).toEqual([]);
        }
        expect(await pageFaults(page)).toEqual([]);
      },
    );
});
