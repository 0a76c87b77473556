import type { PostId } from '../domain/post.ts';
import { repairOf, sayRepair } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Clock } from '../ports/clock.ts';
import type { CountsBook } from '../ports/counts-book.ts';
import type { Erased } from '../ports/erased.ts';
import { InboxFull, type DeadLetter, type Inbox } from '../ports/inbox.ts';
import type { RawRow } from '../ports/source.ts';
import type { SourceBook, Way } from '../ports/source-book.ts';
import type { PostDraft } from './draft.ts';
import { mask } from './mask.ts';
import { parse } from './parse.ts';
import type { ParseContext, Parsed } from './parse.ts';
import { pseudonymise } from './pseudonymise.ts';
import { countKinds } from './repair-kinds.ts';
import { urlWithoutAuthor } from './url-without-author.ts';

/** What became of one row; `id` is the platform's own id, null where none could be read. */
export interface RowOutcome {
  row: number;
  id: string | null;
  outcome: 'accepted' | 'duplicate' | 'rejected';
  because?: string;
  /** The repairs as sentences. */
  repaired?: string[];
  repairs?: readonly Repair[];
}

export interface IntakeParts {
  readonly inbox: Pick<Inbox, 'append' | 'bury' | 'count'>;
  readonly clock: Clock;
  /** The HMAC that makes pseudonyms. */
  readonly keyed: (value: string) => string;
  readonly postId: (platform: string, nativeId: string) => PostId;
  /** Where batches are noted by source. */
  readonly book?: Pick<SourceBook, 'arrived'>;
  /** Where counts over time are kept. */
  readonly counts?: Pick<CountsBook, 'observe'>;
  /** What must never come back, with the pseudonyms of a value under every key. */
  readonly erased?: { readonly list: Pick<Erased, 'has'>; readonly everyKeyed: (value: string) => readonly string[] };
}

export interface Intake {
  /**
   * Checks, pseudonymises and durably accepts rows; one outcome a row, in order. Refused rows are kept as dead letters, and
   * every row is counted for its source. A post known already is a duplicate, and its counts are kept where they changed.
   * `platform` is for rows that name none, `way` for a source nobody described yet.
   * @throws InboxFull, and then nothing of the batch was accepted (its dead letters may have been kept)
   */
  accept(rows: readonly RawRow[], source: string, platform?: string, way?: Way): Promise<RowOutcome[]>;
}

const ERASED = '这条帖文已按要求抹除，不再收';

/** The front door: parse → pseudonymise → append. */
export function createIntake(parts: IntakeParts): Intake {
  const { inbox, clock, keyed, postId, counts } = parts;
  const disguise = pseudonymise(keyed);
  return {
    async accept(rows, source, platform, way = 'file') {
      const now = clock.now();
      const context: ParseContext = { source, now, postId, ...(platform !== undefined && { platform }) };
      const outcomes: RowOutcome[] = [];
      const drafts: PostDraft[] = [];
      const taken: RowOutcome[] = [];
      const letters: DeadLetter[] = [];
      let erased = 0;
      for (const row of rows) {
        const parsed = check(row, context);
        if ('because' in parsed) {
          const { because } = parsed;
          const id = 'value' in row ? readableId(row.value) : null;
          outcomes.push({ row: row.row, id, outcome: 'rejected', because });
          // The reason may quote the row, and it lies open.
          letters.push({ at: now, source, row: row.row, because: mask(because), raw: rawOf(row), door: 'intake' });
          continue;
        }
        const draft = withoutAuthorInUrl(parsed.post);
        if (isErased(draft)) {
          // No dead letter: that would keep what was to be erased.
          outcomes.push({ row: row.row, id: draft.nativeId, outcome: 'rejected', because: ERASED });
          erased++;
          continue;
        }
        const repairs =
          draft.url === undefined && parsed.post.url !== undefined
            ? [...parsed.repairs, repairOf('url', 'url-author', '', '')]
            : parsed.repairs;
        const outcome: RowOutcome = { row: row.row, id: draft.nativeId, outcome: 'accepted' };
        if (repairs.length > 0) {
          outcome.repairs = repairs;
          outcome.repaired = repairs.map(sayRepair);
        }
        outcomes.push(outcome);
        taken.push(outcome);
        drafts.push(draft);
      }
      // Before the good rows: a disk too full for the letters must not refuse a request whose good rows were taken.
      if (letters.length > 0) inbox.bury(letters);
      const fresh = await inbox.append(disguise(drafts));
      taken.forEach((outcome, at) => {
        if (fresh[at] !== true) outcome.outcome = 'duplicate';
      });
      orLater(() => tally(parts, { source, way, now, drafts, taken, rejected: letters.length + erased }));
      if (counts !== undefined) orLater(() => observe(counts, drafts, fresh));
      return outcomes;
    },
  };

  function isErased(draft: PostDraft): boolean {
    const { erased } = parts;
    if (erased === undefined) return false;
    const { author, platform } = draft;
    return erased.list.has(draft.id, draft.time, () =>
      author === undefined ? [] : erased.everyKeyed(`${platform}|${author.key}`),
    );
  }
}

