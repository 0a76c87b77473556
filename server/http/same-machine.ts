import type { IncomingHttpHeaders } from 'node:http';

/**
 * Without sign-in, being on this machine is the only permission there is. A page of another site can still make the browser of
 * this machine send requests, so both doors (HTTP and the socket) check what the browser says about itself. Where there is a
 * public address, it is the one other name of this server.
 */
const NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * False for a Host that is not this machine under its own names: the mark of DNS rebinding. `port` is the one that is listened
 * on; undefined while nothing listens, when no request can come from outside the process. `publicHost`: as in the public address.
 */
export function isOurHost(host: string | undefined, port: number | undefined, publicHost?: string): host is string {
  if (host !== undefined && host.toLowerCase() === publicHost) return true;
  const parts = /^(localhost|\[::1\]|127\.0\.0\.1)(?::(\d{1,5}))?$/i.exec(host ?? '');
  if (parts === null || !NAMES.has((parts[1] ?? '').toLowerCase())) return false;
  return port === undefined || Number(parts[2] ?? 80) === port;
}

/**
 * True where a socket handshake comes from a page this server gave out, or from a program that is not a browser. Browsers send
 * Origin on every WebSocket; on a same-origin GET (polling) they may leave it out, but then Sec-Fetch-Site says where from.
 */
export function isOurOrigin(headers: IncomingHttpHeaders): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  if (origin === undefined) return true;
  if (host === undefined) return false;
  // Only this machine is reached without TLS.
  const scheme = isOurHost(host, undefined) ? 'http' : 'https';
  return origin.toLowerCase() === `${scheme}://${host.toLowerCase()}`;
}

/** The host of a public address as a Host header gives it. */
export const hostOf = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : new URL(url).host.toLowerCase();

/** The port a server listens on, or undefined while it does not (or listens on a pipe). */
export function portOf(address: { readonly port: number } | string | null): number | undefined {
  return address === null || typeof address === 'string' ? undefined : address.port;
}
