import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../server/package-root.ts';
import { MOODS } from '../pipelines/domain/post.ts';

const FILE = 'learning/teacher/feeling.bin';
const KEY = 8;
/** Six shares of moods and how positive, one byte each. */
const BYTES = MOODS.length + 1;
const ROW = KEY + BYTES;

/** What the teacher said of one text: shares of the moods in the order of MOODS, and how positive it is, 0…1. */
export interface Taught {
  readonly moods: readonly number[];
  readonly positive: number;
}

const keyOf = (text: string): string => createHash('sha256').update(text).digest().toString('latin1', 0, KEY);

/**
 * The teacher's labels of unlabelled texts (learning/teacher/README.md says how they were made). They are kept by the
 * first eight bytes of the text's sha256, so that the repository holds what was learnt and not what was read.
 *
 * @throws Error where the file is cut short.
 */
export function readTeacher(): (text: string) => Taught | undefined {
  const bytes = readFileSync(join(packageRoot(), FILE));
  if (bytes.length === 0 || bytes.length % ROW !== 0)
    throw new Error(
      `${FILE} has ${bytes.length} bytes, which is no multiple of ${ROW}: take it from the repository again.`,
    );
  const rowOf = new Map<string, number>();
  for (let at = 0; at < bytes.length; at += ROW) rowOf.set(bytes.toString('latin1', at, at + KEY), at + KEY);
  return (text) => {
    const at = rowOf.get(keyOf(text));
    if (at === undefined) return undefined;
    const shares = Array.from(bytes.subarray(at, at + MOODS.length));
    const sum = Math.max(
      1,
      shares.reduce((all, share) => all + share, 0),
    );
    return { moods: shares.map((share) => share / sum), positive: (bytes[at + MOODS.length] as number) / 255 };
  };
}
