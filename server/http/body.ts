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

/**
 * Reads a whole body, inflating gzip as it streams. It stops at the first byte over the limit, so a bomb costs no more memory
 * than an honest body: neither the rest of the request nor the rest of the archive is looked at.
 * @throws HttpFault 413, 415 (an encoding other than gzip) or 400 (broken gzip)
 */
export async function readBody(
  body: Readable,
  headers: Pick<IncomingHttpHeaders, 'content-encoding' | 'content-length'>,
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
  return encoding === 'gzip' ? inflate(body, limit) : collect(body, limit);
}

function collect(body: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        body.pause();
        chunks.length = 0;
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    body.once('end', () => resolve(Buffer.concat(chunks)));
    body.once('error', (cause) => reject(cutOff(cause)));
    body.once('close', () => reject(cutOff(undefined)));
  });
}

function inflate(body: Readable, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const gunzip = createGunzip();
    const chunks: Buffer[] = [];
    let size = 0;
    let sent = 0;
    const fail = (fault: HttpFault): void => {
      body.unpipe(gunzip);
      gunzip.destroy();
      chunks.length = 0;
      reject(fault);
    };
    body.on('data', (chunk: Buffer) => {
      sent += chunk.length;
      if (sent > limit) fail(tooLarge());
    });
    body.once('error', (cause) => fail(cutOff(cause)));
    body.once('close', () => {
      if (!body.readableEnded) fail(cutOff(undefined));
    });
    gunzip.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) fail(tooLarge());
      else chunks.push(chunk);
    });
    gunzip.once('end', () => resolve(Buffer.concat(chunks)));
    gunzip.once('error', (cause) =>
      fail(
        new HttpFault(400, 'broken_gzip', 'the body is not whole gzip; compress it again and resend it.', {
          where: 'body',
          headers: { connection: 'close' },
          cause,
        }),
      ),
    );
    body.pipe(gunzip);
  });
}

const cutOff = (cause: unknown): HttpFault =>
  new HttpFault(400, 'cut_off', 'the connection ended before the body did; nothing was accepted, send it again.', {
    where: 'body',
    cause,
  });
