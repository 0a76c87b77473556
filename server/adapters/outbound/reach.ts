import { lookup } from 'node:dns/promises';
import { request as askPlain, type IncomingMessage } from 'node:http';
import { request as askSecure } from 'node:https';
import { isNamed, isPublic, literalOf, privateHost, type NamedHosts } from './address.ts';

/** The addresses of a host. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export const resolved: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address);

const MOST_HEADER = 16 * 1024;

/** An address of the host that may be connected to. All of them must be allowed: a host with one foot inside is not asked. */
export async function reachable(
  url: URL,
  trusted: NamedHosts,
  resolve: Resolve,
  setting?: string,
): Promise<{ readonly url: URL; readonly address: string } | { readonly refused: string }> {
  const literal = literalOf(url);
  const addresses = literal === undefined ? await resolve(url.hostname) : [literal];
  const [address] = addresses;
  if (address === undefined) return { refused: `主机名 ${url.hostname} 没有地址` };
  return isNamed(url, trusted) || addresses.every(isPublic) ? { url, address } : { refused: privateHost(url, setting) };
}

/** Asks the address, not the name: nobody resolves it a second time. The name is what the certificate is held against. Follows nothing. */
export function askPinned(
  url: URL,
  address: string,
  asking: {
    readonly headers: Readonly<Record<string, string>>;
    readonly signal: AbortSignal;
    readonly body?: Buffer;
  },
): Promise<IncomingMessage> {
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const asked = (isSecure ? askSecure : askPlain)({
      host: address,
      port: url.port === '' ? (isSecure ? 443 : 80) : Number(url.port),
      path: `${url.pathname}${url.search}`,
      method: asking.body === undefined ? 'GET' : 'POST',
      headers: { ...asking.headers, host: url.host },
      ...(isSecure && literalOf(url) === undefined && { servername: url.hostname }),
      maxHeaderSize: MOST_HEADER,
      agent: false,
      signal: asking.signal,
    });
    asked.once('response', resolve);
    // Stays: what fails after the answer began is also told by the answer itself.
    asked.on('error', reject);
    asked.end(asking.body);
  });
}

/** A name may take longer to resolve than anybody waits. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject);
  });
}

/** Of a Retry-After, seconds or a date: ms from now; undefined where it says nothing that lies ahead. */
export function retryAfter(value: string | undefined, now: number): number | undefined {
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
  EPROTO: '加密连接没有建成，请核对地址与端口',
  HPE_HEADER_OVERFLOW: '对方的应答头太长',
  HPE_INVALID_CONSTANT: '对方答的不是 HTTP',
  Z_BUF_ERROR: '压缩的内容不完整',
  Z_DATA_ERROR: '压缩的内容已损坏',
};

/** What kept it from being reached, as a sentence that holds no part of the address but its host's own words; undefined where it is not known. */
export function faultWords(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL)/.test(code)) return `证书不可信（${code}）`;
  return REASONS[code];
}
