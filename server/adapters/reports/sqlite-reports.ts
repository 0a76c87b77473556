import type { Comment, Report } from '../../../pipelines/domain/report.ts';
import type { ReportShelf, ReportVersion } from '../../../pipelines/ports/report-shelf.ts';
import { openDb } from '../sqlite/open-db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS report (week TEXT NOT NULL, version INTEGER NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL,
    signed_by TEXT, signed_at INTEGER, body TEXT NOT NULL, PRIMARY KEY (week, version)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS comment (n INTEGER PRIMARY KEY, week TEXT NOT NULL, slot TEXT NOT NULL, text TEXT NOT NULL,
    by TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS comment_by_week ON comment (week, n);
  CREATE TRIGGER IF NOT EXISTS report_stays BEFORE UPDATE OF week, version, made_at, made_by, body ON report
    BEGIN SELECT RAISE(ABORT, 'a report is never changed: make another version'); END;
`;

interface Row {
  week: string;
  version: number;
  made_at: number;
  made_by: string;
  signed_by: string | null;
  signed_at: number | null;
  body: string;
  [column: string]: string | number | null;
}

const aboutOf = (row: Omit<Row, 'body'>): ReportVersion => ({
  week: row.week as string,
  version: row.version as number,
  madeAt: row.made_at as number,
  madeBy: row.made_by as string,
  signed:
    row.signed_by === null || row.signed_at === null
      ? null
      : { by: row.signed_by as string, at: row.signed_at as number },
});

const ABOUT = 'week, version, made_at, made_by, signed_by, signed_at';

/** Reports in one SQLite file. @throws Error where the file can't be opened. */
export function openReports(path: string): ReportShelf {
  const db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  const last = db.prepare<{ version: number | null }>('SELECT max(version) AS version FROM report WHERE week = ?');
  const put = db.prepare(
    'INSERT INTO report (week, version, made_at, made_by, signed_by, signed_at, body) VALUES (?, ?, ?, ?, NULL, NULL, ?)',
  );
  const page = db.prepare<Row>(`SELECT ${ABOUT} FROM report ORDER BY week DESC, version DESC LIMIT ?`);
  const one = db.prepare<Row>(`SELECT ${ABOUT}, body FROM report WHERE week = ? AND version = ?`);
  const sign = db.prepare(
    'UPDATE report SET signed_by = ?, signed_at = ? WHERE week = ? AND version = ? AND signed_by IS NULL',
  );
  const write = db.prepare('INSERT INTO comment (week, slot, text, by, at) VALUES (?, ?, ?, ?, ?)');
  const written = db.prepare<{ slot: string; text: string; by: string; at: number }>(
    'SELECT slot, text, by, at FROM comment WHERE week = ? ORDER BY n',
  );
  return {
    add(report: Report, madeBy) {
      return db.transaction(() => {
        const version = (last.get(report.week.id)?.version ?? 0) + 1;
        put.run(report.week.id, version, report.madeAt, madeBy, JSON.stringify(report));
        return { week: report.week.id, version, madeAt: report.madeAt, madeBy, signed: null };
      });
    },
    list: (limit) => page.all(limit).map(aboutOf),
    get(week, version) {
      const wanted = version ?? last.get(week)?.version ?? 0;
      const row = one.get(week, wanted);
      return row === undefined ? undefined : { about: aboutOf(row), report: JSON.parse(row.body) as Report };
    },
    sign: (week, version, by, at) => Number(sign.run(by, at, week, version).changes) === 1,
    comment(week, { slot, text, by, at }) {
      write.run(week, slot, text, by, at);
    },
    comments(week) {
      const bySlot = new Map<string, Comment>(written.all(week).map((comment) => [comment.slot, { ...comment }]));
      return [...bySlot.values()].filter(({ text }) => text !== '');
    },
    close: () => db.close(),
  };
}
