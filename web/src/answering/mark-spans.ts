import type { ComparisonRow } from '../../../server/contract/answering.ts';

export interface Piece {
  readonly text: string;
  /** Which fact differs here; undefined for plain text. */
  readonly fact: string | undefined;
}

type Difference = ComparisonRow['differs'][number];

/** Cuts a text at the places that differ. The pieces joined are the text again, so they can only be shown as text. */
export function markSpans(text: string, side: 'a' | 'b', differs: readonly Difference[]): readonly Piece[] {
  const spans = differs
    .map((each) => ({ fact: each.fact, start: each[side].start, end: each[side].end }))
    .filter(({ start, end }) => start >= 0 && end > start && end <= text.length)
    .sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { fact, start, end } of spans) {
    if (start < at) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), fact: undefined });
    pieces.push({ text: text.slice(start, end), fact });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), fact: undefined });
  return pieces;
}
