import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../pipelines/ports/clock.ts';

export interface Upload {
  readonly id: string;
  /** As the person called it: readers find days and accounts in names. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly at: number;
}

/** There is no room for a file, or it is too large; a sentence for people. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

const KEPT_MS = 3_600_000;
const MOST_FILES = 8;
const ZEROS = Buffer.alloc(1024 * 1024);

/**
 * Files that people brought and nobody took in yet. They lie as they came, ids of authors and all, so they lie shortly: what was taken in,
 * given up, is an hour old or was left by an earlier run is written over and gone.
 */
export class Uploads {
  readonly #dir: string;
  readonly #clock: Clock;
  readonly #most: number;
  readonly #held = new Map<string, Upload>();
  #coming = 0;

  constructor(dir: string, clock: Clock, most: number) {
    this.#dir = dir;
    this.#clock = clock;
    this.#most = most;
  }

  /** Takes away what an earlier run left. */
  async clear(): Promise<void> {
    if (!existsSync(this.#dir)) return;
    const left = readdirSync(this.#dir, { withFileTypes: true, recursive: true });
    for (const entry of left) if (entry.isFile()) await overwrite(join(entry.parentPath, entry.name));
    rmSync(this.#dir, { recursive: true, force: true });
  }

  /** @throws UploadRefused, and then nothing of it is left */
  async take(name: string, stream: AsyncIterable<Buffer>): Promise<Upload> {
    await this.#dropOld();
    if (this.#held.size + this.#coming >= MOST_FILES)
      throw new UploadRefused(`已有 ${MOST_FILES} 个文件在等待，请先导入或放弃`);
    const id = randomBytes(12).toString('hex');
    const folder = join(this.#dir, id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, safeName(name));
    this.#coming++;
    let bytes = 0;
    const file = await open(path, 'wx', 0o600);
    try {
      for await (const chunk of stream) {
        bytes += chunk.length;
        if (bytes > this.#most)
          throw new UploadRefused(
            `文件超过 ${Math.floor(this.#most / 1_048_576)} MB，请在机器上用 wenbida import 导入`,
          );
        await writeAll(file, chunk);
      }
      await file.close();
    } catch (error) {
      await file.close();
      await this.#destroy(path, folder);
      throw error;
    } finally {
      this.#coming--;
    }
    const upload = { id, name: safeName(name), path, bytes, at: this.#clock.now() };
    this.#held.set(id, upload);
    return upload;
  }

  get(id: string): Upload | undefined {
    return this.#held.get(id);
  }

  /** False where there is none of this id. */
  async drop(id: string): Promise<boolean> {
    const upload = this.#held.get(id);
    this.#held.delete(id);
    if (upload !== undefined) await this.#destroy(upload.path, join(this.#dir, id));
    return upload !== undefined;
  }

  async #dropOld(): Promise<void> {
    const before = this.#clock.now() - KEPT_MS;
    for (const { id, at } of [...this.#held.values()]) if (at < before) await this.drop(id);
  }

  async #destroy(path: string, folder: string): Promise<void> {
    await overwrite(path);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The last part of a name, without what file systems don't take; never hidden, never empty. */
const safeName = (name: string): string =>
  basename(name.replaceAll('\\', '/'))
    .replace(/[\p{Cc}/:*?"<>|]/gu, '_')
    .replace(/^\.+/, '')
    .slice(-100) || 'file';

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length;) at += (await file.write(chunk, at)).bytesWritten;
}

async function overwrite(path: string): Promise<void> {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  const file = await open(path, 'r+');
  try {
    for (let at = 0; at < size; at += ZEROS.length) await file.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
    await file.sync();
  } finally {
    await file.close();
  }
}
