import { createHmac, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const KEY = /^[0-9a-f]{64}\s*$/;

/**
 * The deployment's key for pseudonyms, `secret.key` in `dir`, made on the first start and readable by its owner only. The answer
 * is an HMAC-SHA256, cut to 128 bits, in hex. Losing the file breaks the link between old and new posts of one author, and
 * nothing else.
 * @throws Error naming the file and the remedy
 */
export function openPseudonyms(dir: string): (value: string) => string {
  const path = join(dir, 'secret.key');
  let key: Buffer;
  try {
    mkdirSync(dir, { recursive: true });
    key = readKey(path) ?? makeKey(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`密钥文件 ${path} 用不了：${why}。请检查权限；确认不要它时可删除，下次启动会新建`, { cause });
  }
  return (value) => createHmac('sha256', key).update(value).digest('hex').slice(0, 32);
}

function readKey(path: string): Buffer | undefined {
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

function makeKey(path: string): Buffer {
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
