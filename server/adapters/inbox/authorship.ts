import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Post } from '../../../pipelines/domain/post.ts';
import type { Authorship } from '../../../pipelines/ports/inbox.ts';
import type { Db } from '../sqlite/open-db.ts';

const FORGOTTEN_AT_ONCE = 20_000;

export interface AuthorshipTable extends Authorship {
  /** To be called in the transaction that accepts the post. */
  wrote(post: Post): void;
  erase(ids: readonly PostId[]): void;
}

/**
 * Pairs of pseudonym and post in the order they came, without an index: erasing is rare and may look at all of them, while
 * every accepted post pays for a row here.
 */
export function authorship(door: Db, desk: Db): AuthorshipTable {
  const put = door.prepare('INSERT INTO written(seen, author, post) VALUES (?, ?, ?)');
  const find = desk.prepare<{ post: Uint8Array }>(
    'SELECT DISTINCT post FROM written WHERE author IN (SELECT value FROM json_each(?))',
  );
  const count = desk.prepare<{ n: number }>('SELECT count(*) AS n FROM written WHERE seen < ?');
  const forget = desk.prepare(
    'DELETE FROM written WHERE n IN (SELECT n FROM written WHERE seen < ? ORDER BY n LIMIT ?)',
  );
  const erase = desk.prepare('DELETE FROM written WHERE post = ?');
  return {
    wrote({ id, author, seenAt }) {
      if (author !== undefined) put.run(seenAt, author.key, bytesOf(id));
    },
    postsOf: (authors) =>
      find.all(JSON.stringify(authors)).map(({ post }) => Buffer.from(post).toString('hex') as PostId),
    countBefore: (before) => count.get(before)?.n ?? 0,
    forget(before) {
      while (Number(forget.run(before, FORGOTTEN_AT_ONCE).changes) === FORGOTTEN_AT_ONCE);
      // What was removed is overwritten in the file, and the log holds no older copy of it after this.
      desk.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    },
    erase(ids) {
      for (const id of ids) erase.run(bytesOf(id));
    },
  };
}

const bytesOf = (id: PostId): Uint8Array => Buffer.from(id, 'hex');
