import { join } from 'node:path';
import { fileBytes, SourceFault } from '../../pipelines/0-source/bytes.ts';
import { toUtf8 } from '../../pipelines/0-source/encoding.ts';
import { fileRows } from '../../pipelines/0-source/file.ts';
import { refutationRows } from '../../pipelines/0-source/refutation-table.ts';
import type { RawRow } from '../../pipelines/ports/source.ts';
import type { Refutation } from '../../pipelines/domain/refutation.ts';
import { parseRefutation } from '../../pipelines/1-intake/parse-refutation.ts';
import { readCsv } from '../adapters/csv/read-csv.ts';
import { openRefutations } from '../adapters/refutations/sqlite-refutations.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { readConfig } from '../config.ts';
import { EXIT, reject, type Streams } from './lines.ts';

export const REFUTATIONS_FILE = 'refutations.sqlite';
/** Matching is built for thousands of claims; beyond this a file is a mistake. */
const MOST = 100_000;

/**
 * Takes published refutations in: JSON Lines, a JSON array or CSV. Rows that can't be used are named with their line, the rest
 * is kept in one commit; a running server uses them from its next answer on.
 * @returns 0, 1 where the file can't be read, 3 where rows were refused
 */
export async function importRefutations(file: string, streams: Streams): Promise<number> {
  const { varDir } = readConfig(process.env);
  const taken = new Map<string, Refutation>();
  let refused = 0;
  const refuse = (row: number, because: string): void => {
    refused++;
    reject(streams, row, because);
  };
  try {
    for await (const row of rowsOf(file)) {
      const read = 'broken' in row ? { because: row.broken } : parseRefutation(row.value, systemClock.now());
      if ('because' in read) refuse(row.row, read.because);
      else if (taken.size >= MOST) refuse(row.row, `一个文件至多 ${MOST} 条，请分开导入`);
      else taken.set(read.id, read);
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    streams.stderr.write(`${error.message}\n`);
    return EXIT.fault;
  }
  const store = openRefutations(join(varDir, REFUTATIONS_FILE));
  try {
    const done = store.put([...taken.values()]);
    streams.stdout.write(`${JSON.stringify({ file, ...done, refused, total: store.count() })}\n`);
  } finally {
    store.close();
  }
  return refused > 0 ? EXIT.rejected : EXIT.ok;
}

async function* rowsOf(file: string): AsyncGenerator<RawRow> {
  if (!/\.(?:csv|tsv)(?:\.gz)?$/i.test(file)) {
    yield* fileRows(file, { format: 'canonical' });
    return;
  }
  yield* refutationRows(await readCsv((await toUtf8(fileBytes(file))).utf8), file);
}
