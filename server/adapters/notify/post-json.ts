import type { IncomingMessage } from 'node:http';
import type { Sent } from '../../../pipelines/ports/channel.ts';
import type { Clock } from '../../../pipelines/ports/clock.ts';
import { isNamed, readAddress, type NamedHosts } from '../outbound/address.ts';
import { askPinned, faultWords, orAborted, reachable, resolved, retryAfter, type Resolve } from '../outbound/reach.ts';
import { secretsOf, strikeSecrets } from './strike-secrets.ts';

/** The variable in which an office names receivers on its own network. */
export const HOSTS_SETTING = 'WENBIDA_NOTIFY_HOSTS';

export interface Outbound {
  readonly clock: Clock;
  /** Receivers on the office's own network; they alone may be asked without TLS. */
  readonly named: NamedHosts;
  /** From the first question of the name to the last byte of the answer; default 10 s. */
  readonly withinMs?: number;
  readonly resolve?: Resolve;
}

export interface Posted {
  readonly status: number;
  /** At most 64 KiB of it, secrets struck out. */
  readonly body: string;
  readonly retryAfterMs?: number;
}

const MOST_ANSWER = 64 * 1024;

class Stop extends Error {
  override readonly name = 'Stop';
  readonly sent: Sent;
  constructor(sent: Sent) {
    super('not sent');
    this.sent = sent;
  }
}

/** Where a receiver may be asked, as far as its text says; a sentence where not. */
export function readReceiver(text: string, named: NamedHosts): { readonly url: URL } | { readonly refused: string } {
  const read = readAddress(text, named, undefined, HOSTS_SETTING);
  if ('refused' in read) return read;
  if (read.url.protocol !== 'https:' && !isNamed(read.url, named))
    return { refused: '地址要以 https:// 开头，否则密钥会在路上被看见' };
  return read;
}

/**
 * Posts JSON to one address and nowhere else: its name is resolved here, each address must be public (or the host named by the
 * office), a redirect is never followed. Answers what came back, or why nothing did, in words that hold no secret.
 */
export async function postJson(
  address: string,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
  { clock, named, withinMs = 10_000, resolve = resolved }: Outbound,
  signal: AbortSignal,
): Promise<Posted | { readonly sent: Sent }> {
  const ending = new AbortController();
  const late: Sent = { kind: 'retry', because: `${withinMs / 1_000} 秒内没有答复，不知是否送到` };
  const timer = setTimeout(() => ending.abort(new Stop(late)), withinMs);
  const stop = (): void => ending.abort(new Stop({ kind: 'retry', because: '服务正在停止' }));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await orAborted(post(), ending.signal);
  } catch (error) {
    const why: unknown = ending.signal.aborted ? ending.signal.reason : error;
    return { sent: why instanceof Stop ? why.sent : { kind: 'retry', because: faultWords(why) ?? '没有发成' } };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    ending.abort();
  }

  async function post(): Promise<Posted> {
    const read = readReceiver(address, named);
    if ('refused' in read) throw new Stop({ kind: 'refused', because: read.refused });
    const found = await reachable(read.url, named, resolve, HOSTS_SETTING);
    if ('refused' in found) throw new Stop({ kind: 'refused', because: found.refused });
    const response = await askPinned(found.url, found.address, {
      headers: {
        'user-agent': 'wenbida',
        accept: 'application/json',
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(body.length),
        ...headers,
      },
      body,
      signal: ending.signal,
    });
    try {
      const status = response.statusCode ?? 0;
      if (status >= 300 && status < 400)
        throw new Stop({ kind: 'refused', because: `对方答 ${status}，要转到别处；不跟，请填最终的地址` });
      const afterMs = retryAfter(response.headers['retry-after'], clock.now());
      const said = await answerOf(response);
      return {
        status,
        body: strikeSecrets(said, [...secrets, ...secretsOf(found.url)]),
        ...(afterMs === undefined ? {} : { retryAfterMs: afterMs }),
      };
    } finally {
      response.destroy();
    }
  }
}

/** @throws Stop where it breaks off: it may have been taken, and nobody can know */
async function answerOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size > MOST_ANSWER) break;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ECONNRESET')
      throw new Stop({ kind: 'retry', because: '对方的答复只到了一半，不知是否送到' });
    throw error;
  }
  return Buffer.concat(parts).subarray(0, MOST_ANSWER).toString('utf8');
}

/** What a status alone says; undefined for 2xx. */
export function byStatus({ status, body, retryAfterMs }: Posted): Sent | undefined {
  if (status >= 200 && status < 300) return undefined;
  const because = `对方答 ${status}${body.trim() === '' ? '' : `：${body.trim().slice(0, 300)}`}`;
  const again = status === 408 || status === 425 || status === 429 || status >= 500;
  if (!again) return { kind: 'refused', because };
  return { kind: 'retry', because, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
}
