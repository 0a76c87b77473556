/** A row that could not be taken. */
export interface DeadLetter {
  /** Epoch ms. */
  readonly at: number;
  readonly source: string;
  /** Line or row number in what was sent, from 1. */
  readonly row: number;
  /** What to do about it, in one sentence. */
  readonly because: string;
  /** The row as it came, cut at 64 KiB. */
  readonly raw: string;
  /** `intake` or `index`: which door refused it. */
  readonly door: 'intake' | 'index';
}

export interface KeptLetter extends Omit<DeadLetter, 'raw'> {
  /** Grows with every new letter; what commands name it by. */
  readonly seq: number;
  /** How often the same row of the same source came. */
  readonly times: number;
  /** undefined once the key it was sealed with is destroyed: then it can only be let go. */
  readonly raw: string | undefined;
}

/** The most letters kept; beyond it the oldest leave, and how many did is said. */
export const MOST_LETTERS = 50_000;

export interface LetterQuery {
  readonly limit: number;
  readonly source?: string;
  /** Only letters with a lower seq: the next page. */
  readonly before?: number;
}

/** Refused rows, until somebody mends and replays them or lets them go. */
export interface DeadLetterShelf {
  /** The same row of the same source again adds to its `times` and takes the newer reason. */
  bury(letters: readonly DeadLetter[]): void;
  /** Newest first. */
  list(query: LetterQuery): readonly KeptLetter[];
  get(seq: number): KeptLetter | undefined;
  /** Takes letters off the shelf; answers how many were there. */
  remove(seqs: readonly number[]): number;
  /** Kept by source, and how many left unread because the shelf was full. */
  count(): { readonly kept: number; readonly lost: number; readonly bySource: ReadonlyMap<string, number> };
}
