import type { PostId } from '../../../pipelines/domain/post.ts';
import type { ReviewDraft, ReviewedCase } from '../../../pipelines/domain/review.ts';
import type { ReviewStore } from '../../../pipelines/ports/review-store.ts';
import { openDb, type Db } from '../sqlite/open-db.ts';

/** The triggers hold the promise that cases are only ever added, also against a later mistake in this program. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS reviewed (id INTEGER PRIMARY KEY AUTOINCREMENT, post TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS reviewed_by_post ON reviewed (post, id);
  CREATE TRIGGER IF NOT EXISTS reviewed_stays BEFORE UPDATE ON reviewed
    BEGIN SELECT RAISE(ABORT, 'a reviewed case is never changed: add another'); END;
  CREATE TRIGGER IF NOT EXISTS reviewed_kept BEFORE DELETE ON reviewed
    BEGIN SELECT RAISE(ABORT, 'a reviewed case is never removed: add another'); END;
`;

interface Row {
  id: number;
  body: string;
  [column: string]: number | string;
}

const PAGE = 500;
const caseOf = ({ id, body }: Row): ReviewedCase => ({ id, ...(JSON.parse(body) as ReviewDraft) });

/** Reviewed cases in one SQLite file. @throws Error where the file can't be opened. */
export function openReviews(path: string): ReviewStore {
  const db: Db = openDb(path, { synchronous: 'FULL', cacheKiB: 1024 });
  db.exec(SCHEMA);
  const put = db.prepare('INSERT INTO reviewed (post, at, body) VALUES (?, ?, ?)');
  const newestOf = db.prepare<Row>('SELECT id, body FROM reviewed WHERE post = ? ORDER BY id DESC LIMIT 1');
  const page = db.prepare<Row>('SELECT id, body FROM reviewed WHERE id < ? ORDER BY id DESC LIMIT ?');
  const after = db.prepare<Row>('SELECT id, body FROM reviewed WHERE id > ? ORDER BY id LIMIT ?');
  const byPosts = db.prepare<Row>(
    'SELECT id, body FROM reviewed WHERE post IN (SELECT value FROM json_each(?)) ORDER BY id',
  );
  const counted = db.prepare<{ n: number }>('SELECT count(*) AS n FROM reviewed');

  return {
    add(draft, seen) {
      return db.transaction(() => {
        const newest = newestOf.get(draft.post);
        if (seen !== undefined && newest !== undefined && newest.id > seen) return { meanwhile: caseOf(newest) };
        const { lastInsertRowid } = put.run(draft.post, draft.at, JSON.stringify(draft));
        return { kept: { ...draft, id: Number(lastInsertRowid) } };
      });
    },
    list: ({ limit, before = Number.MAX_SAFE_INTEGER }) => page.all(before, limit).map(caseOf),
    of(posts) {
      const found = new Map<PostId, ReviewedCase[]>();
      if (posts.length === 0) return found;
      for (const each of byPosts.all(JSON.stringify(posts)).map(caseOf)) {
        const held = found.get(each.post);
        if (held === undefined) found.set(each.post, [each]);
        else held.push(each);
      }
      return found;
    },
    *all() {
      let from = 0;
      for (;;) {
        const rows = after.all(from, PAGE);
        yield* rows.map(caseOf);
        if (rows.length < PAGE) return;
        from = rows.at(-1)?.id ?? from;
      }
    },
    count: () => counted.get()?.n ?? 0,
    close: () => db.close(),
  };
}
