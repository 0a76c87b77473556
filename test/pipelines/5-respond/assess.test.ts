import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CaseDraft, CaseEvent } from '../../../pipelines/domain/case-event.ts';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import { assess, ASSESSMENT_RULES, type AssessedFile } from '../../../pipelines/5-respond/assess.ts';
import { checkHealth } from '../../../pipelines/5-respond/check-health.ts';
import { foldCase } from '../../../pipelines/5-respond/fold-case.ts';
import { dutyTime } from '../../../pipelines/5-respond/duty-time.ts';
import { anAccount, AT_NINE, doneAt, filed, MINUTE, raised, wordOf } from '../../seeds/cases.ts';

const LIMIT = 300;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const accounts = [
  anAccount('city', { tier: 'city', unit: '市局' }),
  anAccount('jianxi', { unit: '涧西分局' }),
  anAccount('town', { tier: 'town', unit: '长安路派出所' }),
];
const period = { from: AT_NINE - DAY, to: AT_NINE + 7 * DAY, now: AT_NINE + 6 * DAY };

let serial = 0;
const fileOf = (drafts: readonly CaseDraft[], more: Partial<AssessedFile> = {}): AssessedFile => {
  const events: readonly CaseEvent[] = filed(drafts, `i-${++serial}` as IncidentId);
  return { state: foldCase(events)!, minutes: LIMIT, lifeAtRisk: false, ...more };
};
const answeredAt = (minute: number, account = 'jianxi'): CaseDraft =>
  doneAt(minute, { act: 'answered', word: wordOf(account, minute) });
const closedAt = (minute: number, outcome: 'solved' | 'explained' = 'solved'): CaseDraft =>
  doneAt(minute, { act: 'closed', outcome });
const of = (unit: string, files: readonly AssessedFile[]) =>
  assess(files, accounts, period).find((each) => each.unit === unit)!;

describe('on time', () => {
  test('is closed in time ÷ (closed + overdue and open): what lies about counts against it', () => {
    const files = [
      ...[60, 120, 299].map((minute) => fileOf([raised(), answeredAt(30), closedAt(minute)])),
      fileOf([raised(), answeredAt(30), closedAt(301)]),
      ...[0, 0].map(() => fileOf([raised()])),
    ];
    expect(of('涧西分局', files).onTime).toMatchObject({ of: 3, n: 6, rate: 0.5 });
  });

  test('whatever is in it: a rate is a share of its n, its incidents are its figures, and one more overdue file never raises it', () => {
    const one = fc.record({
      answered: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
      closes: fc.option(fc.integer({ min: 601, max: 900 }), { nil: undefined }),
      solved: fc.boolean(),
      early: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), (many) => {
        const files = many.map(({ answered, closes, solved, early }) =>
          fileOf([
            raised(),
            ...(answered === undefined ? [] : [answeredAt(answered)]),
            ...(closes === undefined
              ? []
              : [closedAt(early ? Math.min(closes, 250) : closes, solved ? 'solved' : 'explained')]),
          ]),
        );
        const unit = of('涧西分局', files);
        for (const rate of [unit.orderly, unit.accepted, unit.answered, unit.onTime, unit.solved, unit.satisfied]) {
          expect(rate.counted).toHaveLength(rate.of);
          expect(rate.rest).toHaveLength(rate.n - rate.of);
          expect(rate.rate).toBe(rate.n < ASSESSMENT_RULES.least ? null : rate.of / rate.n);
        }
        // Everything began long ago: it is closed or overdue, answered or overdue, so nothing falls out of the count.
        expect(unit.onTime.n).toBe(files.length);
        expect(unit.answered.n).toBe(files.length);
        const worse = of('涧西分局', [...files, fileOf([raised()])]);
        expect(worse.onTime.of).toBe(unit.onTime.of);
        if (unit.onTime.rate !== null) expect(worse.onTime.rate).toBeLessThanOrEqual(unit.onTime.rate);
      }),
      { numRuns: 50 },
    );
  });

  test('below five there is no rate, and one file tops nothing', () => {
    const files = [fileOf([raised(), answeredAt(10), closedAt(20)])];
    expect(of('涧西分局', files).onTime).toMatchObject({ of: 1, n: 1, rate: null });
    expect(of('涧西分局', files).firstAnswerTime).toMatchObject({ n: 1, median: null });
  });

  test('an answer is not a closing: first answers have their own time', () => {
    const files = [10, 20, 30, 40, 50].map((minute) =>
      fileOf([raised(), answeredAt(minute), closedAt(minute + 1_000)]),
    );
    const unit = of('涧西分局', files);
    expect(unit.firstAnswerTime).toMatchObject({ n: 5, median: 30 * MINUTE });
    expect(unit.onTime).toMatchObject({ of: 0, n: 5, rate: 0 });
    expect(unit.answered).toMatchObject({ of: 5, n: 5, rate: 1 });
  });

  test('who let it run out answers for it also after the tier above took over', () => {
    const taken = fileOf([
      raised(),
      doneAt(LIMIT, { act: 'overdue', account: 'jianxi', next: 'city' }),
      answeredAt(LIMIT + 20, 'city'),
      closedAt(LIMIT + 40),
    ]);
    expect(of('涧西分局', [taken])).toMatchObject({ answered: { of: 0, n: 1 }, onTime: { of: 0, n: 1 } });
    expect(of('市局', [taken])).toMatchObject({ answered: { of: 1, n: 1 }, onTime: { of: 1, n: 1 } });
  });
});

