import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BEYOND, IN_YIYANG } from './child-rumor.ts';
import { everydayTalk, runApp, until, type RunningApp, type ScreenSeen } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.close());

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
