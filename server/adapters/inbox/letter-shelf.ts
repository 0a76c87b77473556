import { createHash } from 'node:crypto';
import { MOST_LETTERS } from '../../../pipelines/ports/dead-letters.ts';
import type { DeadLetter, DeadLetterShelf, KeptLetter } from '../../../pipelines/ports/dead-letters.ts';
import type { Pseudonyms } from '../../../pipelines/ports/pseudonyms.ts';
import type { Db } from '../sqlite/open-db.ts';

/** How rows are made unreadable for others than this deployment. */
export type Sealing = Pick<Pseudonyms, 'seal' | 'unseal'>;

const RAW_BYTES = 64 * 1024;

interface LetterRecord {
  readonly seq: number;
  readonly at: number;
  readonly source: string;
  readonly row: number;
  readonly because: string;
  readonly raw: string;
  readonly door: DeadLetter['door'];
  readonly times: number;
}

const COLUMNS = 'seq, at, source, line AS row, because, raw, door, times';

/** A refused row is kept as it came, user ids and all, so it lies here sealed. `write` runs work in a transaction that reports a full disk. */
export function letterShelf(
  db: Db,
  { seal, unseal }: Sealing,
  write: (work: () => unknown) => void,
  most = MOST_LETTERS,
): DeadLetterShelf {
  const put = db.prepare(
    `INSERT INTO dead(at, source, line, because, raw, door, same) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(same) DO UPDATE SET at = excluded.at, because = excluded.because, line = excluded.line, times = times + 1`,
  );
  const page = db.prepare<LetterRecord>(`SELECT ${COLUMNS} FROM dead WHERE seq < ? ORDER BY seq DESC LIMIT ?`);
  const pageOf = db.prepare<LetterRecord>(
    `SELECT ${COLUMNS} FROM dead WHERE seq < ? AND source = ? ORDER BY seq DESC LIMIT ?`,
  );
  const one = db.prepare<LetterRecord>(`SELECT ${COLUMNS} FROM dead WHERE seq = ?`);
  const remove = db.prepare('DELETE FROM dead WHERE seq = ?');
  const counted = db.prepare<{ source: string; n: number }>('SELECT source, count(*) AS n FROM dead GROUP BY source');
  const amount = db.prepare<{ n: number }>('SELECT count(*) AS n FROM dead');
  const trim = db.prepare('DELETE FROM dead WHERE seq IN (SELECT seq FROM dead ORDER BY seq LIMIT ?)');
  const lose = db.prepare(
    'INSERT INTO lost VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET letters = letters + excluded.letters',
  );
  const lost = db.prepare<{ letters: number }>('SELECT letters FROM lost');
  const early = db.prepare<LetterRecord>(`SELECT ${COLUMNS} FROM dead WHERE same IS NULL`).all();
  // Letters from before rows were sealed.
  for (const letter of early)
    db.prepare('UPDATE OR REPLACE dead SET raw = ?, same = ? WHERE seq = ?').run(
      seal(letter.raw),
      sameOf(letter, letter.raw),
      letter.seq,
    );
  const kept = ({ raw, ...letter }: LetterRecord): KeptLetter => ({ ...letter, raw: unseal(raw) });
  return {
    bury(letters) {
      write(() => {
        for (const letter of letters) {
          const { at, source, row, because, door } = letter;
          const raw = cutRaw(letter.raw);
          put.run(at, source, row, because, seal(raw), door, sameOf(letter, raw));
        }
        const over = (amount.get()?.n ?? 0) - most;
        if (over <= 0) return;
        trim.run(over);
        lose.run(over);
      });
    },
    list: ({ limit, source, before = Number.MAX_SAFE_INTEGER }) =>
      (source === undefined ? page.all(before, limit) : pageOf.all(before, source, limit)).map(kept),
    get(seq) {
      const letter = one.get(seq);
      return letter === undefined ? undefined : kept(letter);
    },
    remove(seqs) {
      let removed = 0;
      write(() => {
        for (const seq of seqs) removed += Number(remove.run(seq).changes);
      });
      return removed;
    },
    count() {
      const bySource = new Map(counted.all().map(({ source, n }) => [source, n]));
      return { kept: amount.get()?.n ?? 0, lost: lost.get()?.letters ?? 0, bySource };
    },
  };
}

/** One row, however often it is read again: after a kill, or because a file is imported twice. */
const sameOf = ({ source, door, row }: DeadLetter, raw: string): string =>
  createHash('sha256')
    .update(JSON.stringify([source, door, row, raw]))
    .digest('hex');

function cutRaw(raw: string): string {
  const bytes = Buffer.from(raw, 'utf8');
  // A character cut in half at the end becomes U+FFFD, which is what it is.
  return bytes.length <= RAW_BYTES ? raw.toWellFormed() : bytes.subarray(0, RAW_BYTES).toString('utf8');
}
