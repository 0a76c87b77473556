import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A part of the file; its text is packed as it comes, so that it is never held whole. */
export interface ZipPart {
  readonly name: string;
  readonly text: AsyncIterable<string> | Iterable<string>;
}

/** Sizes follow the data (APPNOTE.TXT 4.3.9), and names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1 January 2026, 00:00: the same rows give the same bytes. */
const DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;

/** A zip file, piece by piece. Parts and the whole stay under 4 GiB. */
export async function* writeZip(parts: readonly ZipPart[]): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, text } of parts) {
    const start = offset;
    const head = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields(0, 0, 0, name), Buffer.from(name)]);
    offset += head.length;
    yield head;
    let [sum, size, packed] = [0, 0, 0];
    const bytes = async function* (): AsyncGenerator<Buffer> {
      for await (const piece of text) {
        const encoded = Buffer.from(piece);
        sum = crc32(encoded, sum);
        size += encoded.length;
        yield encoded;
      }
    };
    // What fails in reading ends the packing with the same error.
    const packing = pipeline(Readable.from(bytes()), createDeflateRaw(), () => undefined);
    for await (const piece of packing as AsyncIterable<Buffer>) {
      packed += piece.length;
      yield piece;
    }
    const after = Buffer.alloc(16);
    after.write('PK\u0007\u0008', 'latin1');
    after.writeUInt32LE(sum, 4);
    after.writeUInt32LE(packed, 8);
    after.writeUInt32LE(size, 12);
    yield after;
    offset += packed + after.length;
    const entry = Buffer.concat([
      Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'),
      fields(sum, packed, size, name),
      Buffer.alloc(14),
      Buffer.from(name),
    ]);
    entry.writeUInt32LE(start, 42);
    directory.push(entry);
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  yield Buffer.concat([central, end]);
}

/** What stands alike before the data and in the directory: version, flags, method, time, date, sum, sizes, length of the name. */
function fields(sum: number, packed: number, size: number, name: string): Buffer {
  const block = Buffer.alloc(26);
  block.writeUInt16LE(20, 0);
  block.writeUInt16LE(FLAGS, 2);
  block.writeUInt16LE(DEFLATED, 4);
  block.writeUInt16LE(DATE, 8);
  block.writeUInt32LE(sum, 10);
  block.writeUInt32LE(packed, 14);
  block.writeUInt32LE(size, 18);
  block.writeUInt16LE(Buffer.byteLength(name), 22);
  return block;
}
