import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { composeReport } from '../../../pipelines/6-report/compose-report.ts';
import type { ReportShelf } from '../../../pipelines/ports/report-shelf.ts';
import { openReports } from '../../../server/adapters/reports/sqlite-reports.ts';
import { weekFacts } from '../../seeds/week-facts.ts';

const REPORT = composeReport(weekFacts());
const KEY = { week: '2026-W47', of: null };

describe('the shelf of reports', () => {
  let dir: string;
  let shelf: ReportShelf;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'wenbida-reports-'));
    shelf = openReports(join(dir, 'reports.sqlite'));
  });
  afterEach(() => {
    shelf.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test('keeps every version as it was made, newest first', () => {
    expect(shelf.get(KEY)).toBeUndefined();
    expect(shelf.add(REPORT, '日程').version).toBe(1);
    expect(shelf.add({ ...REPORT, title: '改过' }, '王值班').version).toBe(2);
    expect(shelf.get(KEY)?.report.title).toBe('改过');
    expect(shelf.get(KEY, 1)?.report).toEqual(JSON.parse(JSON.stringify(REPORT)));
    expect(shelf.list(null, 10).map(({ version, madeBy }) => [version, madeBy])).toEqual([
      [2, '王值班'],
      [1, '日程'],
    ]);
  });

  test('a version is signed once, and the next one is a draft again', () => {
    shelf.add(REPORT, '日程');
    expect(shelf.sign(KEY, 1, '李主任', 5)).toBe(true);
    expect(shelf.sign(KEY, 1, '别人', 6)).toBe(false);
    expect(shelf.sign(KEY, 9, '李主任', 6)).toBe(false);
    expect(shelf.get(KEY)?.about.signed).toEqual({ by: '李主任', at: 5 });
    shelf.add(REPORT, '日程');
    expect(shelf.get(KEY)?.about.signed).toBeNull();
  });

  test('comments stand beside the numbers, the newest of each place, over all versions', () => {
    shelf.comment(KEY, { slot: 'summary', text: '初稿', by: '甲', at: 1 });
    shelf.comment(KEY, { slot: 'summary', text: '定稿', by: '乙', at: 2 });
    shelf.comment(KEY, { slot: 'ahead', text: '下周高考', by: '甲', at: 3 });
    shelf.comment(KEY, { slot: 'ahead', text: '', by: '甲', at: 4 });
    expect(shelf.comments(KEY)).toEqual([{ slot: 'summary', text: '定稿', by: '乙', at: 2 }]);
  });
});
