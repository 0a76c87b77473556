import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { IncidentId } from '../../../pipelines/domain/incident.ts';
import type { CaseLink, LinkSigner } from '../../../pipelines/ports/link-signer.ts';
import { makeKey, readKey } from './key-files.ts';

const MAC_BYTES = 24;
const TOKEN = /^[\w-]{8,1000}\.[\w-]{32}$/;

/**
 * `<base64url of incident|account|expiry>.<base64url of HMAC-SHA256, 192 bits>`, with a key of its own in `dir`/keys/links.key.
 * Without that file every link ever given out is void.
 * @throws Error naming the file and the remedy
 */
export function openLinkSigner(dir: string): LinkSigner {
  const folder = join(dir, 'keys');
  const path = join(folder, 'links.key');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const key = opened(path);
  const macOf = (body: string): Buffer =>
    createHmac('sha256', key).update(`case-link\n${body}`).digest().subarray(0, MAC_BYTES);
  return {
    sign({ incident, account, expires }) {
      const body = Buffer.from(JSON.stringify([incident, account, expires]), 'utf8').toString('base64url');
      return `${body}.${macOf(body).toString('base64url')}`;
    },
    read(token) {
      if (!TOKEN.test(token)) return undefined;
      const [body = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      if (given.length !== MAC_BYTES || !timingSafeEqual(given, macOf(body))) return undefined;
      const [incident, account, expires] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as [
        IncidentId,
        string,
        number,
      ];
      return { incident, account, expires } satisfies CaseLink;
    },
  };
}

function opened(path: string): Buffer {
  try {
    return readKey(path) ?? makeKey(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `密钥文件 ${path} 用不了：${why}。请检查权限；确认不要它时可删除，下次启动会新建，已发出的链接随之作废`,
      { cause },
    );
  }
}
