import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../../pipelines/ports/clock.ts';
import type { FeedAnswer, FeedFetch } from '../../../pipelines/ports/feed-fetch.ts';
import { isNamed, readAddress, type NamedHosts } from '../outbound/address.ts';
import { askPinned, faultWords, orAborted, reachable, resolved, retryAfter, type Resolve } from '../outbound/reach.ts';
import { readBody, Refused } from './read-body.ts';

export interface FetchOptions {
  readonly clock: Clock;
  readonly named: NamedHosts;
  /** The largest body after unpacking, bytes. */
  readonly mostBytes: number;
  /** From the first question of the name to the last byte, redirects and all; default 30 s. */
  readonly withinMs?: number;
  /** The addresses of a host; default: as the system says. */
  readonly resolve?: Resolve;
}

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches feeds, and can be led nowhere else: only http and https, the name of every hop is resolved here and each of its addresses
 * must be public (or the host be named by the office), and the connection goes to an address that was looked at, so a name that
 * resolves otherwise a moment later changes nothing. No cookies, no referrer, nothing about the deployment is sent.
 */
export function feedFetcher({
  clock,
  named,
  mostBytes,
  withinMs = 30_000,
  resolve = resolved,
}: FetchOptions): FeedFetch {
  return async (address, { etag, lastModified }, signal) => {
    const ending = new AbortController();
    const timer = setTimeout(() => ending.abort(new Refused(`${withinMs / 1_000} 秒内没有取完`)), withinMs);
    const stop = (): void => ending.abort(new Refused('服务正在停止'));
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const headers = {
      'user-agent': 'wenbida',
      accept: 'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      'accept-encoding': 'gzip',
      ...(etag === undefined ? {} : { 'if-none-match': etag }),
      ...(lastModified === undefined ? {} : { 'if-modified-since': lastModified }),
    };
    try {
      return await orAborted(follow(address, headers, ending.signal), ending.signal);
    } catch (error) {
      return { kind: 'failed', because: sayWhy(ending.signal.aborted ? ending.signal.reason : error) };
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      // Whatever is still open of a fetch that was given up.
      ending.abort();
    }
  };

  async function follow(start: string, headers: Record<string, string>, signal: AbortSignal): Promise<FeedAnswer> {
    let base: URL | undefined;
    let next = start;
    for (let hop = 0; ; hop++) {
      // A host of the office's own is asked because a person wrote it down, never because a host outside points there.
      const trusted = base === undefined || isNamed(base, named) ? named : new Set<string>();
      const { url, address } = await hopTo(next, trusted, base);
      const response = await askPinned(url, address, { headers, signal });
      try {
        const { statusCode: status = 0 } = response;
        const { location } = response.headers;
        if (!REDIRECTS.has(status) || location === undefined) return await answerOf(response, status, headers);
        if (hop === MOST_REDIRECTS) throw new Refused(`转了 ${MOST_REDIRECTS} 次还没到，不再跟`);
        [base, next] = [url, location];
      } finally {
        response.destroy();
      }
    }
  }

  /** @throws Refused; how to allow a host is only said of the one a person wrote down */
  async function hopTo(to: string, trusted: NamedHosts, base: URL | undefined): Promise<{ url: URL; address: string }> {
    const read = readAddress(to, trusted, base);
    const found = 'refused' in read ? read : await reachable(read.url, trusted, resolve);
    if ('refused' in found)
      throw new Refused(base === undefined ? found.refused : `被转到别处：${found.refused.split('；')[0] ?? ''}`);
    return found;
  }

  async function answerOf(
    response: IncomingMessage,
    status: number,
    asked: Readonly<Record<string, string>>,
  ): Promise<FeedAnswer> {
    if (status === 304 && ('if-none-match' in asked || 'if-modified-since' in asked)) return { kind: 'unchanged' };
    if (status !== 200) {
      const retryAfterMs = retryAfter(response.headers['retry-after'], clock.now());
      const because = `对方答 ${status}`;
      return { kind: 'failed', because, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    }
    const body = await readBody(response, mostBytes);
    const { etag, 'last-modified': lastModified } = response.headers;
    return {
      kind: 'body',
      body,
      ...(isSendable(etag) && { etag }),
      ...(isSendable(lastModified) && { lastModified }),
    };
  }
}

/** What can be sent back as it came. */
const isSendable = (value: string | undefined): value is string =>
  value !== undefined && /^[\x20-\x7e]{1,500}$/.test(value);

function sayWhy(error: unknown): string {
  if (error instanceof Refused) return error.message;
  return faultWords(error) ?? `没有取到：${error instanceof Error ? error.message : String(error)}`;
}
