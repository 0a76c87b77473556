export interface WordPiece {
  readonly text: string;
  readonly marked: boolean;
}

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');

/** Cuts a text where the words occur, whatever their case, longer words first. The pieces joined are the text again, so they can only be shown as text. */
export function markWords(text: string, words: readonly string[]): readonly WordPiece[] {
  const sorted = words.filter((word) => word !== '').sort((a, b) => b.length - a.length);
  if (sorted.length === 0) return [{ text, marked: false }];
  const pieces: WordPiece[] = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(new RegExp(sorted.map(escaped).join('|'), 'giu'))) {
    if (index > at) pieces.push({ text: text.slice(at, index), marked: false });
    pieces.push({ text: found, marked: true });
    at = index + found.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}
