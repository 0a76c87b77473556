import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';

/** A whole source can't be read. The message names the file and the remedy. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
}

const GZIP = [0x1f, 0x8b];
/** Texts of posts pack to a fifth or a twentieth, the dullest to a hundredth; a bomb to a thousandth. Looked at from here on. */
const RATIO = 200;
const RATIO_FROM = 1024 * 1024;

const CHUNK = 256 * 1024;

export interface BytesOptions {
  /** Hears of the bytes read from disk, for progress. */
  readonly onBytes?: ((count: number) => void) | undefined;
  /**
   * While `lent`, each piece of a file that is not packed is good only until the next one is asked for: the same memory is used again.
   * A line of 100 MB would else leave 30 MB of garbage before anybody clears it away.
   */
  readonly reuse?: { lent: boolean };
}

/** The bytes of a file, unpacked where it is gzip (by content, whatever it is called). @throws SourceFault */
export async function* fileBytes(path: string, { onBytes, reuse }: BytesOptions = {}): AsyncGenerator<Buffer> {
  try {
    const packed = await isGzip(path);
    const counted = async function* (): AsyncGenerator<Buffer> {
      const file = await open(path, 'r');
      try {
        let buffer = Buffer.allocUnsafeSlow(CHUNK);
        for (;;) {
          const { bytesRead } = await file.read(buffer, 0, CHUNK);
          if (bytesRead === 0) return;
          onBytes?.(bytesRead);
          yield buffer.subarray(0, bytesRead);
          if (packed || reuse?.lent !== true) buffer = Buffer.allocUnsafeSlow(CHUNK);
        }
      } finally {
        await file.close();
      }
    };
    if (!packed) {
      yield* counted();
      return;
    }
    const unpacked = createGunzip();
    // A failure before it reaches the loop below as a failure of `unpacked`, so nothing is left to do here.
    pipeline(counted, unpacked, () => undefined);
    let size = 0;
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > RATIO_FROM && size > unpacked.bytesWritten * RATIO) {
        throw new SourceFault(`文件 ${path} 的压缩比超过 ${RATIO} 倍，像是压缩炸弹，不读`);
      }
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof SourceFault) throw cause;
    throw new SourceFault(`文件 ${path} 读不下去：${reasonOf(cause)}`, { cause });
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP[0] && buffer[1] === GZIP[1];
  } finally {
    await file.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: '没有这个文件，请核对路径',
  EACCES: '没有读取权限',
  EPERM: '没有读取权限',
  EISDIR: '这是一个文件夹，请给出文件',
  Z_BUF_ERROR: '压缩文件不完整，请重新下载或重新压缩',
  Z_DATA_ERROR: '压缩文件已损坏，请重新下载或重新压缩',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}