interface Taken {
  readonly source: string;
  readonly way: Way;
  readonly now: number;
  readonly drafts: readonly PostDraft[];
  /** One outcome a draft, in order. */
  readonly taken: readonly RowOutcome[];
  readonly rejected: number;
}

/** Rows are counted for the source they name, refused ones for the source that brought them. */
function tally({ inbox, book }: IntakeParts, { source, way, now, drafts, taken, rejected }: Taken): void {
  const of = new Map<string, { accepted: number; duplicate: number; newest: number; repairs: Repair[] }>();
  const tallyOf = (name: string) => {
    const found = of.get(name) ?? { accepted: 0, duplicate: 0, newest: -Infinity, repairs: [] };
    of.set(name, found);
    return found;
  };
  if (rejected > 0) tallyOf(source);
  drafts.forEach((draft, at) => {
    const counted = tallyOf(draft.source);
    const { outcome = 'accepted', repairs = [] } = taken[at] ?? {};
    counted[outcome === 'duplicate' ? 'duplicate' : 'accepted']++;
    counted.newest = Math.max(counted.newest, draft.time);
    counted.repairs.push(...repairs);
  });
  for (const [name, { accepted, duplicate, newest, repairs }] of of) {
    const refused = name === source ? rejected : 0;
    inbox.count(name, accepted, duplicate, refused);
    book?.arrived(name, way, {
      at: now,
      accepted,
      duplicate,
      rejected: refused,
      ...(newest > -Infinity && { newest }),
      repairs: countKinds(repairs),
    });
  }
}

function observe(counts: Pick<CountsBook, 'observe'>, drafts: readonly PostDraft[], fresh: readonly boolean[]): void {
  const rows = drafts.flatMap((draft, at) =>
    draft.counts === undefined || Object.keys(draft.counts).length === 0
      ? []
      : [{ post: draft.id, fresh: fresh[at] === true, at: draft.seenAt, counts: draft.counts }],
  );
  if (rows.length > 0) counts.observe(rows);
}

/** The rows are on disk, so the answer stands; on a full disk a source's figures may fall short, and posts may not. */
function orLater(note: () => void): void {
  try {
    note();
  } catch (error) {
    if (!(error instanceof InboxFull)) throw error;
  }
}

function withoutAuthorInUrl(draft: PostDraft): PostDraft {
  if (draft.url === undefined) return draft;
  const url = urlWithoutAuthor(draft.url, draft.author?.key);
  if (url === draft.url) return draft;
  const { url: _url, ...rest } = draft;
  return url === undefined ? rest : { ...rest, url };
}

/** What can be mended and read again: a row that was read as fields is kept as fields, whatever file they stood in. */
function rawOf(row: RawRow): string {
  if ('broken' in row || row.raw.trimStart().startsWith('{')) return row.raw;
  return JSON.stringify(row.value) ?? row.raw;
}

/** A row as a post, with what its reader repaired before what is repaired here. */
function check(row: RawRow, context: ParseContext): Parsed {
  if ('broken' in row) return { because: row.broken };
  const parsed = parse(row.value, row.moments === undefined ? context : { ...context, ...row.moments });
  if ('because' in parsed || row.repairs === undefined || row.repairs.length === 0) return parsed;
  return { post: parsed.post, repairs: [...row.repairs, ...parsed.repairs] };
}

function readableId(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'id')) return null;
  const { id } = value as { readonly id: unknown };
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' ? id.slice(0, 200).toWellFormed() : null;
}
