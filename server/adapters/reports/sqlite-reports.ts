import type { RegionCode } from '../../../pipelines/domain/region.ts';
import type { Comment, Report } from '../../../pipelines/domain/report.ts';
import type { ReportKey, ReportShelf, ReportVersion } from '../../../pipelines/ports/report-shelf.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** `of` is a region's code, empty for the whole deployment. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS kept_report (week TEXT NOT NULL, of TEXT NOT NULL, version INTEGER NOT NULL, made_at INTEGER NOT NULL,
    made_by TEXT NOT NULL, signed_by TEXT, signed_at INTEGER, body TEXT NOT NULL, PRIMARY KEY (of, week, version)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS kept_comment (n INTEGER PRIMARY KEY, week TEXT NOT NULL, of TEXT NOT NULL, slot TEXT NOT NULL,
    text TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE INDEX IF NOT EXISTS kept_comment_by_week ON kept_comment (of, week, n);
  CREATE TRIGGER IF NOT EXISTS kept_report_stays BEFORE UPDATE OF week, of, version, made_at, made_by, body ON kept_report
    BEGIN SELECT RAISE(ABORT, 'a report is never changed: make another version'); END;
`;

interface Row {
  week: string;
  of: string;
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
  of: row.of === '' ? null : (row.of as RegionCode),
  version: row.version as number,
  madeAt: row.made_at as number,
  madeBy: row.made_by as string,
  signed:
    row.signed_by === null || row.signed_at === null
      ? null
      : { by: row.signed_by as string, at: row.signed_at as number },
});

const ABOUT = 'week, of, version, made_at, made_by, signed_by, signed_at';

/** Reports in one SQLite file. @throws Error where the file can't be opened. */
export function openReports(path: string): ReportShelf {
  const db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  bringOver(db);
  const last = db.prepare<{ version: number | null }>(
    'SELECT max(version) AS version FROM kept_report WHERE week = ? AND of = ?',
  );
  const put = db.prepare(
    'INSERT INTO kept_report (week, of, version, made_at, made_by, signed_by, signed_at, body) VALUES (?, ?, ?, ?, ?, NULL, NULL, ?)',
  );
  const page = db.prepare<Row>(
    `SELECT ${ABOUT} FROM kept_report WHERE of = ? ORDER BY week DESC, version DESC LIMIT ?`,
  );
  const one = db.prepare<Row>(`SELECT ${ABOUT}, body FROM kept_report WHERE week = ? AND of = ? AND version = ?`);
  const sign = db.prepare(
    'UPDATE kept_report SET signed_by = ?, signed_at = ? WHERE week = ? AND of = ? AND version = ? AND signed_by IS NULL',
  );
  const write = db.prepare('INSERT INTO kept_comment (week, of, slot, text, by, at) VALUES (?, ?, ?, ?, ?, ?)');
  const written = db.prepare<{ slot: string; text: string; by: string; at: number }>(
    'SELECT slot, text, by, at FROM kept_comment WHERE week = ? AND of = ? ORDER BY n',
  );
  const keyOf = ({ week, of }: ReportKey): [string, string] => [week, of ?? ''];
  return {
    add(report: Report, madeBy) {
      return db.transaction(() => {
        const key = { week: report.week.id, of: report.of };
        const version = (last.get(...keyOf(key))?.version ?? 0) + 1;
        put.run(...keyOf(key), version, report.madeAt, madeBy, JSON.stringify(report));
        return { ...key, version, madeAt: report.madeAt, madeBy, signed: null };
      });
    },
    list: (of, limit) => page.all(of ?? '', limit).map(aboutOf),
    get(key, version) {
      const wanted = version ?? last.get(...keyOf(key))?.version ?? 0;
      const row = one.get(...keyOf(key), wanted);
      if (row === undefined) return undefined;
      const about = aboutOf(row);
      return { about, report: { ...(JSON.parse(row.body) as Report), of: about.of } };
    },
    sign: (key, version, by, at) => Number(sign.run(by, at, ...keyOf(key), version).changes) === 1,
    comment(key, { slot, text, by, at }) {
      write.run(...keyOf(key), slot, text, by, at);
    },
    comments(key) {
      const bySlot = new Map<string, Comment>(
        written.all(...keyOf(key)).map((comment) => [comment.slot, { ...comment }]),
      );
      return [...bySlot.values()].filter(({ text }) => text !== '');
    },
    close: () => db.close(),
  };
}

/** Shelves of earlier versions knew only reports of the whole deployment; what is on them is taken over, once. */
function bringOver(db: Db): void {
  const old = db.prepare<{ n: number }>("SELECT count(*) AS n FROM sqlite_master WHERE name = 'report'").get();
  if (old?.n !== 1) return;
  db.transaction(() => {
    db.exec(`
      INSERT INTO kept_report (week, of, version, made_at, made_by, signed_by, signed_at, body)
        SELECT week, '', version, made_at, made_by, signed_by, signed_at, body FROM report;
      INSERT INTO kept_comment (week, of, slot, text, by, at) SELECT week, '', slot, text, by, at FROM comment ORDER BY n;
      DROP TABLE report;
      DROP TABLE comment;
    `);
  });
}
