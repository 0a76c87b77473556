/** A line longer than this is refused with its number, and never held in memory. */
export const LONGEST_LINE = 10 * 1024 * 1024;
/** The part of a refused line that is kept. */
const KEPT = 64 * 1024;

export interface ByteLine {
  /** From 1. */
  readonly row: number;
  readonly bytes: Buffer;
  /** True where the line was longer than `longest`; `bytes` is then its beginning. */
  readonly overlong: boolean;
}

/**
 * Lines as bytes, without their ends (\n or \r\n); those of one line are good until the next is asked for. Memory stays below `longest`
 * and one chunk.
 */
export async function* byteLines(bytes: AsyncIterable<Buffer>, longest = LONGEST_LINE): AsyncGenerator<ByteLine> {
  let row = 0;
  let held: Buffer[] = [];
  let length = 0;
  let overlong = false;
  const take = (end: Buffer): ByteLine => {
    row++;
    // Most lines lie whole in one piece and are not copied.
    const whole = held.length === 0 && end.length <= longest;
    if (!whole) hold(end);
    const all = whole ? end : Buffer.concat(held);
    const line = { row, bytes: all.at(-1) === 0x0d ? all.subarray(0, -1) : all, overlong };
    held = [];
    length = 0;
    overlong = false;
    return line;
  };
  const hold = (part: Buffer): void => {
    length += part.length;
    if (!overlong && length <= longest) held.push(Buffer.from(part));
    else if (!overlong) {
      overlong = true;
      // A copy, so that what was held up to here is let go.
      held = [Buffer.from(Buffer.concat([...held, part.subarray(0, KEPT)]).subarray(0, KEPT))];
    }
  };
  for await (const chunk of bytes) {
    let start = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, at));
      start = at + 1;
    }
    if (start < chunk.length) hold(chunk.subarray(start));
  }
  if (length > 0) yield take(Buffer.alloc(0));
}
