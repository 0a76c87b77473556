import type { Client } from '@elastic/elasticsearch';
import { StoreUnavailable } from '../../../pipelines/ports/post-store.ts';
import { isOverload, isPassing, statusOf, unavailable } from './faults.ts';
import { readBulkReply } from './read-bulk-reply.ts';
import type { Verdict } from './read-bulk-reply.ts';

/** One document on its way, already as JSON, or the removal of one. */
export type BulkRow = KeptRow | ErasedRow;

interface KeptRow {
  readonly id: string;
  readonly index: string;
  /** External version: of two writes of one id the higher stays, in whichever order they come. */
  readonly version: number;
  readonly json: string;
}

/** Names no version, so it goes whatever was written meanwhile. */
interface ErasedRow {
  readonly id: string;
  readonly index: string;
  readonly erased: true;
}

export interface RefusedRow {
  readonly id: string;
  readonly because: string;
}

export interface Patience {
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Requests in a row that bring nothing forward before the store counts as unavailable, default 6. */
  readonly attempts: number;
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
const MOST_ROWS = 1000;
const FEWEST_ROWS = 20;
const MORE_ROWS = 50;
const MOST_BYTES = 8_000_000;

/**
 * Writes rows and accounts for each. The client's own bulk helper drops rows of an overloaded server after its retries, so
 * this one stands in its place: what was refused for now is sent again after a wait of full jitter (0.1 to 30 s), in smaller requests
 * while the server has too much to do and slowly larger ones after.
 */
export class BulkWriter {
  readonly #client: Client;
  readonly #patience: Patience;
  /** Called with an index that writes found missing. */
  readonly #onMissing: (index: string) => Promise<void>;
  #rows = MOST_ROWS / 2;

  constructor(client: Client, patience: Patience, onMissing: (index: string) => Promise<void>) {
    this.#client = client;
    this.#patience = patience;
    this.#onMissing = onMissing;
  }

  /** Resolves where every row is stored or in the answer. @throws StoreUnavailable */
  async write(rows: readonly BulkRow[]): Promise<readonly RefusedRow[]> {
    const refused: RefusedRow[] = [];
    let waiting = rows;
    let inVain = 0;
    while (waiting.length > 0) {
      const sent = waiting.slice(0, this.#fitting(waiting));
      const outcome = await this.#send(sent);
      refused.push(...outcome.refused);
      waiting = [...outcome.again, ...waiting.slice(sent.length)];
      if (outcome.trouble === undefined) {
        inVain = 0;
        this.#rows = Math.min(MOST_ROWS, this.#rows + MORE_ROWS);
        continue;
      }
      if (outcome.overload) this.#rows = Math.max(FEWEST_ROWS, Math.floor(this.#rows / 2));
      inVain = outcome.again.length < sent.length ? 0 : inVain + 1;
      if (inVain >= this.#patience.attempts)
        throw unavailable(`${waiting.length} posts could not be written`, outcome.trouble);
      await this.#patience.sleep(this.#patience.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** inVain));
    }
    return refused;
  }

  /** How many of the first rows go into one request. */
  #fitting(rows: readonly BulkRow[]): number {
    let bytes = 0;
    let count = 0;
    for (const row of rows) {
      // Chinese takes three bytes a character, so this is at most the true size.
      if ('json' in row) bytes += row.json.length * 3;
      if (count > 0 && (bytes > MOST_BYTES || count >= this.#rows)) break;
      count += 1;
    }
    return count;
  }

  async #send(rows: readonly BulkRow[]): Promise<Outcome> {
    let reply: unknown;
    try {
      reply = await this.#client.bulk({ operations: operationsOf(rows) });
    } catch (error) {
      if (isPassing(error)) return { again: rows, refused: [], trouble: error, overload: isOverload(error) };
      return this.#narrow(rows, error);
    }
    const ids = rows.map((row) => row.id);
    const verdicts = readBulkReply(reply, ids);
    if (verdicts === undefined) {
      const trouble = new Error(`the answer does not account for all ${rows.length} rows sent`);
      return { again: rows, refused: [], trouble, overload: false };
    }
    return this.#sort(rows, verdicts);
  }

  /** A request refused as a whole because of what one row holds (or because it is too large) is halved until that row is alone. */
  async #narrow(rows: readonly BulkRow[], error: unknown): Promise<Outcome> {
    const status = statusOf(error);
    const [only] = rows;
    if ((status !== 400 && status !== 413) || only === undefined) {
      throw unavailable(`${rows.length} posts could not be written`, error);
    }
    if (rows.length === 1) {
      const because = error instanceof Error ? error.message : String(error);
      return {
        again: [],
        refused: [{ id: only.id, because: because.slice(0, 500) }],
        trouble: undefined,
        overload: false,
      };
    }
    const half = Math.ceil(rows.length / 2);
    const first = await this.#send(rows.slice(0, half));
    const second = await this.#send(rows.slice(half));
    return {
      again: [...first.again, ...second.again],
      refused: [...first.refused, ...second.refused],
      trouble: first.trouble ?? second.trouble,
      overload: first.overload || second.overload,
    };
  }

  async #sort(rows: readonly BulkRow[], verdicts: readonly Verdict[]): Promise<Outcome> {
    const again: BulkRow[] = [];
    const refused: RefusedRow[] = [];
    const missing = new Set<string>();
    let trouble: Error | undefined;
    for (const [index, row] of rows.entries()) {
      const verdict = verdicts[index];
      if (verdict === undefined || verdict.is === 'done') continue;
      if (verdict.is === 'broken') {
        throw new StoreUnavailable(`${row.index} refuses every post (${verdict.because}): put it right or reindex`);
      }
      if (verdict.is === 'never') {
        refused.push({ id: row.id, because: verdict.because });
        continue;
      }
      again.push(row);
      if (verdict.missing) missing.add(row.index);
      trouble ??= new Error(verdict.because);
    }
    for (const index of missing) await this.#onMissing(index);
    return { again, refused, trouble, overload: again.length > 0 && missing.size === 0 };
  }
}

interface Outcome {
  readonly again: readonly BulkRow[];
  readonly refused: readonly RefusedRow[];
  /** Why rows must be sent again. */
  readonly trouble: unknown;
  readonly overload: boolean;
}

const operationsOf = (rows: readonly BulkRow[]): string[] =>
  rows.flatMap((row) => {
    const { id, index } = row;
    if ('erased' in row) return [JSON.stringify({ delete: { _index: index, _id: id } })];
    const { version, json } = row;
    return [JSON.stringify({ index: { _index: index, _id: id, version, version_type: 'external_gte' } }), json];
  });
