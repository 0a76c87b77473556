import {
  checkSpan,
  COUNTED_EXACTLY,
  cursorAfter,
  filledBuckets,
  limitOf,
  positionOf,
} from '../../../pipelines/ports/post-query.ts';
import { StampMismatch, stampSentence } from '../../../pipelines/ports/post-store.ts';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Amendment, Bucket, FoundPosts, PostQuery } from '../../../pipelines/ports/post-store.ts';
import { openDb } from '../sqlite/open-db.ts';
import type { Db, SqlValue, Statement } from '../sqlite/open-db.ts';
import type { TallyQuery } from '../../../pipelines/ports/post-store.ts';
import type { TallyKey, TallyRow } from '../../../pipelines/ports/post-tally.ts';
import { tallyRows, tallySql } from './tally.ts';
import { amender } from './amend.ts';
import { selectionOf } from './query.ts';
import { COLUMNS, storedOf } from './rows.ts';
import type { DocumentValues, PostRow } from './rows.ts';
import { layOut } from './schema.ts';

const INSERT = `
  INSERT INTO post (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT (id) DO NOTHING`;
const UPDATE = `UPDATE post SET (${COLUMNS.join(', ')}) = (${COLUMNS.map(() => '?').join(', ')}) WHERE n = ?`;

export interface TableOptions {
  readonly synchronous: 'FULL' | 'NORMAL';
  readonly cacheKiB: number;
}

/** The embedded store itself, synchronous; the worker gives it a thread of its own. */
export class PostTable {
  readonly #db: Db;
  readonly #path: string;
  readonly #insert: Statement;
  readonly #stored: Statement<{ n: number; seen_at: number }>;
  readonly #update: Statement;
  readonly #addWords: Statement;
  readonly #replaceWords: Statement;
  readonly #touch: Statement;
  readonly #amend: ReturnType<typeof amender>;
  /** Prepared questions by their text: there are few shapes, and preparing costs more than many answers. */
  readonly #questions = new Map<string, Statement<unknown>>();

  constructor(path: string, options: TableOptions) {
    this.#path = path;
    this.#db = openDb(path, options);
    try {
      layOut(this.#db);
      // A text that was masked or erased is gone from the file too.
      this.#db.exec('PRAGMA secure_delete = ON');
      this.#amend = amender(this.#db);
      this.#insert = this.#db.prepare(INSERT);
      this.#stored = this.#db.prepare('SELECT n, seen_at FROM post WHERE id = ?');
      this.#update = this.#db.prepare(UPDATE);
      this.#addWords = this.#db.prepare('INSERT INTO word (rowid, words) VALUES (?, ?)');
      this.#replaceWords = this.#db.prepare('INSERT OR REPLACE INTO word (rowid, words) VALUES (?, ?)');
      this.#touch = this.#db.prepare(
        "INSERT INTO about VALUES ('touched', '1') ON CONFLICT (name) DO UPDATE SET value = CAST(value + 1 AS TEXT)",
      );
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  /** @throws StampMismatch */
  open(stamp: string): void {
    const found = this.#db.prepare<{ value: string }>("SELECT value FROM about WHERE name = 'stamp'").get()?.value;
    if (found === undefined) this.#db.prepare("INSERT INTO about VALUES ('stamp', ?)").run(stamp);
    else if (found !== stamp) {
      throw new StampMismatch(stampSentence(this.#path, found, stamp));
    }
  }

  restamp(stamp: string): void {
    this.#db
      .prepare("INSERT INTO about VALUES ('stamp', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .run(stamp);
  }

  /**
   * No statement here answers rows while words are written: beside an unfinished statement SQLite opens a savepoint for each
   * write, and at each savepoint FTS5 writes its buffer out, which halves the speed.
   */
  save(documents: readonly DocumentValues[]): void {
    this.#db.transaction(() => {
      for (const [words, ...columns] of documents) {
        const { changes, lastInsertRowid } = this.#insert.run(...columns);
        if (Number(changes) === 1) this.#addWords.run(lastInsertRowid, words);
        else this.#replace(words, columns);
      }
    });
  }

  #replace(words: string, columns: readonly SqlValue[]): void {
    const [id, , seenAt] = columns;
    const [stored] = this.#stored.all(id ?? null);
    if (stored === undefined || Number(seenAt) < stored.seen_at) return;
    this.#update.run(...columns, stored.n);
    this.#replaceWords.run(stored.n, words);
  }

  amend(amendments: readonly Amendment[]): readonly PostId[] {
    return this.#amend(amendments);
  }

  find(query: PostQuery): FoundPosts {
    const limit = limitOf(query);
    const { from, where, values } = selectionOf(query);
    const counted = this.#ask<{ total: number }>(
      `SELECT count(*) AS total FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${COUNTED_EXACTLY + 1})`,
      values,
    );
    const total = counted[0]?.total ?? 0;
    const after = query.after === undefined ? undefined : positionOf(query.after);
    const page = after === undefined ? where : `${where} AND (post.time < ? OR (post.time = ? AND post.id > ?))`;
    const rows = this.#ask<PostRow>(
      `SELECT post.* FROM ${from} WHERE ${page} ORDER BY post.time DESC, post.id ASC LIMIT ${limit + 1}`,
      after === undefined ? values : [...values, after.time, after.time, after.id],
    );
    const posts = rows.slice(0, limit).map(storedOf);
    const last = posts.at(-1);
    return {
      posts,
      total: Math.min(total, COUNTED_EXACTLY),
      atLeast: total > COUNTED_EXACTLY,
      ...(rows.length > limit && last !== undefined ? { next: cursorAfter(last) } : {}),
    };
  }

  histogram(query: PostQuery & { from: number; to: number }, stepMs: number): readonly Bucket[] {
    checkSpan(query.from, query.to, stepMs);
    const { from, where, values } = selectionOf(query);
    // Numbers are bound as reals, and a bucket is a whole division.
    const whole = 'CAST(? AS INTEGER)';
    const found = this.#ask<Bucket>(
      `SELECT ${whole} + (post.time - ${whole}) / ${whole} * ${whole} AS at, count(*) AS posts,
         count(DISTINCT coalesce(post.grp, post.id)) AS "distinct",
         count(*) FILTER (WHERE post.sentiment = 'negative') AS negative, count(post.need) AS needs
       FROM ${from} WHERE ${where} GROUP BY 1`,
      [query.from, query.from, stepMs, stepMs, ...values],
    );
    return filledBuckets(found, query.from, query.to, stepMs);
  }

  tally(query: TallyQuery, by: readonly TallyKey[]): readonly TallyRow[] {
    const { from, where, values } = selectionOf(query);
    return tallyRows(this.#ask(tallySql(by, from, where), values), by);
  }

  count(): number {
    return this.#ask<{ total: number }>('SELECT count(*) AS total FROM post', [])[0]?.total ?? 0;
  }

  /** Writes, because a full or read-only disk answers reads as ever. */
  ping(): void {
    this.#db.transaction(() => this.#touch.run());
  }

  close(): void {
    this.#questions.clear();
    this.#db.close();
  }

  #ask<R>(sql: string, values: readonly SqlValue[]): R[] {
    let question = this.#questions.get(sql);
    if (question === undefined) {
      question = this.#db.prepare<unknown>(sql);
      this.#questions.set(sql, question);
    }
    return question.all(...values) as R[];
  }
}
