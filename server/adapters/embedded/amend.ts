import { storable, wholeCount } from '../../../pipelines/domain/post-document.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Amendment } from '../../../pipelines/ports/post-store.ts';
import type { Db } from '../sqlite/open-db.ts';

/** Changes rows in place; what they held before is overwritten in the file, and its log is cut back where a text changed. */
export function amender(db: Db): (amendments: readonly Amendment[]) => readonly PostId[] {
  const find = db.prepare<{ n: number }>('SELECT n FROM post WHERE id = ?');
  const recount = db.prepare(
    'UPDATE post SET likes = coalesce(?, likes), comments = coalesce(?, comments), reposts = coalesce(?, reposts), views = coalesce(?, views) WHERE n = ?',
  );
  const rewrite = db.prepare('UPDATE post SET text = ?, title = ? WHERE n = ?');
  const drop = db.prepare('DELETE FROM post WHERE n = ?');
  const dropWords = db.prepare('DELETE FROM word WHERE rowid = ?');
  const apply = (n: number, amendment: Amendment): void => {
    if ('counts' in amendment) {
      const { like, comment, repost, view } = amendment.counts;
      const values = [like, comment, repost, view].map((count) => (count === undefined ? null : wholeCount(count)));
      recount.run(...values, n);
    } else if ('erased' in amendment) {
      dropWords.run(n);
      drop.run(n);
    } else {
      const { text, title } = amendment;
      rewrite.run(storable(text), title === undefined ? null : storable(title), n);
    }
  };
  return (amendments) => {
    const missing: PostId[] = [];
    db.transaction(() => {
      for (const amendment of amendments) {
        const [row] = find.all(amendment.id);
        if (row === undefined) missing.push(amendment.id);
        else apply(row.n, amendment);
      }
    });
    if (amendments.some((amendment) => !('counts' in amendment))) {
      // The log would keep the old pages until it is written over.
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    }
    return missing;
  };
}
