import { lookup } from 'node:dns/promises';
import { request as askPlain, type IncomingMessage } from 'node:http';
import { request as askSecure } from 'node:https';
import type { Clock } from '../../../pipelines/ports/clock.ts';
import type { FeedAnswer, FeedFetch } from '../../../pipelines/ports/feed-fetch.ts';
import { isNamed, isPublic, literalOf, privateHost, readAddress, type NamedHosts } from './address.ts';
import { readBody, Refused } from './read-body.ts';

export interface FetchOptions {
  readonly clock: Clock;
  readonly named: NamedHosts;
  /** The largest body after unpacking, bytes. */
  readonly mostBytes: number;
  /** From the first question of the name to the last byte, redirects and all; default 30 s. */
  readonly withinMs?: number;
  /** The addresses of a host; default: as the system says. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_HEADER = 16 * 1024;

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
      const response = await ask(url, address, headers, signal);
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
    const found = 'refused' in read ? read : await addressOf(read.url, trusted);
    if ('refused' in found)
      throw new Refused(base === undefined ? found.refused : `被转到别处：${found.refused.split('；')[0] ?? ''}`);
    return found;
  }

  /** An address of the host that may be connected to. All of them must be allowed: a host with one foot inside is not asked. */
  async function addressOf(
    url: URL,
    trusted: NamedHosts,
  ): Promise<{ readonly url: URL; readonly address: string } | { readonly refused: string }> {
    const literal = literalOf(url);
    const addresses = literal === undefined ? await resolve(url.hostname) : [literal];
    const [address] = addresses;
    if (address === undefined) return { refused: `主机名 ${url.hostname} 没有地址` };
    return isNamed(url, trusted) || addresses.every(isPublic) ? { url, address } : { refused: privateHost(url) };
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

function ask(
  url: URL,
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const asked = (isSecure ? askSecure : askPlain)({
      // The address, not the name: nobody resolves it a second time. The name is what the certificate is held against.
      host: address,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      headers: { ...headers, host: url.host },
      ...(isSecure && literalOf(url) === undefined && { servername: url.hostname }),
      maxHeaderSize: MOST_HEADER,
      agent: false,
      signal,
    });
    asked.once('response', resolve);
    // Stays: what fails after the answer began is also told by the answer itself.
    asked.on('error', reject);
    asked.end();
  });
}

const resolved = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** A name may take longer to resolve than anybody waits. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject);
  });
}

/** What can be sent back as it came. */
const isSendable = (value: string | undefined): value is string =>
  value !== undefined && /^[\x20-\x7e]{1,500}$/.test(value);

/** Seconds or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return ms > 0 ? ms : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: '主机名解析不到地址，请核对网址',
  EAI_AGAIN: '主机名暂时解析不了，请检查本机的网络与 DNS',
  ECONNREFUSED: '对方拒绝连接',
  ECONNRESET: '连接中途断了',
  EHOSTUNREACH: '到不了对方，请检查网络',
  ENETUNREACH: '到不了对方，请检查网络',
  ETIMEDOUT: '连接超时',
  EPIPE: '连接中途断了',
  HPE_HEADER_OVERFLOW: '对方的应答头太长',
  Z_BUF_ERROR: '压缩的内容不完整',
  Z_DATA_ERROR: '压缩的内容已损坏',
};

function sayWhy(error: unknown): string {
  if (error instanceof Refused) return error.message;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS)/.test(code)) return `证书不可信（${code}）`;
  return REASONS[code] ?? `没有取到：${error instanceof Error ? error.message : String(error)}`;
}
