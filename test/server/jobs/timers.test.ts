import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Incident } from '../../../pipelines/domain/incident.ts';
import { AT_NINE, MINUTE, anIncident, doneAt, wordOf } from '../../seeds/cases.ts';
import { timedCases } from '../../seeds/timed-cases.ts';

const HOUR = 60 * MINUTE;
const HEATING = anIncident('heating');
const PLEA = anIncident('plea', { kind: '求助', need: '求助', urgent: true, lifeAtRisk: true });

let dir: string;
let now: number;
let opened: { close(): void }[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'timers-'));
  now = AT_NINE;
  opened = [];
});
afterEach(() => {
  for (const each of opened) each.close();
  rmSync(dir, { recursive: true });
});

function running(...incidents: Incident[]) {
  const parts = timedCases(dir, { now: () => now }, incidents);
  opened.push(parts);
  for (const incident of incidents) parts.cases.follow(incident);
  const told = (id: string) =>
    parts.cases.events(id as Incident['id']).flatMap((event) => {
      if (event.act === 'reminded')
        return [event.handoff === undefined ? event.when : `${event.when} of ${event.account}`];
      if (event.act === 'late') return [`late: ${event.account}`];
      return event.act === 'overdue' ? [`${event.act}→${event.next}`] : event.act === 'supervised' ? [event.act] : [];
    });
  const at = async (time: number) => {
    now = time;
    parts.timers.check();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { ...parts, told, at };
}

describe('a clock of 48 hours', () => {
  test('reminds at half time and at four fifths, and goes to the next tier when it is over, each once', async () => {
    const { at, told, cases } = running(HEATING);
    await at(AT_NINE + 24 * HOUR - 1);
    expect(told('heating')).toEqual([]);
    await at(AT_NINE + 24 * HOUR);
    await at(AT_NINE + 25 * HOUR);
    expect(told('heating')).toEqual(['half']);
    await at(AT_NINE + 38.4 * HOUR);
    await at(AT_NINE + 48 * HOUR);
    await at(AT_NINE + 59 * HOUR);
    expect(told('heating')).toEqual(['half', 'eighty', 'overdue→city', 'supervised']);
    expect(cases.state(HEATING.id)).toMatchObject({ owner: 'city', court: { account: 'city' } });
    expect(cases.suggestion(HEATING).then.map(({ act }) => act)).toContain('takeOver');
  });

  test('reminds nobody of an answer that was given, or of a file that is closed', async () => {
    const { at, told, cases } = running(HEATING);
    cases.act(HEATING.id, 1, doneAt(0, { act: 'answered', word: wordOf('jianxi', 0) }));
    await at(AT_NINE + 60 * HOUR);
    expect(told('heating')).toEqual([]);
  });

  test('overdue again it goes on, tier after tier, each with half the time, to the top of the matrix, and stops there', async () => {
    const { at, told, cases, book } = running(HEATING);
    await at(AT_NINE + 48 * HOUR);
    expect(cases.clockOf(cases.state(HEATING.id)!)?.turn).toMatchObject({ dueAt: AT_NINE + 72 * HOUR });
    await at(AT_NINE + 60 * HOUR);
    await at(AT_NINE + 67.2 * HOUR);
    await at(AT_NINE + 72 * HOUR - 1);
    expect(told('heating')).toEqual(['overdue→city', 'supervised', 'half', 'eighty']);
    await at(AT_NINE + 72 * HOUR);
    expect(cases.state(HEATING.id)).toMatchObject({ owner: 'ha', court: { account: 'ha' } });
    expect(cases.suggestion(HEATING).then.filter(({ act }) => act === 'takeOver')).toMatchObject([{ account: 'ha' }]);
    await at(AT_NINE + 96 * HOUR);
    await at(AT_NINE + 900 * HOUR);
    expect(told('heating').slice(4)).toEqual(['overdue→ha', 'overdue→null', 'supervised']);
    expect(book.timers.count()).toBe(0);
    expect(cases.events(HEATING.id).at(-2)?.why).toContain('没有可接管的上级账号');
    expect(cases.state(HEATING.id)).toMatchObject({ court: { account: 'ha' } });
  });

  test('who has it because a person said so is not told to take over from itself: it goes above them', async () => {
    const { at, told, cases } = running(HEATING);
    const chosen = { act: 'overridden', suggested: 'jianxi', chosen: 'city' } as const;
    cases.act(HEATING.id, 1, doneAt(0, chosen, { why: '涉及全市供热' }));
    await at(AT_NINE + 48 * HOUR);
    expect(told('heating')[0]).toBe('overdue→ha');
  });

  test('runs from the start that the office chose, and anew after a reopening', async () => {
    const { at, told, cases, book } = running(HEATING);
    now = AT_NINE + 20 * HOUR;
    const telling = doneAt(20 * 60, { act: 'notified', account: 'jianxi' });
    cases.act(HEATING.id, 1, telling);
    cases.act(HEATING.id, 2, doneAt(20 * 60, { act: 'clockChosen', start: 'notified' }));
    expect(book.timers.next()).toBe(AT_NINE + 44 * HOUR);
    now = AT_NINE + 43 * HOUR;
    cases.act(HEATING.id, 3, doneAt(43 * 60, { act: 'answered', word: wordOf('jianxi', 43 * 60) }));
    expect(book.timers.count()).toBe(0);
    cases.act(HEATING.id, 4, doneAt(43 * 60, { act: 'citizenSaid', solved: false }, { by: { kind: 'citizen' } }));
    expect(cases.state(HEATING.id)).toMatchObject({ status: 'reopened', round: { n: 2 } });
    await at(AT_NINE + 67 * HOUR);
    expect(told('heating')).toEqual(['half']);
  });

  test('becomes 5 hours once a person grades it 重大, with the briefing beside it', () => {
    const { cases, book } = running(HEATING);
    cases.act(HEATING.id, 1, doneAt(0, { act: 'graded', grade: '重大' }, { why: '市应急预案' }));
    expect(book.timers.next()).toBe(AT_NINE + 2.5 * HOUR);
    const state = cases.state(HEATING.id)!;
    expect(cases.clockOf(state)).toMatchObject({ dueAt: AT_NINE + 5 * HOUR, briefingAt: AT_NINE + 24 * HOUR });
  });
});

test('a life at risk has a quarter of an hour, and the dispatch meets it', async () => {
  const { at, told, cases, book } = running(PLEA, HEATING);
  expect(book.timers.next()).toBe(AT_NINE + 7.5 * MINUTE);
  now = AT_NINE + 3 * MINUTE;
  const plea = 'p' as PostId;
  expect(cases.act(PLEA.id, 1, doneAt(3, { act: 'dispatched', to: ['jianxi', 'city'], plea }))).toHaveProperty('kept');
  await at(AT_NINE + HOUR);
  expect(told('plea')).toEqual([]);
  expect(cases.clockOf(cases.state(PLEA.id)!)).toMatchObject({
    stoppedAt: AT_NINE + 3 * MINUTE,
    stoppedBy: 'dispatched',
  });
});

test('what came due while nothing ran fires at the start, and only the last of it', async () => {
  running(HEATING).close();
  now = AT_NINE + 50 * HOUR;
  const { at, told } = running(HEATING);
  await at(now);
  expect(told('heating')).toEqual(['overdue→city', 'supervised']);
});

test('a tier that takes over late has its own time all the same: nothing climbs to the top at once after a long stop', async () => {
  running(HEATING).close();
  now = AT_NINE + 500 * HOUR;
  const { at, told } = running(HEATING);
  await at(now);
  await at(now + 24 * HOUR - 1);
  expect(told('heating').filter((act) => act.startsWith('overdue'))).toEqual(['overdue→city']);
  await at(now + 1);
  expect(told('heating').filter((act) => act.startsWith('overdue'))).toEqual(['overdue→city', 'overdue→ha']);
});

test.each([
  ['while it runs', false],
  ['while it was stopped', true],
])('a clock that stood far ahead and is set back %s does not stop the next tier', async (_, isStopped) => {
  const first = running(HEATING);
  first.timers.start();
  await first.at(AT_NINE + 10_000 * HOUR);
  expect(first.told('heating')).toEqual(['overdue→city', 'supervised']);
  first.timers.stop();
  if (isStopped) first.close();
  now = AT_NINE + 50 * HOUR;
  const { at, told, cases } = isStopped ? running(HEATING) : first;
  await at(now);
  expect(cases.events(HEATING.id).at(-1)).toMatchObject({ act: 'commented', by: { rule: '时钟拨回' } });
  await at(AT_NINE + 74 * HOUR - 1);
  expect(told('heating')).not.toContain('overdue→ha');
  await at(AT_NINE + 74 * HOUR);
  expect(told('heating')).toContain('overdue→ha');
});

test('a clock set back fires nothing twice, one set forward fires at once', async () => {
  const { at, told } = running(HEATING);
  await at(AT_NINE + 24 * HOUR);
  await at(AT_NINE);
  await at(AT_NINE + 24 * HOUR);
  expect(told('heating')).toEqual(['half']);
  await at(AT_NINE + 1_000 * HOUR);
  expect(told('heating')).toEqual(['half', 'overdue→city', 'supervised']);
});

describe('the minutes of a hand-off', () => {
  const asked = (account: string, minute: number, minutes?: number) =>
    doneAt(minute, { act: 'assigned', account, mode: 'whistle', ...(minutes === undefined ? {} : { minutes }) });

  test('its unit is reminded at half and at four fifths and is late at the end, each once; the ball stays, and the clock of the whole file runs on', async () => {
    const { at, told, cases } = running(HEATING);
    cases.act(HEATING.id, 1, doneAt(0, { act: 'assigned', account: 'city', mode: 'assign', minutes: 30 }));
    await at(AT_NINE + 15 * MINUTE - 1);
    expect(told('heating')).toEqual([]);
    await at(AT_NINE + 15 * MINUTE);
    await at(AT_NINE + 16 * MINUTE);
    expect(told('heating')).toEqual(['half of city']);
    await at(AT_NINE + 24 * MINUTE);
    await at(AT_NINE + 30 * MINUTE);
    await at(AT_NINE + 40 * MINUTE);
    expect(told('heating')).toEqual(['half of city', 'eighty of city', 'late: city']);
    expect(cases.state(HEATING.id)).toMatchObject({
      court: { account: 'city' },
      overdue: [],
      reminded: [],
      handoffs: [{ account: 'city', state: 'open', late: { at: AT_NINE + 30 * MINUTE } }],
    });
    await at(AT_NINE + 24 * HOUR);
    expect(told('heating').slice(3)).toEqual(['half']);
  });

  test('accepting gives nothing back, so they run on; the facts stop them, and a public answer of another does not', async () => {
    const { at, told, cases } = running(HEATING);
    cases.act(HEATING.id, 1, asked('city', 0, 30));
    cases.act(HEATING.id, 2, doneAt(1, { act: 'accepted', account: 'city' }));
    now = AT_NINE + 2 * MINUTE;
    cases.act(HEATING.id, 3, doneAt(2, { act: 'answered', word: wordOf('jianxi', 2) }));
    await at(AT_NINE + 16 * MINUTE);
    expect(told('heating')).toEqual(['half of city']);
    cases.act(HEATING.id, 5, doneAt(16, { act: 'factsGiven', account: 'city', text: '阀门已换' }));
    await at(AT_NINE + 60 * MINUTE);
    expect(told('heating')).toEqual(['half of city']);
  });

  test('several are asked at once, each runs by its own', async () => {
    const { at, told, cases, book } = running(HEATING);
    cases.act(HEATING.id, 1, asked('city', 0, 30));
    cases.act(HEATING.id, 2, asked('ha', 0, 10));
    expect(book.timers.next()).toBe(AT_NINE + 5 * MINUTE);
    await at(AT_NINE + 15 * MINUTE);
    expect(told('heating').sort()).toEqual(['half of city', 'late: ha']);
  });

  test('what came due while nothing ran is said once at the start, and only the last of it', async () => {
    const first = running(HEATING);
    first.cases.act(HEATING.id, 1, asked('city', 0, 30));
    first.close();
    now = AT_NINE + 50 * MINUTE;
    const again = running(HEATING);
    await again.at(now);
    expect(again.told('heating')).toEqual(['late: city']);
    expect(again.cases.events(HEATING.id).at(-1)?.why).toContain('晚记20分钟');
    again.close();
    const { at, told } = running(HEATING);
    await at(now + HOUR);
    expect(told('heating')).toEqual(['late: city']);
  });

  test('the tier above takes over in the same moment: late is said, no reminder is, and nothing of it fires after', async () => {
    const { at, told, cases } = running(HEATING);
    now = AT_NINE + 47 * HOUR;
    cases.act(HEATING.id, 1, asked('city', 47 * 60, 30));
    cases.act(HEATING.id, 2, asked('ha', 47 * 60, 110));
    await at(AT_NINE + 49 * HOUR - 20 * MINUTE);
    await at(AT_NINE + 60 * HOUR - 1);
    expect(told('heating')).toEqual(['late: city', 'overdue→city', 'supervised']);
  });

  test('a phone that was away takes nothing from the unit: they run from when the hand-off came in', async () => {
    const { cases, book } = running(HEATING);
    now = AT_NINE + 3 * HOUR;
    cases.act(HEATING.id, 1, asked('city', 60, 30));
    expect(book.timers.next()).toBe(now + 15 * MINUTE);
  });

  test('a hand-off without minutes, taken back, or of a closed file fires nothing', async () => {
    const { at, told, cases } = running(HEATING);
    cases.act(HEATING.id, 1, asked('ha', 0));
    cases.act(HEATING.id, 2, asked('city', 1, 30));
    cases.act(HEATING.id, 3, doneAt(2, { act: 'undone', of: 3 }));
    await at(AT_NINE + 2 * HOUR);
    cases.act(HEATING.id, 4, asked('city', 120, 30));
    cases.act(HEATING.id, 5, doneAt(121, { act: 'closed', outcome: 'duplicate' }, { why: '另有一件' }));
    await at(AT_NINE + 5 * HOUR);
    expect(told('heating')).toEqual([]);
  });

  test('a clock that stood far ahead when it was handed over is set back: they begin anew', async () => {
    const first = running(HEATING);
    first.timers.start();
    now = AT_NINE + 40 * HOUR;
    first.timers.check();
    first.cases.act(HEATING.id, 2, asked('city', 40 * 60, 30));
    await first.at(AT_NINE + HOUR);
    first.timers.stop();
    expect(first.cases.events(HEATING.id).at(-1)).toMatchObject({ by: { rule: '时钟拨回' } });
    await first.at(AT_NINE + HOUR + 30 * MINUTE);
    expect(first.told('heating')).toContain('late: city');
  });

  test('the auditor finds the reminder of a hand-off that nobody sent, beside that of the file', async () => {
    const { audit, missed, book, cases, at } = running(HEATING);
    cases.act(HEATING.id, 1, asked('city', 0, 30));
    book.timers.set(new Map([[HEATING.id, []]]));
    await at(AT_NINE + 24 * HOUR + 30_000);
    await audit.look();
    await audit.look();
    expect(missed.sort()).toEqual(['heating due', 'heating half']);
  });
});

describe('the auditor', () => {
  test('finds a timer that nobody set, says so once, and is silent where all fired', async () => {
    const { audit, missed, warnings, book, at } = running(HEATING);
    await audit.look();
    // As if the shelf had been lost, or the job had died.
    book.timers.set(new Map([[HEATING.id, []]]));
    await at(AT_NINE + 24 * HOUR + 9_000);
    expect(await audit.look()).toEqual([]);
    await at(AT_NINE + 24 * HOUR + 30_000);
    await audit.look();
    await audit.look();
    expect(missed).toEqual(['heating half']);
    expect(warnings).toEqual(['a timer was missed: half of heating, 30 s ago']);
  });

  test('has nothing to say of timers that fired', async () => {
    const { audit, missed, at } = running(HEATING);
    await at(AT_NINE + 24 * HOUR);
    now += MINUTE;
    await audit.look();
    expect(missed).toEqual([]);
  });
});
