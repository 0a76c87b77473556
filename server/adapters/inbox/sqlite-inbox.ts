import { isBusy, isDiskFault, openDb } from '../sqlite/open-db.ts';
import type { Db } from '../sqlite/open-db.ts';
import type { Post, PostId } from '../../../pipelines/domain/post.ts';
import { CONSUMERS, InboxFull } from '../../../pipelines/ports/inbox.ts';
import type { DeadLetter, DeadLetterShelf, KeptLetter } from '../../../pipelines/ports/dead-letters.ts';
import type { Consumer, Inbox, InboxRow, Offset, SourceTally } from '../../../pipelines/ports/inbox.ts';
import { authorship, type AuthorshipTable } from './authorship.ts';
import { letterShelf, type Sealing } from './letter-shelf.ts';
import { rememberedAs } from './post-id.ts';
import { prepareInbox } from './schema.ts';

export interface InboxOptions {
  /** The most the file may grow to, in bytes; beyond it InboxFull is thrown. Default: as far as the disk goes. */
  readonly maxBytes?: number;
  /**
   * Rows kept behind the slowest consumer, so that a consumer can rebuild its state from an older snapshot. Default 0:
   * consumers pass only what they will never read again.
   */
  readonly keep?: number;
  /** How long ids are remembered, in days. Default 400. */
  readonly rememberDays?: number;
  /** How refused rows are sealed; default: they lie open. */
  readonly sealing?: Sealing;
  /** The most refused rows kept; default MOST_LETTERS. */
  readonly mostLetters?: number;
}

const OPEN: Sealing = { seal: (text) => text, unseal: (text) => text };

interface Waiting {
  readonly posts: readonly Post[];
  readonly done: (fresh: readonly boolean[]) => void;
  readonly failed: (error: unknown) => void;
}

const GROUP_POSTS = 1_000;
const GROUP_WAIT_MS = 3;
const REMOVED_AT_ONCE = 2_000;
const FORGOTTEN_AT_ONCE = 5_000;
const DAY_MS = 86_400_000;

/**
 * The inbox as one SQLite file. Several processes may hold it at once: each sees what the others committed.
 * @throws Error naming the file and the remedy, where it is not a readable inbox.
 */
export function openInbox(path: string, options: InboxOptions = {}): Inbox {
  try {
    return new SqliteInbox(path, options);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const busy = isBusy(cause)
      ? '被别的进程长时间占用，请稍后再试'
      : '请检查文件权限，或把它移走后重新启动（会新建一个空的收件箱）';
    throw new Error(`收件箱文件 ${path} 打不开：${why}。${busy}`, { cause });
  }
}

class SqliteInbox implements Inbox {
  /** Accepts with a sync at every commit. */
  readonly #door: Db;
  /** Everything whose loss in a power cut is repaired by reading the rows again. */
  readonly #desk: Db;
  readonly #options: { readonly keep: number; readonly rememberDays: number };
  readonly letters: DeadLetterShelf;
  readonly authors: AuthorshipTable;
  readonly #statements: ReturnType<typeof statementsOf>;
  #waiting: Waiting[] = [];
  #waitingPosts = 0;
  #timer: NodeJS.Timeout | NodeJS.Immediate | undefined;
  #today: number;
  #forgetFrom: Uint8Array = new Uint8Array();
  #open = true;

