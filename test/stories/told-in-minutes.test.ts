import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import type { ChannelAsk, ChannelIs, ChannelsPage, TestAnswer } from '../../server/contract/notify.ts';
import type { MuteRow, NotePage, OnCallPage, ShiftRow } from '../../server/contract/on-call.ts';
import { httpReceiver, type Receiver } from '../seeds/notify-receiver.ts';
import { EVENING, HOUR, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const SECRETS = ['canary-token-of-the-group', 'SECcanary-of-the-group'];
const plea = (id: string, text: string, minute: number) => ({ id, text, at: EVENING + minute * MINUTE });
const LOST =
  '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，联系13812345678，求扩散';
const STUCK =
  '救命，求助！我弟弟在宜阳县韩城镇河滩被困，水涨上来了，人站在石头上下不来，谁能快来帮忙，电话打不通，请联系消防';
const BURNING = '求救！汝阳县三屯镇一户人家着火了，楼上还有两个孩子被困，烟很大出不来，请快联系消防';

let dir: string;
let group: Receiver;
let page: Receiver;
let running: RunningApp;
const start = (now = EVENING + HOUR): Promise<RunningApp> =>
  runApp({
    dir,
    now,
    env: { WENBIDA_NOTIFY_HOSTS: `${group.host},${page.host}`, WENBIDA_PUBLIC_URL: 'https://wenbida.example.gov.cn/' },
  });
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-told-'));
  group = await httpReceiver({
    good: '{"errcode":0,"errmsg":"ok"}',
    coded: `{"errcode":310000,"errmsg":"bad ${SECRETS[0]}"}`,
  });
  page = await httpReceiver({ good: '{"code":0,"msg":"ok"}', coded: '{"code":19021}' });
  running = await start();
});
afterAll(async () => {
  await running.close();
  await group.close();
  await page.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Everything that was ever answered over HTTP, to look for secrets in. */
const answers: string[] = [];
async function ask<T>(path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const answer = await fetch(`${running.url}/api/v1/${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json' },
  });
  const text = await answer.text();
  answers.push(text);
  return { status: answer.status, body: JSON.parse(text) as T };
}
const subscription: ChannelAsk['subscription'] = {
  ...{ regions: ['410300'], kinds: [], fromRung: 'village', lifeAtRisk: true },
  ...{ progress: true, reminders: true, overdue: true, sourceSilence: true },
};
const textOf = ({ taken }: Receiver): string[] =>
  taken.map(({ body }) => {
    const said = JSON.parse(body) as { text?: { content: string }; content?: { text: string } };
    return said.text?.content ?? said.content?.text ?? '';
  });

/** Tests of one story: each begins where the one before it ended. */
describe('a plea at night is told to the group and calls the person on duty', () => {
  let groupId: string;
  let pageId: string;

  test('channels are added; where they lead goes in and does not come out', async () => {
    const target = {
      kind: 'dingtalk',
      url: `http://${group.host}/robot/send?access_token=${SECRETS[0]}`,
      secret: SECRETS[1],
    };
    const ofGroup = {
      name: '应急群',
      target,
      subscription,
      quiet: { from: '21:00', to: '07:00' },
      second: null,
      paused: false,
    };
    const made = await ask<ChannelIs>('channels', ofGroup);
    expect(made.status).toBe(200);
    groupId = made.body.id;
    expect((await ask('channels', ofGroup)).status).toBe(400);
    const inside = { ...ofGroup, name: '内网', target: { kind: 'wecom', url: 'https://10.1.2.3/send?key=abcdefgh' } };
    expect(JSON.stringify((await ask('channels', inside)).body)).toContain('WENBIDA_NOTIFY_HOSTS');
    const off = { ...subscription, lifeAtRisk: false, sourceSilence: false, fromRung: 'nation' };
    const ofPage = {
      ...ofGroup,
      name: '值班飞书',
      target: { kind: 'feishu', url: `http://${page.host}/hook/of-the-duty` },
      subscription: off,
      quiet: null,
    };
    pageId = (await ask<ChannelIs>('channels', ofPage)).body.id;
    const shown = (await ask<ChannelsPage>('channels')).body;
    expect(shown.channels.map(({ name, lastFour, signed, state }) => [name, lastFour, signed, state])).toEqual([
      ['值班飞书', 'duty', false, 'idle'],
      ['应急群', 'roup', true, 'idle'],
    ]);
    expect(shown.publicUrl).toBe('https://wenbida.example.gov.cn/');
  });

  test('the test button says what the receiver answered', async () => {
    expect((await ask<TestAnswer>(`channels/${groupId}/test`, {})).body).toEqual({
      kind: 'delivered',
      says: '{"errcode":0,"errmsg":"ok"}',
    });
    group.mode = 'coded';
    expect((await ask<TestAnswer>(`channels/${groupId}/test`, {})).body.kind).toBe('refused');
    group.mode = 'works';
    expect((await ask('channels/nobody/test', {})).status).toBe(404);
  });

  test('a shift for tonight, and calls are switched on', async () => {
    const shift = {
      name: '夜班',
      on: { days: [5] },
      from: '20:00',
      to: '08:00',
      members: [{ name: '夜班01', channel: pageId }],
    };
    expect((await ask<ShiftRow>('oncall/shifts', shift)).body.id).toBe(1);
    const rules = {
      on: true,
      waitMinutes: 10,
      leads: [],
      night: { from: '22:00', to: '07:00' },
      auditChannel: groupId,
    };
    expect((await ask('oncall/rules', rules)).status).toBe(200);
    expect((await ask('oncall/rules', { ...rules, leads: [{ name: '主任', channel: 'nowhere' }] })).status).toBe(400);
    const { onNow, week, chain } = (await ask<OnCallPage>('oncall')).body;
    expect(onNow.map(({ name, members }) => [name, members])).toEqual([['夜班', ['夜班01']]]);
    expect(chain.map(({ name }) => name)).toEqual(['夜班01']);
    expect(week.gaps.length).toBeGreaterThan(0);
  });

  test('the plea comes: both are told within a round, in the quiet hours, masked, with the page that shows it', async () => {
    group.taken.length = 0;
    await running.post([plea('one', LOST, 1)]);
    const toldOf = (receiver: Receiver, mark: string) => textOf(receiver).find((text) => text.includes(mark));
    await until(() => toldOf(group, '【新事件】') !== undefined && toldOf(page, '值班：') !== undefined);
    const told = toldOf(group, '【新事件】');
    expect(told).toMatch(/^【急】【新事件】/u);
    expect(told).toContain('河南省洛阳市嵩县车村镇');
    expect(told).toMatch(/派警：.*车村派出所/u);
    expect(told).toMatch(/https:\/\/wenbida\.example\.gov\.cn\/desk#\/incident\//u);
    expect(told).not.toContain('13812345678');
    expect(toldOf(page, '值班：')).toContain('值班：夜班01，请打开并接手');
  });

  test('they take it over, and nobody else is called', async () => {
    const { calls } = (await ask<OnCallPage>('oncall')).body;
    expect(calls).toMatchObject([{ state: 'calling', urgent: true }]);
    expect((await ask('oncall/take', { incident: calls[0]!.incident })).status).toBe(200);
    expect((await ask('oncall/take', { incident: calls[0]!.incident })).status).toBe(404);
    const file = await running.get<CaseFileRow>(`incidents/${calls[0]!.incident}/acts`);
    expect(file.events.filter(({ act }) => act === 'acknowledged')).toMatchObject([{ by: '本机' }]);
    expect((await ask<OnCallPage>('oncall')).body.calls).toMatchObject([{ state: 'taken', takenBy: '本机' }]);
  });

  test('handed to a unit, the file says when the unit was told: once, also after a restart', async () => {
    const { calls } = (await ask<OnCallPage>('oncall')).body;
    const at = `incidents/${calls[0]!.incident}`;
    const read = () => running.get<CaseFileRow>(`${at}/acts`);
    const act = { act: 'assigned', account: 'ly-police', mode: 'assign' };
    expect((await read()).brief.clock.starts.notified).toBeNull();
    expect((await ask(`${at}/acts`, { expected: (await read()).brief.seq, act })).status).toBe(200);
    await until(async () => (await read()).brief.clock.starts.notified !== null);
    await running.close();
    running = await start();
    const told = (await read()).events.filter(({ act: did }) => did === 'notified');
    expect(told).toMatchObject([{ why: '渠道“应急群”已送达' }]);
  });

  test('what came while the server was down is told when it is back, once', async () => {
    const toldOf = (place: string): number =>
      textOf(group).filter((text) => text.includes('【新事件】') && text.includes(place)).length;
    group.mode = 'broken';
    await running.post([plea('two', STUCK, 2)]);
    await until(() => group.received.some(({ body }) => body.includes('宜阳县韩城镇')));
    await running.close();
    group.mode = 'works';
    running = await start(EVENING + HOUR + 10 * MINUTE);
    await until(() => toldOf('宜阳县韩城镇') > 0);
    await running.post([plea('three', BURNING, 3)]);
    await until(() => toldOf('汝阳县三屯镇') > 0);
    expect([toldOf('宜阳县韩城镇'), toldOf('汝阳县三屯镇')]).toEqual([1, 1]);
    expect(new Set(textOf(group)).size).toBe(textOf(group).length);
  });

  test('one is muted for a reason and listed as muted; a mute without an end, or of nothing, is refused', async () => {
    const { calls } = (await ask<OnCallPage>('oncall')).body;
    const until = new Date(EVENING + 3 * HOUR).toISOString();
    const muted = await ask<MuteRow>('oncall/mutes', { incident: calls[0]!.incident, reason: '家属已联系', until });
    expect(muted.body).toMatchObject({ state: 'on', by: '本机', reason: '家属已联系', kept: 0 });
    const early = new Date(EVENING).toISOString();
    expect(
      (await ask('oncall/mutes', { incident: calls[0]!.incident, reason: '家属已联系', until: early })).status,
    ).toBe(400);
    expect((await ask('oncall/mutes', { reason: '家属已联系', until })).status).toBe(400);
    expect((await ask('oncall/mutes', { incident: 'nobody', reason: '家属已联系', until })).status).toBe(400);
    expect((await ask('oncall/mutes/end', { id: muted.body.id })).status).toBe(200);
    expect((await ask<OnCallPage>('oncall')).body.mutes).toMatchObject([{ state: 'ended', endedBy: '本机' }]);
  });

  test('the hand-over note is written by the ledger', async () => {
    const span = `from=${encodeURIComponent(new Date(EVENING - HOUR).toISOString())}&to=${encodeURIComponent(new Date(EVENING + HOUR).toISOString())}`;
    const note = (await ask<NotePage>(`oncall/note?${span}`)).body;
    expect(note.open).toHaveLength(3);
    expect(note.open.every(({ lifeAtRisk, due }) => lifeAtRisk && due !== null)).toBe(true);
    expect(note.changed.map(({ what }) => what)).toContain('新出现，街道级');
    expect((await ask('oncall/note?from=2026-11-20T00:00:00Z')).status).toBe(400);
  });

  test('no secret was answered, and none lies in the folder in the clear', () => {
    for (const secret of SECRETS) {
      expect(answers.filter((text) => text.includes(secret))).toEqual([]);
      for (const file of readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()))
        expect(readFileSync(join(file.parentPath, file.name)).toString('latin1').includes(secret), file.name).toBe(
          false,
        );
    }
  });
});
