import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checkpoint, Checkpoints } from '../ports/checkpoints.ts';
import { followFile, type FollowParts } from './follow-file.ts';

export interface FolderParts extends Omit<FollowParts, 'take' | 'keep'> {
  readonly source: string;
  readonly dir: string;
  readonly checkpoints: Checkpoints;
  readonly take: FollowParts['take'];
  /** Kept by the caller from look to look: files that could not be read, and when to try again (epoch ms). */
  readonly faults: Map<string, number>;
  /** Hears what is wrong with a file; the others go on. */
  readonly onFault: (path: string, error: Error) => void;
}

/** Data files, also rotated (posts.jsonl.1) and packed. */
const NAMES = /\.(?:jsonl|ndjson|json|csv|tsv|txt|xlsx|db|sqlite)(?:\.\d{1,4})?(?:\.gz)?$/i;
/** Crawlers make a folder a person or a keyword. */
const DEPTH = 4;
const MOST_FILES = 10_000;
/** A file that is read whole must have stood still for so long: nobody says when its writer is done. */
const STILL_MS = 2_000;
const RETRY_MS = 60_000;

/** One look at a folder: everything it has gained since the last look, oldest file first. */
export async function followFolder(
  parts: FolderParts,
  now: number,
): Promise<{ readonly files: number; readonly took: boolean }> {
  const { source, checkpoints } = parts;
  const found = await filesIn(parts.dir, NAMES);
  for (const file of found) adopt(file);
  let took = false;
  for (const { path, id, mtimeMs, size } of found) {
    const known = checkpoints.get(source, path);
    // Nothing to open: most files of a folder never change again.
    if (
      known?.file === id &&
      (known.whole === `${size}:${mtimeMs}` || (known.whole === undefined && known.offset === size))
    )
      continue;
    if (isRewritten(path) && now - mtimeMs < STILL_MS) continue;
    if (now < (parts.faults.get(path) ?? 0)) continue;
    if (await follow(path, known)) took = true;
  }
  return { files: found.length, took };

  /** @throws what taking the rows throws: that is no fault of the file */
  async function follow(path: string, known: Checkpoint | undefined): Promise<boolean> {
    let taking: { readonly error: unknown } | undefined;
    const take: FollowParts['take'] = (rows) =>
      parts.take(rows).catch((error: unknown) => {
        taking = { error };
        throw error;
      });
    try {
      const keep = (checkpoint: Checkpoint): void => checkpoints.keep(source, path, checkpoint);
      const took = await followFile(path, known, { ...parts, take, keep });
      parts.faults.delete(path);
      return took;
    } catch (error) {
      if (taking !== undefined) throw taking.error;
      if (!(error instanceof Error)) throw error;
      parts.faults.set(path, now + RETRY_MS);
      parts.onFault(path, error);
      return false;
    }
  }

  /** A file that was renamed (rotated) goes on where it was; its old name is free for a new one. */
  function adopt({ path, id }: FoundFile): void {
    const known = checkpoints.renamed(source, id);
    if (known === undefined || known.path === path) return;
    if (found.some((file) => file.path === known.path && file.id === id)) return;
    checkpoints.forget(source, known.path);
    checkpoints.keep(source, path, known.checkpoint);
  }
}

const isRewritten = (path: string): boolean => /\.(?:json|xlsx|db|sqlite|gz)$/i.test(path);

interface FoundFile {
  readonly path: string;
  readonly id: string;
  readonly size: number;
  readonly mtimeMs: number;
}

async function filesIn(dir: string, names: RegExp): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  const look = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || found.length >= MOST_FILES) continue;
      if (entry.isDirectory() && depth < DEPTH) await look(path, depth + 1);
      if (!entry.isFile() || !names.test(entry.name)) continue;
      const about = await statOrGone(path);
      if (about !== undefined) found.push({ path, ...about });
    }
  };
  await look(dir, 1);
  return found.sort((a, b) => a.mtimeMs - b.mtimeMs || (a.path < b.path ? -1 : 1));
}

/** undefined where it went away between listing and looking. */
async function statOrGone(path: string): Promise<Omit<FoundFile, 'path'> | undefined> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path);
    return { id: `${dev}:${ino}`, size, mtimeMs };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
