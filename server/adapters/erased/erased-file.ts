import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { PostId } from '../../../pipelines/domain/post.ts';
import type { Erased } from '../../../pipelines/ports/erased.ts';

interface Line {
  readonly at: number;
  readonly post?: string;
  readonly author?: string;
}

/**
 * Tombstones as lines of one small file that is only ever added to, apart from everything a backup brings back: a restore that
 * leaves it in place, or adds its lines to its own, erases again what the backup still had. It holds ids and pseudonyms only.
 * @throws Error naming file and line where it can't be read
 */
export function openErased(path: string): Erased {
  const posts: PostId[] = [];
  const known = new Set<string>();
  const authors = new Map<string, number>();
  let size = -1;
  const refresh = (): void => {
    const now = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (now === size) return;
    size = now;
    if (now === 0) return;
    for (const [at, text] of readFileSync(path, 'utf8').split('\n').entries()) {
      if (text === '') continue;
      const line = lineOf(text, path, at + 1);
      if (line.post !== undefined && !known.has(line.post)) {
        known.add(line.post);
        posts.push(line.post as PostId);
      }
      if (line.author !== undefined) authors.set(line.author, Math.max(line.at, authors.get(line.author) ?? 0));
    }
  };
  refresh();
  return {
    has(post, time, keys) {
      refresh();
      if (known.has(post)) return true;
      return authors.size > 0 && keys().some((key) => time <= (authors.get(key) ?? -Infinity));
    },
    add(ids, pseudonyms, at) {
      const lines: Line[] = [...ids.map((post) => ({ at, post })), ...pseudonyms.map((author) => ({ at, author }))];
      if (lines.length === 0) return;
      mkdirSync(dirname(path), { recursive: true });
      const file = openSync(path, 'a', 0o600);
      try {
        writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      refresh();
    },
    posts() {
      refresh();
      return posts;
    },
  };
}

function lineOf(text: string, path: string, number: number): Line {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && 'at' in value && typeof value.at === 'number')
      return value as Line;
  } catch (cause) {
    throw new Error(`抹除名单 ${path} 第 ${number} 行不是 JSON：请改正这一行，不要删掉整个文件`, { cause });
  }
  throw new Error(`抹除名单 ${path} 第 ${number} 行缺少 at：请改正这一行，不要删掉整个文件`);
}
