const MORE = '…';

/** The text in at most so many bytes of UTF-8, never ending within a code point; what was cut says so by an ellipsis. Lone surrogates become U+FFFD. */
export function cutBytes(text: string, most: number): string {
  const whole = Buffer.from(text.toWellFormed(), 'utf8');
  if (whole.length <= most) return whole.toString('utf8');
  let end = Math.max(0, most - Buffer.byteLength(MORE));
  // A byte 10xxxxxx continues a code point, so the cut goes back to before its first byte.
  while (end > 0 && ((whole[end] ?? 0) & 0xc0) === 0x80) end--;
  return `${whole.toString('utf8', 0, end)}${MORE}`;
}
