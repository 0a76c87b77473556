import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { regionCode } from '../pipelines/domain/region.ts';
import { buildMatrix } from '../pipelines/5-respond/matrix.ts';
import { openCases } from '../server/adapters/cases/sqlite-cases.ts';
import { readAccounts } from '../server/adapters/accounts/read-accounts.ts';
import { systemClock } from '../server/adapters/system-clock.ts';
import { CaseDesk } from '../server/case-desk.ts';
import { fireDue } from '../server/fire-due.ts';
import { heedSetBack } from '../server/heed-set-back.ts';
import { Timers } from '../server/jobs/timers.ts';
import { packageRoot } from '../server/package-root.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const TIMERS = 10_000;
/** Seconds. */
const BAR = 5;
const MINUTE = 60_000;

/** Clocks of 10,000 open files run out at the same moment: how long until the last is in its file, on disk. */
export async function benchTimers(report: Report): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'bench-timers-'));
  const startedAt = systemClock.now();
  let ahead = 0;
  const clock = { now: () => systemClock.now() + ahead };
  const accounts = readAccounts(join(packageRoot(), 'accounts', 'luoyang.json'));
  const matrix = buildMatrix(accounts, regionCode('410300'));
  const incidents = new Map(
    Array.from({ length: TIMERS }, (_, at) => [`i-${at}` as IncidentId, invented(at, startedAt)]),
  );
  const book = openCases(join(dir, 'cases.sqlite'), clock);
  book.appendAll(
    [...incidents.values()].map(({ id }) => ({
      incident: id,
      expected: 0,
      drafts: [
        {
          act: 'raised',
          starts: { firstPost: startedAt, firstSeen: startedAt },
          suggested: 'ly',
          at: startedAt,
          by: { kind: 'rule', rule: '立档' },
        },
      ],
    })),
  );
  const parts = {
    book,
    timers: book.timers,
    clock,
    matrix: () => matrix,
    incident: (id: IncidentId) => incidents.get(id),
  };
  const cases = new CaseDesk(parts);
  const dueAt =
    book.timers.due(Number.MAX_SAFE_INTEGER, TIMERS * 3).findLast(({ kind }) => kind === 'due')?.at ?? startedAt;
  const late: number[] = [];
  let longest = 0;
  const fire = (now: number): boolean => {
    const began = performance.now();
    const more = fireDue({ ...parts, cases }, now);
    longest = Math.max(longest, performance.now() - began);
    return more;
  };
  const timers = new Timers({
    ...parts,
    fire,
    onSetBack: (now) => heedSetBack(cases, now),
    log: { warn: (message) => process.stderr.write(`${message}\n`) },
  });
  await new Promise<void>((resolve) => {
    cases.listen((events) => {
      if (!events.some(({ act }) => act === 'overdue')) return;
      late.push(clock.now() - dueAt);
      if (late.length === TIMERS) resolve();
    });
    // From now on it is a second before all of them are due.
    ahead = dueAt - 1000 - systemClock.now();
    timers.start();
  });
  timers.stop();
  book.close();
  rmSync(dir, { recursive: true });
  const value = round(Math.max(...late) / 1000, 2);
  const note = `${TIMERS} overdue at once, each with its rule and take-over in its file; median ${round(percentile(late, 50) / 1000, 2)} s; ${machine()}`;
  report({
    bench: 'timers',
    name: 'last of 10,000 fired late by',
    value,
    unit: 's',
    bar: `≤ ${BAR}`,
    ok: value <= BAR,
    note,
  });
  report({ bench: 'timers', name: 'longest the server is held meanwhile', value: round(longest), unit: 'ms' });
}

const invented = (at: number, now: number): Incident => ({
  id: `i-${at}` as IncidentId,
  title: `小区${at}停暖`,
  region: regionCode('410305'),
  regionName: '河南省洛阳市涧西区',
  rung: 'county',
  heat: 20,
  terms: ['停暖'],
  kind: '投诉',
  need: '投诉',
  duty: at % 2 === 0 ? ['住建'] : [],
  urgent: false,
  lifeAtRisk: false,
  rumor: 0,
  firstPostAt: now - MINUTE,
  openedAt: now,
  lastPostAt: now,
  count: 3,
  copies: 4,
  steps: [],
  state: 'open',
});
