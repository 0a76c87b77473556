import { open, type Entry, type ZipFile } from 'yauzl';
import type { Readable } from 'node:stream';

/** A workbook has some twenty parts; hundreds of thousands of names are an attack on whoever lists them. */
const MOST_ENTRIES = 2_000;
/** Text of spreadsheets packs to a tenth or twentieth; a bomb to a thousandth. Looked at from here on. */
const RATIO = 200;
const RATIO_FROM = 1024 * 1024;

export interface Parts {
  readonly names: readonly string[];
  /** A part's bytes as they are unpacked. @throws Error where it unpacks like a bomb */
  bytes(name: string): AsyncGenerator<Buffer>;
  close(): void;
}

/** The parts of a zip file by name; nothing is unpacked before it is asked for, and nothing is ever written to disk. */
export async function openZip(path: string): Promise<Parts> {
  const zip = await opened(path);
  try {
    const entries = await listed(zip);
    return {
      names: [...entries.keys()],
      bytes(name) {
        const entry = entries.get(name);
        if (entry === undefined) throw new Error(`工作簿里没有 ${name}`);
        return unpacked(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function opened(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(new Error('不是完整的 xlsx 文件，请重新下载或另存', { cause: error }));
      else resolve(zip);
    });
  });
}

function listed(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    if (zip.entryCount > MOST_ENTRIES) {
      reject(new Error(`压缩包里有 ${zip.entryCount} 个文件，不像是表格，不读`));
      return;
    }
    zip.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (cause: unknown) => reject(new Error('xlsx 的目录已损坏，请重新下载或另存', { cause })));
    zip.readEntry();
  });
}

async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new Error('工作簿有密码，请去掉密码后另存');
  // What the directory says, before anything is unpacked; one that says less than there is ends where its own figure does.
  if (isBomb(entry.uncompressedSize, entry.compressedSize)) throw bomb();
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => {
      if (error) reject(error);
      else resolve(readable);
    });
  });
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (isBomb(size, entry.compressedSize)) throw bomb();
      yield chunk;
    }
  } catch (cause) {
    // yauzl's own words for a part that is longer or shorter than the directory says.
    if (cause instanceof Error && /bytes in the stream/.test(cause.message))
      throw new Error('里面的长度与目录所说的不符，像是压缩炸弹或已损坏，请重新下载或另存', { cause });
    throw cause;
  } finally {
    stream.destroy();
  }
}

const isBomb = (size: number, packed: number): boolean => size > RATIO_FROM && size > packed * RATIO;
const bomb = (): Error => new Error(`压缩比超过 ${RATIO} 倍，像是压缩炸弹，不读`);
