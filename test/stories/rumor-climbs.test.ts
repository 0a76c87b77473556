import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  EVENING,
  everydayTalk,
  MINUTE,
  runApp,
  until,
  type RunningApp,
  type ScreenSeen,
  type Sent,
} from './running-app.ts';

const minute = (at: number): number => EVENING + at * MINUTE;

/** In one county only: its first town, then more of them. */
const IN_YIYANG: readonly Sent[] = [
  '网传宜阳县锦屏镇青石湾小学门口有人开白色面包车抢孩子，家长都去接了，是真的吗？',
  '听说宜阳县锦屏镇青石湾小学门口白色面包车抢孩子，已经抢走两个了，真的假的',
  '宜阳县锦屏镇的来说说，青石湾小学白色面包车抢孩子是不是谣言，群里传得吓人',
  '刚收到语音说宜阳县锦屏镇青石湾小学有白色面包车抢孩子，有人能证实吗，心慌，是真的吗',
  '宜阳县韩城镇的群里都在传白色面包车在青石湾小学抢孩子，求证，有没有官方消息',
  '宜阳县韩城镇超市门口也都在说青石湾小学白色面包车抢孩子，有没有官方出来说一句，求真相',
  '宜阳县香鹿山镇也听说青石湾小学白色面包车抢孩子，真的假的，学校电话打不通',
  '听说宜阳县香鹿山镇也有人看见那辆白色面包车抢孩子，青石湾小学的事是真的吗，谁能证实',
].map((text, at) => ({ id: `yiyang-${at}`, text, at: minute(1 + at) }));

/** The same claim, told by people of other counties of the city. */
const BEYOND: readonly Sent[] = [
  '洛宁县的群里也在传青石湾小学白色面包车抢孩子，说车往洛宁来了，求证',
  '洛宁县好多人转发宜阳青石湾小学白色面包车抢孩子的语音，真的假的',
  '伊川县也收到了，说宜阳青石湾小学白色面包车抢孩子，有没有官方消息，求真相',
  '人在伊川县，亲戚群里都在传青石湾小学白色面包车抢孩子，是真的吗',
  '洛龙区这边也听说白色面包车抢孩子，说在青石湾小学抢走两个，有没有人能证实',
  '洛龙区的群里传青石湾小学白色面包车抢孩子，像谣言，求官方辟谣',
].map((text, at) => ({ id: `beyond-${at}`, text, at: minute(15 + 2 * at) }));

let dir: string;
let running: RunningApp;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-rumor-'));
  running = await runApp({ dir });
});
afterAll(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Tests of one story: each begins where the one before it ended. */
describe('a rumor of one county becomes one of the whole city', () => {
  let screen: ScreenSeen;
  let incident: string;

  test('in the county it opens as something to be checked, and an account of the county answers', async () => {
    await running.post(everydayTalk(600));
    screen = await running.screen(0);
    await running.post(IN_YIYANG);
    await running.app.flow.drained();
    await until(() => screen.alerts.at(-1)?.rung === 'county');
    const opened = screen.alerts[0]!;
    incident = opened.incident;
    expect(opened.region?.slice(0, 6)).toBe('410327');
    for (const { suggestion } of screen.alerts) {
      expect(suggestion).toMatchObject({ firstTier: 'county', outside: null });
      expect(suggestion.first).toMatch(/^yiyang/);
    }
    // What an alert says is what was known at its moment, also where later posts came in the same batch.
    expect(opened.rung).toBe('town');
    expect(opened.suggestion.because.join()).toContain('锦屏派出所主管');
    expect(opened.suggestion.because.join()).not.toContain('影响已到区县一级');
    const file = await running.incident(incident);
    expect(file.incident).toMatchObject({ kind: '谣言', needsCheck: true, region: '410327', rung: 'county' });
  });

  test('asking whether it is true says that nobody knows of a person in danger: nobody is sent out', async () => {
    const file = await running.incident(incident);
    expect(file.incident).toMatchObject({ lifeAtRisk: false, urgent: false });
    expect(screen.alerts.flatMap(({ suggestion }) => suggestion.then).filter(({ act }) => act === 'dispatch')).toEqual(
      [],
    );
  });

  test('told in other counties it steps up to the city, and the first word passes to an account of the city', async () => {
    await running.post(BEYOND);
    await running.app.flow.drained();
    await until(() => screen.alerts.at(-1)?.rung === 'city');
    const last = screen.alerts.at(-1)!;
    expect(last.incident).toBe(incident);
    expect(last.suggestion.firstTier).toBe('city');
    expect(last.suggestion.first).toMatch(/^ly/);
    expect(last.suggestion.because.join()).toContain('基层首发：影响已到市一级');
    const { first } = screen.alerts[0]!.suggestion;
    expect(last.suggestion.first).not.toBe(first);
    expect(await running.incidents()).toHaveLength(1);
  });

  test('each rung is dated, one above the one before it, and names posts that were there by then', async () => {
    const file = await running.incident(incident);
    const { steps } = file.incident;
    expect(steps.map(({ from, to }) => [from, to])).toEqual([
      [null, 'town'],
      ['town', 'county'],
      ['county', 'city'],
    ]);
    const sentAt = new Map(file.posts.map(({ id, time }) => [id, time]));
    for (const { at, evidence, because } of steps) {
      expect(because.join()).not.toBe('');
      expect(evidence.length).toBeGreaterThanOrEqual(3);
      for (const id of evidence) expect(sentAt.get(id)! <= at, `${id} of the step at ${at}`).toBe(true);
    }
    const inOtherCounties = file.posts.filter(({ region }) => region !== null && !region.startsWith('410327'));
    expect(steps[2]?.evidence.some((id) => inOtherCounties.some((post) => post.id === id))).toBe(true);
    expect(screen.alerts.map(({ at, rung }) => [at, rung])).toEqual(steps.map(({ at, to }) => [at, to]));
  });
});
