import { expect, test } from 'vitest';
import { weekOf } from '../../../pipelines/domain/week.ts';
import { WeeklyReport } from '../../../server/jobs/weekly-report.ts';

const WEEK = weekOf('2026-W47');
const HOUR = 3_600_000;

/** A Monday at `hour`; the shelf keeps what was made. */
function aMonday(hour: number, hasData: boolean) {
  const made: string[] = [];
  const said: string[] = [];
  const job = new WeeklyReport({
    clock: { now: () => WEEK.to + hour * HOUR },
    shelf: { get: ({ week }: { week: string }) => (made.includes(week) ? {} : undefined) } as never,
    make: (week) => Promise.resolve(made.push(week)),
    hasData: ({ id }) => Promise.resolve(hasData && id === WEEK.id),
    ready: () => true,
    log: { info: (line) => said.push(line), warn: (line) => said.push(line) },
  });
  return { job, made, said };
}

test('on Monday from 8:00 on the report of the last week is made, once', async () => {
  const early = aMonday(7.9, true);
  await early.job.look();
  expect(early.made).toEqual([]);
  const { job, made } = aMonday(8, true);
  await job.look();
  await job.look();
  expect(made).toEqual(['2026-W47']);
});

test('no report is made of a week from before the server had any data, and nothing is complained of', async () => {
  const { job, made, said } = aMonday(9, false);
  await job.look();
  expect([made, said]).toEqual([[], []]);
});
