import type { PostId } from '../../../pipelines/domain/post.ts';
import type { LinkBook, Links } from '../../../pipelines/ports/link-book.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS link (post TEXT PRIMARY KEY, parent TEXT, root TEXT, at INTEGER NOT NULL, kept INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS link_by_time ON link (at) WHERE kept = 0;
`;

interface Row {
  readonly post: string;
  readonly parent: string | null;
  readonly root: string | null;
}

/** Links between posts in one SQLite file; what a power cut takes is written again when the inbox is read again. @throws Error where the file can't be opened. */
export function openLinks(path: string): LinkBook {
  const db: Db = openDb(path, { synchronous: 'NORMAL', cacheKiB: 4096 });
  db.exec(SCHEMA);
  const put = db.prepare('INSERT INTO link (post, parent, root, at) VALUES (?, ?, ?, ?) ON CONFLICT (post) DO NOTHING');
  const get = db.prepare<Row>('SELECT post, parent, root FROM link WHERE post IN (SELECT value FROM json_each(?))');
  const older = db.prepare<{ post: string }>('SELECT post FROM link WHERE kept = 0 AND at < ? ORDER BY at LIMIT ?');
  const drop = db.prepare('DELETE FROM link WHERE post = ?');
  const keep = db.prepare('UPDATE link SET kept = 1 WHERE post = ?');
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM link');

  return {
    record(links) {
      if (links.length === 0) return;
      db.transaction(() => {
        for (const { post, parent, root, at } of links) put.run(post, parent ?? null, root ?? null, at);
      });
    },
    of(posts): Links {
      return new Map(
        get.all(JSON.stringify(posts)).map(({ post, parent, root }) => [
          post as PostId,
          {
            ...(parent === null ? {} : { parent: parent as PostId }),
            ...(root === null ? {} : { root: root as PostId }),
          },
        ]),
      );
    },
    older: (than, limit) => older.all(than, limit).map(({ post }) => post as PostId),
    settle(posts, kept) {
      db.transaction(() => {
        for (const post of posts) (kept.has(post) ? keep : drop).run(post);
      });
    },
    count: () => counted.get()?.n ?? 0,
    close: () => db.close(),
  };
}
