import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../pipelines/ports/clock.ts';
import type { Pseudonyms } from '../../../pipelines/ports/pseudonyms.ts';
import { destroyKey, epochsIn, keyPath, makeKey, readKey } from './key-files.ts';

const DAY_MS = 86_400_000;

export interface KeyTimes {
  /** How long one key serves, default 30 days. */
  readonly epochDays?: number;
  /** How long a key is kept after its time, default 30 days: as long as raw text. */
  readonly keepDays?: number;
}

/**
 * The deployment's keys, one file an epoch in `dir`/keys, readable by their owner only. A pseudonym is `e<epoch>-` and an
 * HMAC-SHA256 cut to 128 bits; an epoch's number is its place since 1970 in units of `epochDays`. Losing a key breaks the link
 * between posts of one author, and what was sealed with it; nothing else.
 * @throws Error naming the file and the remedy
 */
export function openPseudonyms(
  dir: string,
  clock: Clock,
  { epochDays = 30, keepDays: usually = 30 }: KeyTimes = {},
): Pseudonyms {
  const folder = join(dir, 'keys');
  const keys = new Map<number, Buffer>();
  const epochNow = (): number => Math.floor(clock.now() / (epochDays * DAY_MS));
  const keyOf = (epoch: number): Buffer => {
    let key = keys.get(epoch);
    if (key === undefined) {
      key = opened(keyPath(folder, epoch));
      keys.set(epoch, key);
    }
    return key;
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  takeOverFirstKey(dir, keyPath(folder, epochNow()));
  keyOf(epochNow());
  const pseudonym = (epoch: number, value: string): string =>
    `e${epoch}-${createHmac('sha256', keyOf(epoch)).update(value).digest('hex').slice(0, 32)}`;
  const old = (keepDays = usually): readonly number[] => {
    const last = clock.now() - keepDays * DAY_MS;
    return epochsIn(folder).filter((epoch) => (epoch + 1) * epochDays * DAY_MS <= last);
  };
  return {
    keyed: (value) => pseudonym(epochNow(), value),
    everyKeyed: (value) => epochsIn(folder).map((epoch) => pseudonym(epoch, value)),
    seal: (text) => sealed(text, epochNow(), keyOf(epochNow())),
    unseal(text) {
      const epoch = Number(/^s(\d{1,6})\./.exec(text)?.[1]);
      return epochsIn(folder).includes(epoch) ? unsealed(text, keyOf(epoch)) : undefined;
    },
    old,
    destroyOld(keepDays) {
      const gone = old(keepDays);
      for (const epoch of gone) {
        destroyKey(keyPath(folder, epoch));
        keys.delete(epoch);
      }
      return gone;
    },
  };
}

function opened(path: string): Buffer {
  try {
    return readKey(path) ?? makeKey(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`密钥文件 ${path} 用不了：${why}。请检查权限；确认不要它时可删除，下次启动会新建`, { cause });
  }
}

/** The one key of deployments from before there were epochs. */
function takeOverFirstKey(dir: string, path: string): void {
  const first = join(dir, 'secret.key');
  if (existsSync(first) && !existsSync(path)) renameSync(first, path);
}

const sealingKey = (key: Buffer): Buffer => createHmac('sha256', key).update('seal').digest();

/** AES-256-GCM: `s<epoch>.` and base64 of nonce, tag and ciphertext. */
function sealed(text: string, epoch: number, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(key), nonce);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `s${epoch}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
}

/** @throws Error where it was changed since */
function unsealed(text: string, key: Buffer): string {
  const bytes = Buffer.from(text.slice(text.indexOf('.') + 1), 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}
