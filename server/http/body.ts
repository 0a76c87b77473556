import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { HttpFault } from './faults.ts';

/** The most a request may bring, as sent and after inflating. */
export const MAX_BODY = 10 * 1024 * 1024;

const tooLarge = (): HttpFault =>
  new HttpFault(
    413,
    'too_large',
    'a request may bring at most 10 MB, counted after inflating; send the rows in several requests.',
    { headers: { connection: 'close' } },
  );

/** What all requests together may hold at one time; beyond it a sender is asked to come back, so memory stays bounded. */
const MAX_HELD = 48 * 1024 * 1024;

/** Bytes of bodies held just now, by whoever brought them. */
export class Held {
  readonly #most: number;
  readonly #by = new Map<object, number>();
  #all = 0;

  constructor(most = MAX_HELD) {
    this.#most = most;
  }

  /** @throws HttpFault 429 where there is no room for more */
  take(owner: object, bytes: number): void {
    if (this.#all + bytes > this.#most) {
      throw new HttpFault(
        429,
        'busy',
        'too many posts are arriving at once; nothing was accepted, send it again in a second.',
        {
          headers: { 'retry-after': '1', connection: 'close' },
        },
      );
    }
    this.#all += bytes;
    this.#by.set(owner, (this.#by.get(owner) ?? 0) + bytes);
  }

  release(owner: object): void {
    this.#all -= this.#by.get(owner) ?? 0;
    this.#by.delete(owner);
  }
}

/**
 * Reads a whole body, inflating gzip as it streams. It stops at the first byte over the limit, so a bomb costs no more memory
 * than an honest body: neither the rest of the request nor the rest of the archive is looked at.
 * @throws HttpFault 413, 415 (an encoding other than gzip) or 400 (broken gzip)
 */
export async function readBody(
  body: Readable,
  headers: Pick<IncomingHttpHeaders, 'content-encoding' | 'content-length'>,
  hold: (bytes: number) => void = () => undefined,
  limit = MAX_BODY,
): Promise<Buffer> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new HttpFault(
      415,
      'unsupported_encoding',
      `content-encoding "${encoding.slice(0, 40)}" is not taken; send gzip or leave it out.`,
      { where: 'headers.content-encoding', headers: { connection: 'close' } },
    );
  }
  if (Number(headers['content-length'] ?? 0) > limit) throw tooLarge();
  return encoding === 'gzip' ? inflate(body, hold, limit) : collect(body, hold, limit);
}

function collect(body: Readable, hold: (bytes: number) => void, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const keep = keeper(hold, limit, fail);
    function fail(fault: Error): void {
      body.pause();
      reject(fault);
    }
    body.on('data', keep.chunk);
    body.once('end', () => resolve(keep.whole()));
    body.once('error', (cause) => fail(cutOff(cause)));
    body.once('close', () => {
      if (!body.readableEnded) fail(cutOff(undefined));
    });
  });
}

function inflate(body: Readable, hold: (bytes: number) => void, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const gunzip = createGunzip();
    const keep = keeper(hold, limit, fail);
    let sent = 0;
    function fail(fault: Error): void {
      body.unpipe(gunzip);
      body.pause();
      gunzip.destroy();
      reject(fault);
    }
    body.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (sent > limit) fail(tooLarge());
    });
    body.once('error', (cause) => fail(cutOff(cause)));
    body.once('close', () => {
      if (!body.readableEnded) fail(cutOff(undefined));
    });
    gunzip.on('data', keep.chunk);
    gunzip.once('end', () => resolve(keep.whole()));
    gunzip.once('error', (cause) => fail(brokenGzip(cause)));
    body.pipe(gunzip);
  });
}

/** Keeps chunks up to the limit and forgets them all at the first that is too much. */
function keeper(hold: (bytes: number) => void, limit: number, fail: (fault: Error) => void) {
  let chunks: Buffer[] = [];
  let size = 0;
  return {
    chunk: (chunk: Buffer): void => {
      size += chunk.length;
      try {
        if (size > limit) throw tooLarge();
        hold(chunk.length);
        chunks.push(chunk);
      } catch (fault) {
        chunks = [];
        fail(fault as Error);
      }
    },
    whole: (): Buffer => Buffer.concat(chunks),
  };
}

const brokenGzip = (cause: unknown): HttpFault =>
  new HttpFault(400, 'broken_gzip', 'the body is not whole gzip; compress it again and resend it.', {
    where: 'body',
    headers: { connection: 'close' },
    cause,
  });

const cutOff = (cause: unknown): HttpFault =>
  new HttpFault(400, 'cut_off', 'the connection ended before the body did; nothing was accepted, send it again.', {
    where: 'body',
    cause,
  });
