import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Access, AccessLog, AccessRow } from '../../../pipelines/ports/access-log.ts';
import type { Checkpoint, Checkpoints } from '../../../pipelines/ports/checkpoints.ts';
import type { CountsBook } from '../../../pipelines/ports/counts-book.ts';
import type { FeedMarks } from '../../../pipelines/ports/feed-marks.ts';
import type { RetentionMarks } from '../../../pipelines/ports/retention-marks.ts';
import type { RetentionRun, RetentionRuns } from '../../../pipelines/ports/retention-runs.ts';
import type { SourceBook } from '../../../pipelines/ports/source-book.ts';
import { InboxFull } from '../../../pipelines/ports/inbox.ts';
import { isDiskFault, openDb, type Db } from '../sqlite/open-db.ts';
import { sourceBook } from './book.ts';
import { countsBook } from './counts.ts';
import { feedMarks } from './feeds.ts';
import { prepareDoor } from './schema.ts';

/** Everything the way in remembers beside the posts themselves. */
export interface Door {
  readonly book: SourceBook;
  readonly counts: CountsBook;
  readonly checkpoints: Checkpoints;
  readonly feeds: FeedMarks;
  readonly accesses: AccessLog;
  readonly marks: RetentionMarks;
  readonly runs: RetentionRuns;
  close(): void;
}

/**
 * One SQLite file for all of it. A commit survives a killed process; the last ones may be lost in a power cut, after which a
 * followed file is read again from a little earlier and nothing is taken twice. @throws Error naming the file
 */
export function openDoor(path: string, options: { readonly mostCounted?: number } = {}): Door {
  const db = openDb(path, { synchronous: 'NORMAL' });
  try {
    prepareDoor(db);
    const book = sourceBook(db);
    const counts = countsBook(db, options.mostCounted);
    const feeds = feedMarks(db);
    return {
      book: { ...book, arrived: (...given) => orFull(() => book.arrived(...given)) },
      counts: { ...counts, observe: (rows) => orFull(() => counts.observe(rows)) },
      checkpoints: checkpointsIn(db),
      feeds: { get: (source) => feeds.get(source), keep: (...given) => orFull(() => feeds.keep(...given)) },
      accesses: accessLog(db),
      marks: retentionMarks(db),
      runs: retentionRuns(db),
      close: () => db.close(),
    };
  } catch (cause) {
    db.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`数据源账本 ${path} 打不开：${why}。请检查文件权限，或把它移走后重新启动`, { cause });
  }
}

/** @throws InboxFull where the disk takes no more: what was accepted stays so */
function orFull(note: () => void): void {
  try {
    note();
  } catch (cause) {
    if (!isDiskFault(cause)) throw cause;
    throw new InboxFull('数据源账本写不进去：磁盘已满、只读或出错', { cause });
  }
}

interface CheckpointRecord {
  readonly path: string;
  readonly file: string;
  readonly offset: number;
  readonly row: number;
  readonly head: string;
  readonly whole: string | null;
}

function checkpointsIn(db: Db): Checkpoints {
  const get = db.prepare<CheckpointRecord>('SELECT * FROM checkpoint WHERE source = ? AND path = ?');
  const byFile = db.prepare<CheckpointRecord>('SELECT * FROM checkpoint WHERE source = ? AND file = ? LIMIT 1');
  const keep = db.prepare('INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?, ?, ?, ?)');
  const forget = db.prepare('DELETE FROM checkpoint WHERE source = ? AND path = ?');
  const read = ({ file, offset, row, head, whole }: CheckpointRecord): Checkpoint => ({
    file,
    offset,
    row,
    head,
    ...(whole === null ? {} : { whole }),
  });
  return {
    get(source, path) {
      const found = get.get(source, path);
      return found === undefined ? undefined : read(found);
    },
    renamed(source, file) {
      const found = byFile.get(source, file);
      return found === undefined ? undefined : { path: found.path, checkpoint: read(found) };
    },
    keep(source, path, { file, offset, row, head, whole }) {
      keep.run(source, path, file, offset, row, head, whole ?? null);
    },
    forget(source, path) {
      forget.run(source, path);
    },
  };
}

function accessLog(db: Db): AccessLog {
  const add = db.prepare('INSERT INTO access(at, who, why, what, subject) VALUES (?, ?, ?, ?, ?)');
  const list = db.prepare<{ at: number; who: string; why: string; what: string; subject: string }>(
    'SELECT at, who, why, what, subject FROM access ORDER BY n DESC LIMIT ?',
  );
  return {
    add({ at, who, why, what, subject }) {
      // The one table here whose rows must also survive a power cut.
      db.exec('PRAGMA synchronous = FULL');
      try {
        add.run(at, who, why, what, subject);
      } finally {
        db.exec('PRAGMA synchronous = NORMAL');
      }
    },
    list: (limit) => list.all(limit).map(({ what, ...row }): AccessRow => ({ ...row, what: what as Access })),
  };
}

function retentionMarks(db: Db): RetentionMarks {
  const get = db.prepare<{ value: number }>('SELECT value FROM mark WHERE name = ?');
  const put = db.prepare('INSERT INTO mark VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value');
  const held = db.prepare<{ post: string }>('SELECT post FROM held ORDER BY post');
  const hold = db.prepare('INSERT INTO held VALUES (?) ON CONFLICT DO NOTHING');
  const free = db.prepare('DELETE FROM held WHERE post = ?');
  return {
    maskedUpTo: () => get.get('masked')?.value ?? 0,
    held: () => held.all().map(({ post }) => post as PostId),
    keep(maskedUpTo, holding, freed) {
      db.transaction(() => {
        for (const post of freed) free.run(post);
        for (const post of holding) hold.run(post);
        put.run('masked', maskedUpTo);
      });
    },
    tidy: () => db.exec('PRAGMA wal_checkpoint(TRUNCATE)'),
  };
}

const MOST_RUNS = 500;

function retentionRuns(db: Db): RetentionRuns {
  const put = db.prepare('INSERT INTO retention_run(at, days, masked, held, keys) VALUES (?, ?, ?, ?, ?)');
  const last = db.prepare<{ n: number; masked: number; keys: number }>(
    'SELECT n, masked, keys FROM retention_run ORDER BY n DESC LIMIT 1',
  );
  const drop = db.prepare('DELETE FROM retention_run WHERE n = ? OR n <= ? - ?');
  const list = db.prepare<Omit<RetentionRun, 'keysDestroyed'> & { keys: number }>(
    'SELECT at, days, masked, held, keys FROM retention_run ORDER BY n DESC LIMIT ?',
  );
  return {
    add({ at, days, masked, held, keysDestroyed }) {
      db.transaction(() => {
        const before = last.get();
        const idle = masked === 0 && keysDestroyed === 0 && before?.masked === 0 && before.keys === 0;
        put.run(at, days, masked, held, keysDestroyed);
        if (before !== undefined) drop.run(idle ? before.n : -1, before.n, MOST_RUNS);
      });
    },
    list: (limit) => list.all(limit).map(({ keys, ...run }) => ({ ...run, keysDestroyed: keys })),
  };
}
