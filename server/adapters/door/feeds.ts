import type { FeedMarks } from '../../../pipelines/ports/feed-marks.ts';
import type { Db } from '../sqlite/open-db.ts';

interface FeedRecord {
  readonly url: string;
  readonly etag: string | null;
  readonly modified: string | null;
  readonly next: number;
  readonly failures: number;
  readonly trouble: string | null;
}

export function feedMarks(db: Db): FeedMarks {
  const get = db.prepare<FeedRecord>('SELECT * FROM feed WHERE name = ?');
  const keep = db.prepare('INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?, ?)');
  return {
    get(source) {
      const found = get.get(source);
      if (found === undefined) return undefined;
      const { url, etag, modified, next, failures, trouble } = found;
      return {
        url,
        nextAt: next,
        failures,
        ...(etag === null ? {} : { etag }),
        ...(modified === null ? {} : { lastModified: modified }),
        ...(trouble === null ? {} : { trouble }),
      };
    },
    keep(source, { url, etag, lastModified, nextAt, failures, trouble }) {
      keep.run(source, url, etag ?? null, lastModified ?? null, nextAt, failures, trouble ?? null);
    },
  };
}
