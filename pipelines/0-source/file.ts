import { extname } from 'node:path';
import type { RawRow } from '../ports/source.ts';
import { fileBytes } from './bytes.ts';
import { toUtf8 } from './encoding.ts';
import { jsonArray } from './json-array.ts';
import { jsonLines } from './jsonl.ts';

export const FORMATS = ['auto', 'canonical', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

export interface FileOptions {
  /** Default auto: by name, and where that says nothing by the first character. */
  readonly format?: Format;
  /** Reads CSV, given as UTF-8 bytes (server/adapters/csv). */
  readonly csv: (utf8: AsyncIterable<Buffer>, name: string) => AsyncIterable<RawRow>;
  /** Hears of the bytes read from disk. */
  readonly onBytes?: (count: number) => void;
}

/** The rows of one file: JSON Lines, a JSON array or CSV, each plain or gzipped. @throws SourceFault */
export async function* fileRows(path: string, options: FileOptions): AsyncGenerator<RawRow> {
  const { first, bytes } = await peek(fileBytes(path, options.onBytes));
  const name = extname(path.replace(/\.gz$/i, '')).toLowerCase();
  switch (formatOf(options.format ?? 'auto', name, first)) {
    case 'csv':
      yield* options.csv((await toUtf8(bytes)).utf8, path);
      break;
    case 'array':
      yield* jsonArray(bytes, path);
      break;
    case 'lines':
      yield* jsonLines(bytes);
  }
}

function formatOf(format: Format, extension: string, first: string): 'csv' | 'lines' | 'array' {
  if (format === 'csv') return 'csv';
  if (extension === '.json' && first === '[') return 'array';
  if (format === 'canonical' || extension === '.jsonl' || extension === '.ndjson') return 'lines';
  if (extension === '.csv' || extension === '.tsv') return 'csv';
  return first === '{' || first === '[' || first === '' ? 'lines' : 'csv';
}

/** The first character that is no blank and no mark, with the bytes as they were. */
async function peek(bytes: AsyncGenerator<Buffer>): Promise<{ first: string; bytes: AsyncGenerator<Buffer> }> {
  const start = await bytes.next();
  const head = start.done === true ? Buffer.alloc(0) : start.value;
  // Zero bytes are the other half of UTF-16's ASCII.
  const first = /[^\s\0\u00a0\u00bb\u00bf\u00ef\u00fe\u00ff]/.exec(head.toString('latin1', 0, 4_096))?.[0] ?? '';
  const again = (async function* () {
    yield head;
    yield* bytes;
  })();
  return { first, bytes: again };
}
