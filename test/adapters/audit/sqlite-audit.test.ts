import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../../pipelines/ports/audit-log.ts';
import { openAudit } from '../../../server/adapters/audit/sqlite-audit.ts';
import { openDb } from '../../../server/adapters/sqlite/open-db.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
afterAll(() => rmSync(folder, { recursive: true }));
let serial = 0;
const aPath = () => join(folder, `${++serial}.sqlite`);
const KEY = Buffer.alloc(32, 1);
const entry = (n: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  who: { id: `p${n % 3}`, name: `人${n % 3}` },
  what: 'sign-in',
  outcome: 'done',
  subject: `第${n}件`,
  ...more,
});

/** A trail of so many lines, closed, and its head. */
function aTrail(lines: number): { readonly path: string; readonly head: string } {
  const path = aPath();
  const audit = openAudit(path, KEY);
  for (let n = 1; n <= lines; n += 1) audit.append(entry(n), 1_000 + n);
  const { hash } = audit.head();
  audit.close();
  return { path, head: hash };
}

/** What somebody with the file in hand can do: the triggers are only in the way of this program. */
function tamper(path: string, ...sql: string[]): string {
  const db = openDb(path);
  db.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_kept');
  for (const one of sql) db.exec(one);
  db.close();
  return path;
}

const verdictOf = (path: string, noted: string[] = []) => {
  const audit = openAudit(path, KEY);
  const verdict = audit.verify(noted);
  audit.close();
  return verdict;
};

