import { LONGEST_LINE } from './lines.ts';

/** Whole lines of a file after an offset. */
export interface Tail {
  readonly bytes: Buffer;
  /** Offset after the last of them. */
  readonly end: number;
  /** Line ends in it. */
  readonly lines: number;
  /** One line longer than any row may be: `bytes` is empty and the line passed over. */
  readonly overlong: boolean;
}

type ReadAt = (at: number, length: number) => Promise<Buffer>;

const CHUNK = 1024 * 1024;
/** A record over several lines; a text is cut at 20,000 characters anyway. */
const LONGEST_RECORD = 256 * 1024;
const NEWLINE = 10;
const QUOTE = 0x22;

/**
 * The next lines that are finished, at most about a megabyte of them; undefined where the last line has no end yet. In a table a
 * line end inside quotes ends nothing, up to 256 KiB: a quote that nobody closed would else hold up all after it.
 */
export async function tailOf(
  read: ReadAt,
  from: number,
  size: number,
  shape: 'lines' | 'table',
): Promise<Tail | undefined> {
  let held = Buffer.alloc(0);
  for (;;) {
    if (from + held.length >= size) return undefined;
    const more = await read(from + held.length, Math.min(CHUNK, size - from - held.length));
    if (more.length === 0) return undefined;
    held = Buffer.concat([held, more]);
    const end = shape === 'lines' ? held.lastIndexOf(NEWLINE) + 1 : endOfRecords(held);
    if (end > 0) return tail(held.subarray(0, end), from);
    // A quote that nobody closed: its line is given up alone, and the next one begins anew.
    const line = held.indexOf(NEWLINE) + 1;
    if (line > 0 && held.length > LONGEST_RECORD) return tail(held.subarray(0, line), from);
    if (held.length <= LONGEST_LINE) continue;
    return passOver(read, from + held.length, size);
  }
}

function tail(bytes: Buffer, from: number): Tail {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return { bytes, end: from + bytes.length, lines, overlong: false };
}

/** The end of the last line that no quote is open at; 0 where there is none. */
function endOfRecords(bytes: Buffer): number {
  let quotes = 0;
  let end = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === QUOTE) quotes++;
    else if (bytes[at] === NEWLINE && quotes % 2 === 0) end = at + 1;
  }
  return end;
}

/** Finds the end of a line without holding it; undefined where it has none yet. */
async function passOver(read: ReadAt, from: number, size: number): Promise<Tail | undefined> {
  for (let at = from; at < size;) {
    const bytes = await read(at, Math.min(CHUNK, size - at));
    if (bytes.length === 0) return undefined;
    const end = bytes.indexOf(NEWLINE);
    if (end !== -1) return { bytes: Buffer.alloc(0), end: at + end + 1, lines: 1, overlong: true };
    at += bytes.length;
  }
  return undefined;
}
