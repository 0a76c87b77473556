/**
 * One row as a source gave it: a parsed value, or the reason why it is none (a sentence for people). `row` counts from 1 and is
 * the line where the source has lines; `raw` is the row as it came, cut at 64 KiB.
 */
export type RawRow =
  | { readonly row: number; readonly value: unknown; readonly raw: string }
  | { readonly row: number; readonly broken: string; readonly raw: string };

/** Where rows come from. Reading it twice may not be possible; a fault of the whole source (no such file) is thrown. */
export type Source = AsyncIterable<RawRow>;
