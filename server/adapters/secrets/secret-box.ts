import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SecretBox } from '../../../pipelines/ports/secret-box.ts';
import { makeKey, readKey } from './key-files.ts';

const VERSION = 'g1.';

/**
 * AES-256-GCM under one key file, readable by its owner only, made where there is none: `g1.` and base64 of nonce, tag and ciphertext.
 * @throws Error naming the file and the remedy
 */
export function openSecretBox(keyFile: string): SecretBox {
  const key = keyOf(keyFile);
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      if (!sealed.startsWith(VERSION)) throw new Error(`密文不是这个程序写的；请核对 ${keyFile}`);
      const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new Error(`密文打不开：${keyFile} 不是封它的那把密钥，请从备份恢复，或重填渠道的密钥`, { cause });
      }
    },
  };
}

function keyOf(path: string): Buffer {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return readKey(path) ?? makeKey(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`密钥文件 ${path} 用不了：${why}。请检查权限，或从备份恢复`, { cause });
  }
}
