import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertRow, FoundPostsBody } from '../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../server/contract/pulse.ts';
import {
  EVENING,
  everydayTalk,
  HOUR,
  lineOf,
  MINUTE,
  runApp,
  until,
  type RunningApp,
  type ScreenSeen,
} from './running-app.ts';

const PLEA = {
  id: 'plea',
  text: '紧急求助！我父亲今天傍晚在嵩县车村镇走失，七十六岁，有老年痴呆，穿藏青色棉衣，天黑了还没找到，看到的请打110或联系我们家，求扩散',
  at: EVENING + MINUTE,
};
const ANOTHER_VOICE = {
  id: 'neighbour',
  text: '嵩县车村镇走失的那位七十六岁老人还没找到，穿藏青色棉衣，我们村的人打着手电都出去找了，有看到的请联系家里人',
  at: EVENING + 6 * MINUTE,
};

let dir: string;
let running: RunningApp;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-alert-'));
  running = await runApp({ dir });
});
afterAll(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Tests of one story: each begins where the one before it ended. */
describe('a post comes in, and an alert names who should answer', () => {
  let screen: ScreenSeen;
  let alert: AlertRow;

  test('without a token nothing is taken', async () => {
    const answer = await fetch(`${running.url}/api/v1/posts`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: lineOf(PLEA),
    });
    expect(answer.status).toBe(401);
    expect((await running.health()).inbox.accepted).toBe(0);
  });

  test('a day of everyday talk alerts nobody, and its broken line refuses only itself', async () => {
    screen = await running.screen(0);
    const lines = everydayTalk(240).map(lineOf);
    lines.splice(100, 0, '{"id":"cut","text":"半截');
    const { status, answer } = await running.postLines(lines);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ accepted: 240, duplicate: 0, rejected: 1 });
    expect(answer.rows[100]).toMatchObject({ row: 101, id: null, outcome: 'rejected' });
    expect(answer.rows[100]?.because).toContain('JSON');
    await running.app.flow.drained();
    expect(screen.alerts).toEqual([]);
    expect(await running.health()).toMatchObject({
      status: 'ok',
      store: { ok: true, posts: 240 },
      inbox: { accepted: 240, watchLag: 0, indexLag: 0 },
    });
  });

  test('a plea with a life at risk reaches the screen, names the station and the town, the rule and a quarter of an hour', async () => {
    await running.post([PLEA]);
    await until(() => screen.alerts.length > 0);
    alert = screen.alerts[0]!;
    expect(alert).toMatchObject({ seq: 1, region: '410325103', regionName: '河南省洛阳市嵩县车村镇' });
    const { suggestion } = alert;
    // The station has no public account: it is sent out, and the town speaks or the police above it.
    const dispatched = suggestion.then.filter(({ act }) => act === 'dispatch');
    expect(dispatched.map(({ account }) => account)).toContain('checun-police');
    expect(dispatched[0]?.because).toContain('车村派出所');
    expect(['checun', 'songxian-police', 'songxian']).toContain(suggestion.first);
    expect(suggestion.clock.minutes).toBe(15);
    // It came an hour late: the quarter runs from when it was first seen here, not from when it was written.
    expect(Date.parse(suggestion.clock.due)).toBe(EVENING + HOUR + 15 * MINUTE);
    expect(suggestion.clock.rule).not.toBe('');
    expect(suggestion.because.join()).toContain('危及生命');
    expect(suggestion.outside).toBeNull();
  });

  test('every part of it opens: the posts with their reasons, the step with its evidence, the source with its counts', async () => {
    await running.post([ANOTHER_VOICE, { ...PLEA, id: 'pasted', at: EVENING + 8 * MINUTE, author: 'somebody' }]);
    await running.app.flow.drained();
    const { incident, posts, events } = await running.incident(alert.incident);
    expect(incident).toMatchObject({ kind: '求助', lifeAtRisk: true, state: 'open', count: 2, copies: 3 });
    expect(posts.map(({ text }) => text).sort()).toEqual([ANOTHER_VOICE.text, PLEA.text].sort());
    const plea = posts.find(({ text }) => text === PLEA.text);
    expect(plea).toMatchObject({ region: '410325103', need: '求助', urgent: true, copies: 2 });
    const cue = plea?.because?.find(({ label }) => label === 'lifeAtRisk');
    expect(cue).toBeDefined();
    expect(PLEA.text.slice(cue?.start, cue?.end)).toBe(cue?.cue);
    expect(incident.steps[0]?.evidence).toContain(plea?.id);
    expect(incident.steps[0]?.because.join()).toContain('一帖即立');
    expect(events.map(({ event }) => event)).toEqual(['opened']);
    const found = await running.get<FoundPostsBody>(`posts?q=${encodeURIComponent('走失')}`);
    expect(found).toMatchObject({ total: 3, behind: 0 });
    const [source] = await running.get<SourceRow[]>('sources');
    expect(source).toMatchObject({ name: '县里的采集', accepted: 243, rejected: 1 });
  });

  test('a screen that connects later is given the same alert, one that has it is given nothing', async () => {
    const late = await running.screen(0);
    await until(() => late.alerts.length > 0);
    expect(late.alerts).toEqual([alert]);
    const upToDate = await running.screen(alert.seq);
    // Proven by what comes next: the first alert it is given is one raised after it connected.
    await running.post([
      {
        id: 'reservoir',
        text: '救命，求助！我弟弟在宜阳县韩城镇河滩被困，水涨上来了，人站在石头上下不来，谁能快来帮忙，电话打不通，请联系消防',
        at: EVENING + 10 * MINUTE,
      },
    ]);
    await until(() => upToDate.alerts.length > 0 && screen.alerts.length > 1);
    expect(upToDate.alerts.map(({ seq, region }) => [seq, region])).toEqual([[2, '410327103']]);
    expect(screen.alerts.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('a restart keeps everything and alerts nobody twice', async () => {
    const before = await running.get<AlertRow[]>('alerts?after=0');
    const file = await running.incident(alert.incident);
    await running.close();
    running = await runApp({ dir });
    // The store opens behind the start; until then health tells no count.
    await until(async () => (await running.health()).store.posts === 244);
    expect(await running.get<AlertRow[]>('alerts?after=0')).toEqual(before);
    expect(await running.incident(alert.incident)).toEqual(file);
    const returned = await running.screen(2);
    const again = await running.post([
      PLEA,
      { ...PLEA, id: 'pasted-again', at: EVENING + 20 * MINUTE, author: 'somebody else' },
      {
        ...ANOTHER_VOICE,
        id: 'later',
        text: '嵩县车村镇走失老人有消息了吗，七十六岁穿藏青色棉衣，大家再往河边找找，有线索请联系家里人',
        at: EVENING + 21 * MINUTE,
      },
    ]);
    expect(again).toMatchObject({ accepted: 2, duplicate: 1 });
    await running.app.flow.drained();
    expect((await running.incident(alert.incident)).incident).toMatchObject({ count: 3, copies: 5 });
    expect(await running.get<AlertRow[]>('alerts?after=2')).toEqual([]);
    expect(returned.alerts).toEqual([]);
    expect(returned.resyncs).toEqual([]);
  });

  test('where its only source is silent or paused, its place is no data on the file and the map, and not calm', async () => {
    const { book } = running.app.front.door;
    const seen = async () => {
      const { noData } = await running.incident(alert.incident);
      const { tiles } = await running.get<Pulse>('pulse');
      return [noData, tiles.find(({ code }) => code === '410325')?.posts === null];
    };
    expect(await seen()).toEqual([true, true]);
    await running.post([{ id: 'fresh', text: '嵩县今天天气不错', at: EVENING + 59 * MINUTE }]);
    await running.app.flow.drained();
    expect(await seen()).toEqual([undefined, false]);
    book.change('县里的采集', { paused: true });
    expect(await seen()).toEqual([true, true]);
    book.change('县里的采集', { paused: false });
    expect(await seen()).toEqual([undefined, false]);
  });
});