describe('the trail', () => {
  test('gives back what was appended, newest first, by person and by outcome', () => {
    const audit = openAudit(aPath(), KEY);
    for (let n = 1; n <= 6; n += 1) audit.append(entry(n, { outcome: n % 2 === 0 ? 'refused' : 'done' }), n);
    expect(audit.list({ limit: 2 }).map(({ n }) => n)).toEqual([6, 5]);
    expect(audit.list({ limit: 9, before: 3 }).map(({ n }) => n)).toEqual([2, 1]);
    expect(audit.list({ limit: 9, who: '人1' }).map(({ n }) => n)).toEqual([4, 1]);
    expect(audit.list({ limit: 9, outcome: 'refused' }).map(({ n }) => n)).toEqual([6, 4, 2]);
    expect(audit.list({ limit: 1 })[0]).toMatchObject({ ...entry(6), outcome: 'refused', at: 6, n: 6 });
    expect(audit.verify()).toEqual({ whole: true, rows: 6, head: audit.head() });
  });

  test('goes on after opening again, and two writers make one chain', () => {
    const path = aPath();
    const first = openAudit(path, KEY);
    const second = openAudit(path, KEY);
    for (let n = 1; n <= 10; n += 1) (n % 2 === 0 ? first : second).append(entry(n), n);
    first.close();
    second.close();
    expect(verdictOf(path)).toMatchObject({ whole: true, rows: 10 });
  });

  test('this program itself can neither change nor remove a line', () => {
    const { path } = aTrail(2);
    const db = openDb(path);
    expect(() => db.exec("UPDATE audit SET body = '{}'")).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM audit')).toThrow(/never removed/);
    db.close();
  });

  const ROWS = 60;
  const whole = aTrail(ROWS);
  const copy = (): string => {
    const path = aPath();
    // A closed file may leave its newest pages in the log beside it.
    for (const part of ['', '-wal'])
      if (existsSync(`${whole.path}${part}`)) cpSync(`${whole.path}${part}`, `${path}${part}`);
    return path;
  };
  const rows = Array.from({ length: ROWS }, (_, at) => at + 1);

  test('an edit of any line is found, and that line is named', () => {
    for (const n of rows) {
      const path = tamper(copy(), `UPDATE audit SET body = replace(body, '"done"', '"failed"') WHERE n = ${n}`);
      expect(verdictOf(path)).toMatchObject({ whole: false, row: n });
    }
  });

  test('a line that is taken out is found, also where the others close up', () => {
    for (const n of rows.slice(0, -1)) {
      expect(verdictOf(tamper(copy(), `DELETE FROM audit WHERE n = ${n}`))).toMatchObject({ whole: false, row: n });
      const closed = `UPDATE audit SET n = n - 1 WHERE n > ${n}`;
      expect(verdictOf(tamper(copy(), `DELETE FROM audit WHERE n = ${n}`, closed))).toMatchObject({
        whole: false,
        row: n,
      });
    }
  });

  test('two lines that change places are found', () => {
    for (const n of rows.slice(0, -1)) {
      const path = tamper(
        copy(),
        `UPDATE audit SET n = -1 WHERE n = ${n}`,
        `UPDATE audit SET n = ${n} WHERE n = ${n + 1}`,
        `UPDATE audit SET n = ${n + 1} WHERE n = -1`,
      );
      expect(verdictOf(path)).toMatchObject({ whole: false, row: n });
    }
  });

  test('a line that is put in is found, also a true line a second time', () => {
    for (const n of rows.slice(0, -1)) {
      const path = tamper(
        copy(),
        `UPDATE audit SET n = -n WHERE n > ${n}`,
        `UPDATE audit SET n = 1 - n WHERE n < 0`,
        `INSERT INTO audit SELECT ${n + 1}, body, hash FROM audit WHERE n = ${n}`,
      );
      expect(verdictOf(path)).toMatchObject({ whole: false, row: n + 1 });
    }
  });

  /** One long trail that is tampered with, looked at and mended, a line after another: copying it a thousand times would take minutes. */
  describe('of a thousand lines, every single one', () => {
    const LINES = 1_000;
    const each = (kind: (n: number, row: { body: string; hash: string }) => readonly string[], upTo = LINES) => {
      const { path } = aTrail(LINES);
      const db = openDb(path, { synchronous: 'NORMAL' });
      db.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_kept');
      const audit = openAudit(path, KEY);
      // Opening it has put the triggers back: they are no part of what is looked for.
      db.exec('DROP TRIGGER audit_stays; DROP TRIGGER audit_kept');
      const rowAt = db.prepare<{ body: string; hash: string }>('SELECT body, hash FROM audit WHERE n = ?');
      const put = db.prepare('INSERT OR REPLACE INTO audit (n, body, hash) VALUES (?, ?, ?)');
      const missed: number[] = [];
      for (let n = 1; n <= upTo; n += 1) {
        const [own, next] = [rowAt.get(n)!, rowAt.get(n + 1)];
        for (const sql of kind(n, own)) db.exec(sql);
        const verdict = audit.verify();
        if (verdict.whole || verdict.row !== n) missed.push(n);
        put.run(n, own.body, own.hash);
        if (next !== undefined) put.run(n + 1, next.body, next.hash);
      }
      expect(audit.verify()).toMatchObject({ whole: true, rows: LINES });
      audit.close();
      db.close();
      return missed;
    };

    test.each<[string, (n: number, row: { body: string; hash: string }) => readonly string[], number?]>([
      ['an edit', (n) => [`UPDATE audit SET body = replace(body, '"done"', '"failed"') WHERE n = ${n}`]],
      ['a removal', (n) => [`DELETE FROM audit WHERE n = ${n}`], LINES - 1],
      [
        'a change of places',
        (n) => [
          `UPDATE audit SET n = -1 WHERE n = ${n}`,
          `UPDATE audit SET n = ${n} WHERE n = ${n + 1}`,
          `UPDATE audit SET n = ${n + 1} WHERE n = -1`,
        ],
        LINES - 1,
      ],
      [
        'a line put over another',
        (n) => [`UPDATE audit SET body = (SELECT body FROM audit WHERE n = ${n === 1 ? 2 : 1}) WHERE n = ${n}`],
      ],
      // Whoever has no key can only hash without it.
      [
        'an edit with a hash made anew',
        (n, { body }) => [
          `UPDATE audit SET body = replace(body, '"done"', '"failed"'), hash = '${createHash('sha256').update(`${n}${body}`).digest('hex')}' WHERE n = ${n}`,
        ],
      ],
    ])('%s is found, and that line is named', (_, kind, upTo) => {
      expect(each(kind, upTo)).toEqual([]);
    });
  });

  test('an end that is cut off is found by the head that was noted elsewhere', () => {
    for (const kept of [0, 1, 30, ROWS - 1]) {
      const path = tamper(copy(), `DELETE FROM audit WHERE n > ${kept}`);
      expect(verdictOf(path)).toMatchObject({ whole: true, rows: kept });
      expect(verdictOf(path, [whole.head])).toMatchObject({ whole: false, row: kept + 1 });
    }
    expect(verdictOf(copy(), [whole.head])).toMatchObject({ whole: true });
  });

  test('a chain that was written anew with another key is found', () => {
    const path = aPath();
    const forged = openAudit(path, Buffer.alloc(32, 2));
    forged.append(entry(1), 1);
    forged.close();
    expect(verdictOf(path)).toMatchObject({ whole: false, row: 1 });
  });

  test('a head that was noted long ago is still found in the chain', () => {
    const path = aPath();
    const audit = openAudit(path, KEY);
    audit.append(entry(1), 1);
    const early = audit.head().hash;
    for (let n = 2; n <= 20; n += 1) audit.append(entry(n), n);
    expect(audit.verify([early, audit.head().hash])).toMatchObject({ whole: true });
    audit.close();
  });
});
