import type { PostId } from '../domain/post.ts';
import { sayRepair } from '../domain/repair.ts';
import type { Repair } from '../domain/repair.ts';
import type { Clock } from '../ports/clock.ts';
import { InboxFull, type DeadLetter, type Inbox } from '../ports/inbox.ts';
import type { RawRow } from '../ports/source.ts';
import type { PostDraft } from './draft.ts';
import { parse } from './parse.ts';
import type { ParseContext, Parsed } from './parse.ts';
import { pseudonymise } from './pseudonymise.ts';

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
  readonly inbox: Inbox;
  readonly clock: Clock;
  /** The HMAC that makes pseudonyms. */
  readonly keyed: (value: string) => string;
  readonly postId: (platform: string, nativeId: string) => PostId;
}

export interface Intake {
  /**
   * Checks, pseudonymises and durably accepts rows; one outcome a row, in order. Refused rows are kept as dead letters, and
   * every row is counted for its source. `platform` is for rows that name none.
   * @throws InboxFull, and then nothing of the batch was accepted (its dead letters may have been kept)
   */
  accept(rows: readonly RawRow[], source: string, platform?: string): Promise<RowOutcome[]>;
}

/** The front door: parse → pseudonymise → append. */
export function createIntake({ inbox, clock, keyed, postId }: IntakeParts): Intake {
  const disguise = pseudonymise(keyed);
  return {
    async accept(rows, source, platform) {
      const now = clock.now();
      const context: ParseContext = { source, now, postId, ...(platform !== undefined && { platform }) };
      const outcomes: RowOutcome[] = [];
      const drafts: PostDraft[] = [];
      const taken: RowOutcome[] = [];
      const letters: DeadLetter[] = [];
      for (const row of rows) {
        const parsed = check(row, context);
        if ('because' in parsed) {
          const { because } = parsed;
          const id = 'value' in row ? readableId(row.value) : null;
          outcomes.push({ row: row.row, id, outcome: 'rejected', because });
          letters.push({ at: now, source, row: row.row, because, raw: row.raw, door: 'intake' });
          continue;
        }
        const outcome: RowOutcome = { row: row.row, id: parsed.post.nativeId, outcome: 'accepted' };
        if (parsed.repairs.length > 0) {
          outcome.repairs = parsed.repairs;
          outcome.repaired = parsed.repairs.map(sayRepair);
        }
        outcomes.push(outcome);
        taken.push(outcome);
        drafts.push(parsed.post);
      }
      // Before the good rows: a disk too full for the letters must not refuse a request whose good rows were taken.
      if (letters.length > 0) inbox.bury(letters);
      const fresh = await inbox.append(disguise(drafts));
      const tallies = new Map<string, { accepted: number; duplicate: number; rejected: number }>();
      const tallyOf = (name: string) => {
        const tally = tallies.get(name) ?? { accepted: 0, duplicate: 0, rejected: 0 };
        tallies.set(name, tally);
        return tally;
      };
      taken.forEach((outcome, at) => {
        if (fresh[at] !== true) outcome.outcome = 'duplicate';
        tallyOf(drafts[at]?.source ?? source)[fresh[at] === true ? 'accepted' : 'duplicate']++;
      });
      if (letters.length > 0) tallyOf(source).rejected += letters.length;
      try {
        for (const [name, tally] of tallies) inbox.count(name, tally.accepted, tally.duplicate, tally.rejected);
      } catch (error) {
        // The rows are on disk, so the answer stands; a source's tally may fall short on a full disk, and posts may not.
        if (!(error instanceof InboxFull)) throw error;
      }
      return outcomes;
    },
  };
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
