import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';

/** 0 ok, 1 a fault, 2 wrong use, 3 some rows were rejected. */
export const EXIT = { ok: 0, fault: 1, usage: 2, rejected: 3 } as const;

export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly value: unknown;
}

/** A line that can't be used: its number and why, on stderr; the rest goes on. */
export const reject = (streams: Streams, line: number, because: string): void => {
  streams.stderr.write(`第 ${line} 行未采用：${because}\n`);
};

/** JSON Lines in batches, order kept. Blank lines are passed over; a line that is no JSON is given to `onBroken`. */
export async function* jsonLines(
  input: Readable,
  batch: number,
  onBroken: (line: number, because: string) => void,
): AsyncGenerator<Line[]> {
  let number = 0;
  let held: Line[] = [];
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    const trimmed = number === 1 ? text.replace(/^\uFEFF/, '').trim() : text.trim();
    if (trimmed === '') continue;
    try {
      held.push({ number, value: JSON.parse(trimmed) });
    } catch (error) {
      onBroken(number, `不是 JSON：${error instanceof Error ? error.message : String(error)}`);
    }
    if (held.length === batch) {
      yield held;
      held = [];
    }
  }
  if (held.length > 0) yield held;
}

/** Writes, and waits where the reader is slower than we are. */
export function writeOut(output: Writable, text: string): Promise<void> | undefined {
  if (output.write(text)) return undefined;
  return new Promise((resolve) => output.once('drain', resolve));
}
