import type { Counts, PostId } from '../../../pipelines/domain/post.ts';
import { MOST_COUNTED, type Counted, type CountsBook } from '../../../pipelines/ports/counts-book.ts';
import type { Db } from '../sqlite/open-db.ts';

interface CountedRecord {
  readonly at: number;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly reposts: number | null;
  readonly views: number | null;
}

const FORGOTTEN_AT_ONCE = 5_000;

export function countsBook(db: Db, most = MOST_COUNTED): CountsBook {
  const last = db.prepare<CountedRecord>('SELECT * FROM counted WHERE post = ? AND at <= ? ORDER BY at DESC LIMIT 1');
  const newer = db.prepare<{ at: number }>('SELECT at FROM counted WHERE post = ? AND at > ? LIMIT 1');
  const put = db.prepare('INSERT INTO counted VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const amount = db.prepare<{ n: number }>('SELECT count(*) AS n FROM counted WHERE post = ?');
  const all = db.prepare<CountedRecord>('SELECT * FROM counted WHERE post = ? ORDER BY at');
  const drop = db.prepare('DELETE FROM counted WHERE post = ? AND at = ?');
  const dropAll = db.prepare('DELETE FROM counted WHERE post = ?');
  const await_ = db.prepare('INSERT INTO due VALUES (?, ?) ON CONFLICT DO UPDATE SET since = excluded.since');
  const due = db.prepare<{ post: Uint8Array; since: number }>('SELECT post, since FROM due ORDER BY since LIMIT ?');
  const shown = db.prepare('DELETE FROM due WHERE post = ? AND since = ?');
  const notDue = db.prepare('DELETE FROM due WHERE post = ?');
  const old = db.prepare<{ post: Uint8Array }>('SELECT post FROM counted GROUP BY post HAVING max(at) < ? LIMIT ?');
  const latest = (post: Uint8Array): CountedRecord | undefined => last.get(post, Number.MAX_SAFE_INTEGER);
  return {
    observe(rows) {
      db.transaction(() => {
        for (const { post, fresh, at, counts } of rows) {
          const id = bytesOf(post);
          const before = fresh ? undefined : last.get(id, at);
          if (before !== undefined && isSame(before, counts)) continue;
          const { like, comment, repost, view } = counts;
          if (Number(put.run(id, at, like ?? null, comment ?? null, repost ?? null, view ?? null).changes) === 0)
            continue;
          if (fresh || newer.get(id, at) !== undefined) continue;
          await_.run(id, at);
          if ((amount.get(id)?.n ?? 0) > most) thin(id);
        }
      });
    },
    history: (post) => all.all(bytesOf(post)).map(countedOf),
    due: (limit) =>
      due.all(limit).map(({ post, since }) => {
        const record = latest(post);
        return { post: idOf(post), since, counts: record === undefined ? {} : countedOf(record).counts };
      }),
    shown(rows) {
      db.transaction(() => {
        for (const { post, since } of rows) shown.run(bytesOf(post), since);
      });
    },
    erase(posts) {
      db.transaction(() => {
        for (const post of posts) {
          dropAll.run(bytesOf(post));
          notDue.run(bytesOf(post));
        }
      });
    },
    forget(before) {
      for (;;) {
        const gone = old.all(before, FORGOTTEN_AT_ONCE);
        db.transaction(() => {
          for (const { post } of gone) dropAll.run(post);
        });
        if (gone.length < FORGOTTEN_AT_ONCE) return;
      }
    },
  };

  /** Every second observation goes, but the first and the newest: a curve keeps its shape at half the points. */
  function thin(id: Uint8Array): void {
    const times = all.all(id).map(({ at }) => at);
    times.slice(1, -1).forEach((at, place) => {
      if (place % 2 === 0) drop.run(id, at);
    });
  }
}

const bytesOf = (id: PostId): Uint8Array => Buffer.from(id, 'hex');
const idOf = (bytes: Uint8Array): PostId => Buffer.from(bytes).toString('hex') as PostId;

const isSame = (record: CountedRecord, { like, comment, repost, view }: Counts): boolean =>
  record.likes === (like ?? null) &&
  record.comments === (comment ?? null) &&
  record.reposts === (repost ?? null) &&
  record.views === (view ?? null);

const countedOf = ({ at, likes, comments, reposts, views }: CountedRecord): Counted => ({
  at,
  counts: {
    ...(likes === null ? {} : { like: likes }),
    ...(comments === null ? {} : { comment: comments }),
    ...(reposts === null ? {} : { repost: reposts }),
    ...(views === null ? {} : { view: views }),
  },
});
