import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** Why an answer is not read, as a sentence for people. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const GZIP = [0x1f, 0x8b];
/** Feeds pack to a twentieth, a bomb to a thousandth; looked at from here on. */
const RATIO = 200;
const RATIO_FROM = 1024 * 1024;

/** The body of an answer, unpacked once, never more than `most` bytes of it. @throws Refused, and what the connection throws */
export async function readBody(response: IncomingMessage, most: number): Promise<Buffer> {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (!['identity', '', 'gzip', 'x-gzip'].includes(coding))
    throw new Refused(`对方用了没有要求的压缩（${coding.slice(0, 40)}）`);
  const tooLarge = new Refused(`超过 ${Math.round(most / 1024 / 1024)} MB，不像是订阅源`);
  if (Number(response.headers['content-length'] ?? 0) > most) throw tooLarge;
  const { isPacked, bytes } = await opened(response);
  const parts: Buffer[] = [];
  let size = 0;
  const take = (part: Buffer): void => {
    size += part.length;
    if (size > most) throw tooLarge;
    parts.push(part);
  };
  if (!isPacked) {
    if (coding.endsWith('gzip')) throw new Refused('说是压缩过的，内容却不是');
    for await (const part of bytes) take(part);
    return Buffer.concat(parts);
  }
  const unpacked = createGunzip();
  // A failure before it reaches the loop below as a failure of `unpacked`, so nothing is left to do here.
  pipeline(bytes, unpacked, () => undefined);
  for await (const part of unpacked as AsyncIterable<Buffer>) {
    if (size + part.length > RATIO_FROM && size + part.length > unpacked.bytesWritten * RATIO)
      throw new Refused(`压缩比超过 ${RATIO} 倍，像是压缩炸弹，不读`);
    take(part);
  }
  return Buffer.concat(parts);
}

/** Packed or not is told by the first bytes: a feed.xml.gz often comes without a word of it. */
async function opened(response: IncomingMessage): Promise<{ isPacked: boolean; bytes: AsyncGenerator<Buffer> }> {
  const from = (response as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let held = 0;
  while (held < GZIP.length) {
    const next = await from.next();
    if (next.done === true) break;
    first.push(next.value);
    held += next.value.length;
  }
  const head = Buffer.concat(first);
  const bytes = (async function* () {
    yield head;
    for (;;) {
      const next = await from.next();
      if (next.done === true) return;
      yield next.value;
    }
  })();
  return { isPacked: GZIP.every((byte, at) => head[at] === byte), bytes };
}