describe('the order of the words', () => {
  const relayed = (minute: number, account: string, first = 2): CaseDraft =>
    doneAt(minute, { act: 'relayed', word: wordOf(account, minute), of: first });

  test('grass roots first and the upper tier relays: in order', () => {
    const files = [fileOf([raised(), answeredAt(10), relayed(20, 'city')])];
    expect(of('涧西分局', files).orderly).toMatchObject({ of: 1, n: 1 });
    expect(of('市局', files).orderly).toMatchObject({ of: 1, n: 1 });
  });

  test('the upper tier speaks first without its turn, or beside the word that stands: out of order', () => {
    expect(of('市局', [fileOf([raised(), answeredAt(10, 'city')])]).orderly).toMatchObject({ of: 0, n: 1 });
    const beside = fileOf([raised(), answeredAt(10), answeredAt(20, 'city')]);
    expect(of('市局', [beside]).orderly).toMatchObject({ of: 0, n: 1 });
    expect(of('涧西分局', [beside]).orderly).toMatchObject({ of: 1, n: 1 });
  });

  test('a lower tier that speaks first is in order, and so is who took over', () => {
    expect(of('长安路派出所', [fileOf([raised(), answeredAt(10, 'town')])]).orderly).toMatchObject({ of: 1, n: 1 });
    const took = fileOf([
      raised(),
      doneAt(LIMIT, { act: 'overdue', account: 'jianxi', next: 'city' }),
      answeredAt(LIMIT + 5, 'city'),
    ]);
    expect(of('市局', [took]).orderly).toMatchObject({ of: 1, n: 1 });
  });
});

describe('working together and with citizens', () => {
  const assigned = (minute: number): CaseDraft => doneAt(minute, { act: 'assigned', account: 'town', mode: 'assign' });

  test('hand-offs are accepted or refused; those that wait are neither', () => {
    const unit = of('长安路派出所', [
      fileOf([raised(), assigned(5), doneAt(15, { act: 'accepted', account: 'town' })]),
      fileOf([
        raised(),
        assigned(5),
        doneAt(9, { act: 'refused', account: 'town', next: 'jianxi' }, { why: '不在辖区' }),
      ]),
      fileOf([raised(), assigned(5)]),
    ]);
    expect(unit.accepted).toMatchObject({ of: 1, n: 2, rate: null });
    expect(unit.open).toHaveLength(1);
  });

  test('the night is nobody’s delay, unless a life is at risk', () => {
    const overnight = [assigned(30), doneAt(11 * 60, { act: 'accepted', account: 'town' })];
    const five = (more: Partial<AssessedFile>) =>
      Array.from({ length: 5 }, () => fileOf([raised(), ...overnight], more));
    // Asked at 21:30, accepted at 8:00: half an hour before ten and one hour after seven.
    expect(of('长安路派出所', five({})).acceptTime.median).toBe(1.5 * HOUR);
    expect(of('长安路派出所', five({ lifeAtRisk: true })).acceptTime.median).toBe(10.5 * HOUR);
  });

  test('nobody takes part: fails, and says so; nothing answered: nothing to take part in', () => {
    const said = (solved: boolean, minute = 40): CaseDraft =>
      doneAt(minute, { act: 'citizenSaid', solved }, { by: { kind: 'citizen' } });
    expect(of('涧西分局', [fileOf([raised(), answeredAt(10)])]).participation).toEqual({
      voices: 0,
      answers: 1,
      fails: true,
    });
    expect(of('涧西分局', [fileOf([raised()])]).participation.fails).toBeNull();
    const unit = of('涧西分局', [
      fileOf([raised(), answeredAt(10), said(false), said(true, 50)]),
      fileOf([raised(), answeredAt(10), said(false)]),
    ]);
    expect(unit.participation).toEqual({ voices: 3, answers: 2, fails: false });
    expect(unit.satisfied).toMatchObject({ of: 1, n: 2 });
  });

  test('units stand in the order of the matrix, however well each did', () => {
    const good = Array.from({ length: 6 }, () => fileOf([raised('town'), answeredAt(10, 'town'), closedAt(20)]));
    const bad = Array.from({ length: 6 }, () => fileOf([raised('city')]));
    const units = (files: readonly AssessedFile[]) => assess(files, accounts, period).map(({ unit }) => unit);
    expect(units([...good, ...bad])).toEqual(['市局', '涧西分局', '长安路派出所']);
    expect(units([])).toEqual(units(good));
  });
});

