import { createHmac } from 'node:crypto';
import type { AuditEntry, AuditHead, AuditLog, AuditRow, Verdict } from '../../../pipelines/ports/audit-log.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** The triggers keep this program's own mistakes out; the chain finds everybody else's hand. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS audit (n INTEGER PRIMARY KEY, body TEXT NOT NULL, hash TEXT NOT NULL);
  CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'a line of the trail is never changed'); END;
  CREATE TRIGGER IF NOT EXISTS audit_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'a line of the trail is never removed'); END;
`;

interface Row {
  n: number;
  body: string;
  hash: string;
  [column: string]: number | string;
}

const BEGINNING: AuditHead = { n: 0, hash: '0'.repeat(64) };
const PAGE = 1_000;

/** The trail in one SQLite file. `key`: 32 bytes that lie elsewhere. @throws Error where the file can't be opened */
export function openAudit(path: string, key: Buffer): AuditLog {
  const db: Db = openDb(path, { cacheKiB: 1024 });
  db.exec(SCHEMA);
  const put = db.prepare('INSERT INTO audit (n, body, hash) VALUES (?, ?, ?)');
  const newest = db.prepare<Row>('SELECT * FROM audit ORDER BY n DESC LIMIT 1');
  const after = db.prepare<Row>('SELECT * FROM audit WHERE n > ? ORDER BY n LIMIT ?');
  const before = db.prepare<Row>(
    `SELECT * FROM audit WHERE n < ? AND (? = '' OR body ->> '$.who.name' = ? OR body ->> '$.who.id' = ?)
       AND (? = '' OR body ->> '$.outcome' = ?) ORDER BY n DESC LIMIT ?`,
  );
  /** h_n = HMAC(k, h_(n−1) ‖ n ‖ body): the number too, so that the same line elsewhere is another. */
  const chained = (last: AuditHead, body: string): string =>
    createHmac('sha256', key)
      .update(`${last.hash}\n${last.n + 1}\n${body}`, 'utf8')
      .digest('hex');
  const head = (): AuditHead => {
    const row = newest.get();
    return row === undefined ? BEGINNING : { n: row.n, hash: row.hash };
  };

  return {
    append: (entry, at) =>
      // Beside the server a command line may write too: each reads the end and adds to it in one transaction.
      db.transaction(() => {
        const last = head();
        const body = canonical(entry, at);
        const hash = chained(last, body);
        put.run(last.n + 1, body, hash);
        return { ...entry, at, n: last.n + 1, hash };
      }),
    list: ({ limit, before: n = Number.MAX_SAFE_INTEGER, who = '', outcome = '' }) =>
      before.all(n, who, who, who, outcome, outcome, limit).map(rowOf),
    head,
    verify(noted = []): Verdict {
      const missing = new Set(noted);
      let last = BEGINNING;
      for (;;) {
        const rows = after.all(last.n, PAGE);
        for (const row of rows) {
          if (row.n !== last.n + 1) return broken(last.n + 1, `第${last.n + 1}条不在了`);
          if (row.hash !== chained(last, row.body)) return broken(row.n, `第${row.n}条与写下时不同，或它前面有改动`);
          missing.delete(row.hash);
          last = { n: row.n, hash: row.hash };
        }
        if (rows.length === 0) break;
      }
      missing.delete(BEGINNING.hash);
      const [lost] = missing;
      if (lost !== undefined)
        return broken(last.n + 1, `另处记下的链头${lost.slice(0, 12)}…不在链上：末尾被截去，或整条链被换过`);
      return { whole: true, rows: last.n, head: last };
    },
    close: () => db.close(),
  };
}

const broken = (row: number, because: string): Verdict => ({ whole: false, row, because });

/** One way to write an entry: these fields in this order, absent ones left out. */
function canonical({ who, what, outcome, subject, incident, why, of, did }: AuditEntry, at: number): string {
  return JSON.stringify({ at, who: { id: who.id, name: who.name }, what, outcome, subject, incident, why, of, did });
}

const rowOf = ({ n, body, hash }: Row): AuditRow => ({
  ...(JSON.parse(body) as AuditEntry & { at: number }),
  n,
  hash,
});
