import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Checkpoint } from '../ports/checkpoints.ts';
import type { RawRow } from '../ports/source.ts';
import { detectEncoding } from './encoding.ts';
import { LONGEST_LINE } from './lines.ts';
import { tailOf, type Tail } from './tail.ts';

export interface FollowParts {
  /** Rows of a file that is not line by line, such as a workbook, a database or an array. */
  readonly wholeRows: (path: string) => AsyncIterable<RawRow>;
  /** Rows of a part of a file: whole lines, and before them the header where it is a table. */
  readonly partRows: (path: string, bytes: AsyncGenerator<Buffer>) => AsyncIterable<RawRow>;
  /** Takes rows in; when it resolves they are on disk. */
  readonly take: (rows: readonly RawRow[]) => Promise<void>;
  /** Called after every batch; what it was given is where to go on from. */
  readonly keep: (checkpoint: Checkpoint) => void;
}

const HEAD = 1_024;
const LOOKED = 4_096;
const BATCH = 500;
const GZIP = [0x1f, 0x8b];

type Shape = 'lines' | 'table' | 'whole';

/**
 * Reads what a file has gained since its checkpoint, whole lines only: a last line without its end waits until it has one.
 * A file that was replaced, cut short or written anew is read from its beginning. Rows are taken before the checkpoint moves, so a
 * kill in between reads some again, and their ids make that harmless.
 * @returns true where rows were taken
 */
export async function followFile(path: string, known: Checkpoint | undefined, parts: FollowParts): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { dev, ino, size, mtimeMs } = await file.stat();
    const start = await read(file, 0, Math.min(LOOKED, size));
    const id = `${dev}:${ino}`;
    const shape = shapeOf(path, start);
    if (shape === 'whole') {
      const whole = `${size}:${mtimeMs}`;
      if (known?.file === id && known.whole === whole) return false;
      const took = await takeAll(parts.wholeRows(path), parts);
      parts.keep({ file: id, offset: 0, row: 0, head: '', whole });
      return took;
    }
    const goesOn = known !== undefined && known.file === id && (await isSame(file, size, known));
    const from = goesOn ? known : { file: id, offset: 0, row: 0, head: '' };
    return await followLines(file, size, from, shape, path, parts);
  } finally {
    await file.close();
  }
}

async function followLines(
  file: FileHandle,
  size: number,
  from: Checkpoint,
  shape: 'lines' | 'table',
  path: string,
  parts: FollowParts,
): Promise<boolean> {
  let { offset, row } = from;
  const header = shape === 'table' ? await headerOf(file, size) : undefined;
  if (shape === 'table' && header === undefined) return false;
  if (header !== undefined && offset < header.length) {
    offset = header.length;
    row = linesIn(header);
  }
  let took = false;
  for (;;) {
    const tail: Tail | undefined = await tailOf((at, length) => read(file, at, length), offset, size, shape);
    if (tail === undefined) return took;
    if (tail.overlong) {
      await parts.take([
        { row: row + 1, broken: `这一行超过 ${Math.floor(LONGEST_LINE / 1_048_576)} MB，请一行只写一条帖文`, raw: '' },
      ]);
    } else if (header === undefined) {
      await takeAll(renumbered(parts.partRows(path, once(tail.bytes)), row), parts);
    } else {
      const rows = parts.partRows(path, once(Buffer.concat([header, tail.bytes])));
      await takeAll(renumbered(rows, row - linesIn(header)), parts);
    }
    took = true;
    offset = tail.end;
    row += tail.lines;
    parts.keep({ file: from.file, offset, row, head: await headHash(file, offset) });
  }
}

async function takeAll(rows: AsyncIterable<RawRow>, { take }: FollowParts): Promise<boolean> {
  let took = false;
  let batch: RawRow[] = [];
  const flush = async (): Promise<void> => {
    const full = batch;
    batch = [];
    if (full.length === 0) return;
    await take(full);
    took = true;
  };
  for await (const row of rows) if (batch.push(row) === BATCH) await flush();
  await flush();
  return took;
}

async function* renumbered(rows: AsyncIterable<RawRow>, before: number): AsyncGenerator<RawRow> {
  for await (const row of rows) {
    if ('broken' in row) yield { ...row, row: row.row + before };
    // `raw` may be made when it is asked for, and most rows are never asked.
    else
      yield Object.defineProperties(
        {},
        { ...Object.getOwnPropertyDescriptors(row), row: { value: row.row + before, enumerable: true } },
      ) as RawRow;
  }
}

/** Lines of objects and tables are followed; what is packed, binary, two bytes a character or one JSON document is read whole. */
function shapeOf(path: string, start: Buffer): Shape {
  const name = path.toLowerCase().replace(/\.\d{1,4}$/, '');
  if (start[0] === GZIP[0] && start[1] === GZIP[1]) return 'whole';
  if (detectEncoding(start).startsWith('utf-16') || start.includes(0)) return 'whole';
  if (name.endsWith('.json')) return 'whole';
  if (name.endsWith('.jsonl') || name.endsWith('.ndjson')) return 'lines';
  if (name.endsWith('.csv') || name.endsWith('.tsv')) return 'table';
  const first = /[^\s\u00a0\u00bb\u00bf\u00ef]/.exec(start.toString('latin1'))?.[0];
  return first === '{' ? 'lines' : first === '[' ? 'whole' : 'table';
}

async function headerOf(file: FileHandle, size: number): Promise<Buffer | undefined> {
  const start = await read(file, 0, Math.min(size, 64 * 1024));
  const end = start.indexOf(10);
  return end === -1 ? undefined : start.subarray(0, end + 1);
}

/** The same file as when it was read, and not cut short since. */
async function isSame(file: FileHandle, size: number, { offset, head, whole }: Checkpoint): Promise<boolean> {
  return whole === undefined && size >= offset && (await headHash(file, offset)) === head;
}

async function headHash(file: FileHandle, offset: number): Promise<string> {
  return createHash('sha256')
    .update(await read(file, 0, Math.min(HEAD, offset)))
    .digest('hex');
}

async function read(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let held = 0;
  while (held < length) {
    const { bytesRead } = await file.read(buffer, held, length - held, at + held);
    if (bytesRead === 0) break;
    held += bytesRead;
  }
  return buffer.subarray(0, held);
}

// eslint-disable-next-line @typescript-eslint/require-await -- readers take bytes as they come from a file
async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