describe('time on duty', () => {
  const moment = fc.integer({ min: AT_NINE - 30 * DAY, max: AT_NINE + 30 * DAY });
  const quiet = fc.record({ from: fc.integer({ min: 0, max: 23 }), to: fc.integer({ min: 0, max: 23 }) });

  test('adds up, is never longer than the time itself, and a day has 24 h less the quiet ones', () => {
    fc.assert(
      fc.property(moment, moment, moment, quiet, (a, b, c, hours) => {
        const [from, middle, to] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        expect(dutyTime(from, middle, hours) + dutyTime(middle, to, hours)).toBe(dutyTime(from, to, hours));
        expect(dutyTime(from, to, hours)).toBeLessThanOrEqual(to - from);
        expect(dutyTime(from, to, hours)).toBeGreaterThanOrEqual(0);
        const long = hours.from <= hours.to ? hours.to - hours.from : 24 - hours.from + hours.to;
        expect(dutyTime(from, from + DAY, hours)).toBe(DAY - long * HOUR);
      }),
    );
  });
});

describe('the health of an account', () => {
  const health = (files: readonly AssessedFile[], now: number) =>
    new Map(checkHealth(files, accounts, now).map((each) => [each.account, each]));
  const veto = (files: readonly AssessedFile[], now: number, item: string) =>
    health(files, now)
      .get('jianxi')!
      .vetoes.find((each) => each.item === item)!;

  test('silent for more than two weeks fails; never seen is unknown and does not pass', () => {
    const files = [fileOf([raised(), answeredAt(10)])];
    expect(veto(files, AT_NINE + 3 * DAY, 'stale').state).toBe('passes');
    expect(veto(files, AT_NINE + 12 * DAY, 'stale').state).toBe('warns');
    expect(veto(files, AT_NINE + 16 * DAY, 'stale')).toMatchObject({
      state: 'fails',
      because: '档案里已15天没有它的发布，超过14天',
    });
    expect(veto([], AT_NINE, 'stale').state).toBe('unknown');
  });

  test('the oldest unanswered file is named; overdue warns, three months fail', () => {
    const files = [fileOf([raised()]), fileOf([raised(), answeredAt(5)])];
    const own = health(files, AT_NINE + 2 * DAY).get('jianxi')!;
    expect(own.oldest).toEqual({ incident: files[0]!.state.incident, since: AT_NINE, days: 2 });
    expect(veto(files, AT_NINE + MINUTE, 'unanswered').state).toBe('passes');
    expect(veto(files, AT_NINE + DAY, 'unanswered').state).toBe('warns');
    expect(veto(files, AT_NINE + 91 * DAY, 'unanswered').state).toBe('fails');
  });

  test('what the program cannot see it does not pass', () => {
    expect(veto([], AT_NINE, 'security').state).toBe('unknown');
    expect(veto([], AT_NINE, 'bought').because).toBe('本系统不统计粉丝、点赞和转发量');
  });
});
