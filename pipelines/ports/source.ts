import type { Repair } from '../domain/repair.ts';

/** What a whole source says about time, epoch ms. */
export interface SourceMoments {
  /** Nothing in it is newer than this: when the file was last written. */
  readonly until?: number;
  /** When its rows were seen, for rows that don't say it themselves. */
  readonly seen?: number;
}

/**
 * One row as a source gave it: a parsed value, or the reason why it is none (a sentence for people). `row` counts from 1 and is
 * the line where the source has lines; `raw` is the row as it came, cut at 64 KiB. `repairs` is what the reader put right.
 */
export type RawRow =
  | {
      readonly row: number;
      readonly value: unknown;
      readonly raw: string;
      readonly repairs?: readonly Repair[];
      readonly moments?: SourceMoments;
    }
  | { readonly row: number; readonly broken: string; readonly raw: string };

/** Where rows come from. Reading it twice may not be possible; a fault of the whole source (no such file) is thrown. */
export type Source = AsyncIterable<RawRow>;

/** One row of a table before anybody asked what its columns mean, or the reason why it can't be read. */
export type TableRow =
  | { readonly row: number; readonly cells: readonly unknown[]; readonly raw: string }
  | { readonly row: number; readonly broken: string; readonly raw: string };

/** A table of a file: a CSV file is one, a workbook has one a sheet, a database one a table. Read one after another. */
export interface Table {
  /** Empty where the file is one table. */
  readonly name: string;
  readonly columns: readonly string[];
  rows(): AsyncIterable<TableRow>;
}

/** An item of a feed, whatever dialect it is written in; texts may hold markup, links may be relative. */
export interface FeedItem {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly content?: string | undefined;
  readonly time?: string | undefined;
}

export interface Feed {
  readonly title?: string | undefined;
  readonly link?: string | undefined;
  readonly items: readonly FeedItem[];
}

/**
 * What reading files needs of technology; each is optional, and a file that needs an absent one is refused by name.
 * All of them bound what they hold, whatever a file says of itself.
 */
export interface SourceTools {
  /** CSV given as UTF-8 bytes. */
  readonly csv?: (utf8: AsyncIterable<Uint8Array>, name: string) => Promise<Table>;
  /** A workbook (XLSX) by its path. `close` in any case. */
  readonly xlsx?: (path: string) => Promise<TableFile>;
  /** A SQLite file by its path, never written to. `close` in any case. */
  readonly sqlite?: (path: string) => Promise<TableFile>;
  /** A feed's text. @throws Error with a sentence for people where it is none, or is refused */
  readonly feed?: (text: string) => Feed;
}

export interface TableFile {
  readonly tables: readonly Table[];
  close(): Promise<void>;
}