  constructor(path: string, options: InboxOptions) {
    this.#options = { keep: options.keep ?? 0, rememberDays: options.rememberDays ?? 400 };
    this.#door = openDb(path, { synchronous: 'FULL', cacheKiB: 16_384 });
    try {
      prepareInbox(this.#door);
      this.#desk = openDb(path, { synchronous: 'NORMAL' });
      // What leaves the inbox is gone from the file too: it held whole texts.
      for (const db of [this.#door, this.#desk]) db.exec('PRAGMA secure_delete = ON');
    } catch (error) {
      this.#door.close();
      throw error;
    }
    if (options.maxBytes !== undefined) limitTo(options.maxBytes, [this.#door, this.#desk]);
    this.#statements = statementsOf(this.#door, this.#desk);
    this.authors = authorship(this.#door, this.#desk);
    this.letters = letterShelf(
      this.#door,
      options.sealing ?? OPEN,
      (work) => this.#guarded(this.#door, work),
      options.mostLetters,
    );
    this.#today = 0;
  }

  append(posts: readonly Post[]): Promise<readonly boolean[]> {
    if (!this.#open) return Promise.reject(new Error('the inbox is closed'));
    if (posts.length === 0) return Promise.resolve([]);
    return new Promise((done, failed) => {
      this.#waiting.push({ posts, done, failed });
      this.#waitingPosts += posts.length;
      // Few posts wait a moment for others to share their sync; many are worth one of their own.
      if (this.#timer === undefined) {
        this.#timer =
          this.#waitingPosts >= GROUP_POSTS / 4
            ? setImmediate(() => this.#commit())
            : setTimeout(() => this.#commit(), GROUP_WAIT_MS);
      } else if (this.#waitingPosts >= GROUP_POSTS) {
        this.#commit();
      }
    });
  }

  #commit(): void {
    this.#stopTimer();
    const group = this.#waiting;
    this.#waiting = [];
    this.#waitingPosts = 0;
    if (group.length === 0) return;
    try {
      const answers = this.#door.transaction(() => group.map(({ posts }) => posts.map((post) => this.#take(post))));
      group.forEach(({ done }, at) => done(answers[at] ?? []));
    } catch (error) {
      const because = orFull(error);
      for (const { failed } of group) failed(because);
    }
  }

  #take(post: Post): boolean {
    this.#today = Math.max(this.#today, Math.floor(post.seenAt / DAY_MS));
    const { see, insert } = this.#statements;
    if (Number(see.run(rememberedAs(post.id), this.#today).changes) === 0) return false;
    insert.run(JSON.stringify(post));
    this.authors.wrote(post);
    return true;
  }

  read(after: Offset, limit: number): readonly InboxRow[] {
    return this.#statements.read.all(after, limit).map((row) => {
      const post = JSON.parse(row.post) as Post;
      return row.folded === null
        ? { offset: row.place, post }
        : { offset: row.place, post, group: row.folded as PostId };
    });
  }

  last(): Offset {
    return this.#statements.last.get()?.seq ?? 0;
  }

  passed(consumer: Consumer): Offset {
    return this.#statements.passed.get(consumer)?.passed ?? 0;
  }

  pass(consumer: Consumer, offset: Offset, folded?: ReadonlyMap<Offset, PostId>): void {
    const { fold, pass, remove, forget, forgetUpTo } = this.#statements;
    this.#guarded(this.#desk, () => {
      for (const [place, group] of folded ?? []) fold.run(group, place);
      pass.run(offset, consumer);
      const gone = Math.min(...CONSUMERS.map((name) => this.passed(name))) - this.#options.keep;
      if (gone <= 0) return;
      // A little more than what comes in with each batch, so that a long tail is worked off without a long lock.
      if (Number(remove.run(gone, REMOVED_AT_ONCE).changes) === 0) return;
      const upTo = forgetUpTo.get(this.#forgetFrom, FORGOTTEN_AT_ONCE)?.id ?? null;
      if (upTo !== null) forget.run(this.#forgetFrom, upTo, this.#today - this.#options.rememberDays);
      this.#forgetFrom = upTo ?? new Uint8Array();
    });
  }

  bury(letters: readonly DeadLetter[]): void {
    this.letters.bury(letters);
  }

  deadLetters(limit: number): readonly KeptLetter[] {
    return this.letters.list({ limit });
  }

  erase(ids: readonly PostId[]): void {
    this.#guarded(this.#desk, () => {
      this.#statements.erase.run(JSON.stringify(ids));
      this.authors.erase(ids);
    });
  }

  tally(): readonly SourceTally[] {
    return this.#statements.tally.all();
  }

  count(source: string, accepted: number, duplicate: number, rejected: number): void {
    this.#guarded(this.#desk, () => this.#statements.count.run(source, accepted, duplicate, rejected));
  }

  /** What was still waiting to be accepted is accepted first. */
  close(): Promise<void> {
    if (!this.#open) return Promise.resolve();
    this.#commit();
    this.#open = false;
    // So that the file alone is the whole inbox, for those who copy it away.
    this.#door.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    this.#desk.close();
    this.#door.close();
    return Promise.resolve();
  }

  #stopTimer(): void {
    clearTimeout(this.#timer as NodeJS.Timeout | undefined);
    clearImmediate(this.#timer as NodeJS.Immediate | undefined);
    this.#timer = undefined;
  }

  #guarded(db: Db, work: () => unknown): void {
    try {
      db.transaction(work);
    } catch (error) {
      throw orFull(error);
    }
  }
}

const statementsOf = (door: Db, desk: Db) => ({
  see: door.prepare('INSERT INTO seen(id, day) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  insert: door.prepare('INSERT INTO posts(post) VALUES (?)'),
  read: desk.prepare<{ place: number; post: string; folded: string | null }>(
    'SELECT place, post, folded FROM posts WHERE place > ? ORDER BY place LIMIT ?',
  ),
  last: desk.prepare<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'posts'"),
  passed: desk.prepare<{ passed: number }>('SELECT passed FROM consumers WHERE name = ?'),
  pass: desk.prepare('UPDATE consumers SET passed = max(passed, ?) WHERE name = ?'),
  fold: desk.prepare('UPDATE posts SET folded = ? WHERE place = ?'),
  remove: desk.prepare(
    'DELETE FROM posts WHERE place IN (SELECT place FROM posts WHERE place <= ? ORDER BY place LIMIT ?)',
  ),
  forget: desk.prepare('DELETE FROM seen WHERE id > ? AND id <= ? AND day < ?'),
  forgetUpTo: desk.prepare<{ id: Uint8Array | null }>(
    'SELECT max(id) AS id FROM (SELECT id FROM seen WHERE id > ? ORDER BY id LIMIT ?)',
  ),
  erase: desk.prepare("DELETE FROM posts WHERE json_extract(post, '$.id') IN (SELECT value FROM json_each(?))"),
  tally: desk.prepare<{ name: string; accepted: number; duplicate: number; rejected: number }>(
    'SELECT name, accepted, duplicate, rejected FROM sources ORDER BY name',
  ),
  count: desk.prepare(
    `INSERT INTO sources(name, accepted, duplicate, rejected) VALUES (?, ?, ?, ?)
     ON CONFLICT(name) DO UPDATE SET accepted = accepted + excluded.accepted,
       duplicate = duplicate + excluded.duplicate, rejected = rejected + excluded.rejected`,
  ),
});

function limitTo(bytes: number, connections: readonly Db[]): void {
  for (const db of connections) {
    const size = Number(db.prepare<{ page_size: number }>('PRAGMA page_size').get()?.page_size ?? 4096);
    db.exec(`PRAGMA max_page_count = ${String(Math.max(1, Math.floor(bytes / size)))}`);
  }
}

const orFull = (error: unknown): unknown =>
  isDiskFault(error)
    ? new InboxFull('收件箱写不进去：磁盘已满、只读或出错，本批一条也没有收下，请腾出空间后重发', { cause: error })
    : error;
