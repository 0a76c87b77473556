import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const KEY = /^[0-9a-f]{64}\s*$/;
const NAME = /^(\d{1,6})\.key$/;
const HEX_BYTES = 65;

export const keyPath = (folder: string, epoch: number): string => join(folder, `${epoch}.key`);

/** The epochs that still have a key, oldest first. */
export const epochsIn = (folder: string): number[] =>
  readdirSync(folder)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);

/** @throws Error where the file is no key */
export function readKey(path: string): Buffer | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  if (!KEY.test(text)) throw new Error('内容不是 64 位十六进制数');
  chmodSync(path, 0o600);
  return Buffer.from(text.trim(), 'hex');
}

export function makeKey(path: string): Buffer {
  // Written under another name and linked: whoever starts at the same moment sees a whole key or none.
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(unfinished, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(unfinished);
  }
  const key = readKey(path);
  if (key === undefined) throw new Error('刚写下的密钥读不到');
  return key;
}

/** Written over before it is unlinked, so that the blocks of the file no longer hold it. */
export function destroyKey(path: string): void {
  const file = openSync(path, 'r+');
  try {
    writeSync(file, '0'.repeat(HEX_BYTES), 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  unlinkSync(path);
}
