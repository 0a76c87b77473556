import { isUtf8 } from 'node:buffer';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/**
 * What a text's first bytes are written in: by its mark, by zero bytes at every other place (UTF-16), else UTF-8 unless most
 * lines with other than ASCII in them are no UTF-8 but are GB18030 (with GBK and GB2312 in it).
 * @param head the first bytes, best 64 KiB; it may end in the middle of a character
 */
export function detectEncoding(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const zeros = [0, 0];
  const looked = Math.min(head.length, 4_096);
  for (let at = 0; at < looked; at++) if (head[at] === 0) zeros[at % 2]!++;
  // JSON and CSV are full of ASCII marks, so one of the two bytes is often zero and the other never.
  if (zeros[1]! > looked / 16 && zeros[0]! * 8 < zeros[1]!) return 'utf-16le';
  if (zeros[0]! > looked / 16 && zeros[1]! * 8 < zeros[0]!) return 'utf-16be';
  return isUtf8(head) ? 'utf-8' : byLines(Buffer.from(head.buffer, head.byteOffset, head.byteLength));
}

function byLines(head: Buffer): Encoding {
  let utf8 = 0;
  let gb = 0;
  for (let start = 0; start < head.length;) {
    const newline = head.indexOf(10, start);
    const line = head.subarray(start, newline === -1 ? head.length : newline);
    start = newline === -1 ? head.length : newline + 1;
    if (!line.some((byte) => byte >= 0x80)) continue;
    // The last line may end within a character; without other lines to go by, up to three bytes are forgiven.
    const ends = newline === -1 ? [0, 1, 2, 3] : [0];
    if (ends.some((cut) => isUtf8(line.subarray(0, line.length - cut)))) utf8++;
    else if (ends.some((cut) => isGb18030(line.subarray(0, line.length - cut)))) gb++;
  }
  return gb > utf8 ? 'gb18030' : 'utf-8';
}

function isGb18030(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

const HEAD = 64 * 1024;

/** The same text as UTF-8 bytes, with the encoding it came in. UTF-8 goes through as it is, faults and all. */
export async function toUtf8(
  bytes: AsyncIterable<Buffer>,
): Promise<{ readonly encoding: Encoding; readonly utf8: AsyncIterable<Buffer> }> {
  const from = bytes[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let held = 0;
  while (held < HEAD) {
    const next = await from.next();
    if (next.done === true) break;
    // A copy: what comes next may come in the same memory.
    first.push(Buffer.from(next.value));
    held += next.value.length;
  }
  const head = Buffer.concat(first);
  const encoding = detectEncoding(head.subarray(0, HEAD));
  const all = (async function* () {
    yield head;
    for (;;) {
      const next = await from.next();
      if (next.done === true) return;
      yield next.value;
    }
  })();
  return { encoding, utf8: encoding === 'utf-8' ? all : decoded(all, encoding) };
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }), 'utf8');
  yield Buffer.from(decoder.decode(), 'utf8');
}
