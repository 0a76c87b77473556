import { stat } from 'node:fs/promises';
import type { RawRow, SourceTools, TableFile } from '../ports/source.ts';
import { SourceFault, fileBytes } from './bytes.ts';
import { detectFormat } from './detect.ts';
import { toUtf8 } from './encoding.ts';
import { LARGEST_FEED, feedRows, refusedFeed } from './feed.ts';
import type { Detected, Format, RowReader } from './format.ts';
import { jsonDocument } from './json-document.ts';
import { jsonLines } from './jsonl.ts';
import { LONGEST_LINE } from './lines.ts';
import { mappedReader } from './mapping.ts';
import type { Mapping } from './mapping.ts';
import { tableRows } from './read-tables.ts';
import { aboutOf, readValue, readerOfEach } from './read-values.ts';
import type { ReadContext } from './read-values.ts';
import { sampleTables } from './sample.ts';

export { FORMATS } from './format.ts';
export type { Format } from './format.ts';

const HEAD = 64 * 1024;

export interface FileOptions extends SourceTools {
  /** Default auto: by content, see detect.ts. */
  readonly format?: Format | 'auto' | undefined;
  /** Mappings to recognise tables by; where `format` is `mapping`, the one to read by. */
  readonly mappings?: readonly Mapping[];
  /** Epoch ms; where absent, readers hold no date against it. */
  readonly now?: number;
  /** When the rows were seen, epoch ms, where the caller knows. */
  readonly seen?: number | undefined;
  /** When the file was last written, epoch ms; default: as the file system says. */
  readonly until?: number | undefined;
  /** Hears what the file was taken for, once. */
  readonly onDetected?: (detected: Detected) => void;
  /** Hears of what is passed over: columns that mean nothing to a post, tables that hold none. */
  readonly onIgnored?: (what: 'columns' | 'table', names: readonly string[]) => void;
  /** Hears of the bytes read from disk. */
  readonly onBytes?: (count: number) => void;
}

/** The rows of one file of any format of FORMATS, plain or gzipped. @throws SourceFault */
export async function* fileRows(path: string, options: FileOptions): AsyncGenerator<RawRow> {
  const until = options.until ?? (await writtenAt(path));
  const reuse = { lent: false };
  yield* streamRows(path, fileBytes(path, { onBytes: options.onBytes, reuse }), { ...options, until }, reuse);
}

/**
 * The rows of bytes that come as a stream. `path` names them; a workbook or a database is opened by it, so there it must be the
 * file's and the file not packed. `reuse` is told whether pieces may be lent, see bytes.ts. @throws SourceFault
 */
export async function* streamRows(
  path: string,
  stream: AsyncGenerator<Buffer>,
  options: FileOptions,
  reuse = { lent: false },
): AsyncGenerator<RawRow> {
  const { head, bytes } = await withHead(stream);
  const { until, seen } = options;
  const context: ReadContext = {
    path,
    mapped: options.mappings === undefined ? [] : [mappedReader(options.mappings, options.format === 'mapping')],
    moments: { ...(until !== undefined && { until }), ...(seen !== undefined && { seen }) },
    now: options.now ?? Number.MAX_SAFE_INTEGER,
  };
  const settle = (found: Detected): Detected => {
    const stated = options.format !== undefined && options.format !== 'auto' ? options.format : undefined;
    const said: Detected =
      stated === undefined ? found : { ...found, format: stated, confidence: 1, because: '按指定的格式读' };
    options.onDetected?.(said);
    return said;
  };
  const reading = { ...context, settle, ignore: options.onIgnored ?? (() => undefined) };
  const guess = detectFormat(path, head, context.mapped);
  // These two copy what they hold on to from one piece to the next.
  reuse.lent = guess.container === 'lines' || guess.container === 'document';
  switch (guess.container) {
    case 'lines':
      yield* lineRows(bytes, head, settle(guess).format, context);
      break;
    case 'document':
      yield* documentRowsOf(bytes, settle(guess).format, context);
      break;
    case 'csv': {
      if (options.csv === undefined) throw lacks(path, 'CSV');
      const table = await options.csv((await toUtf8(bytes)).utf8, path);
      yield* tableRows([table], 'csv', reading);
      break;
    }
    case 'xlsx':
    case 'sqlite': {
      // Its tool opens it by its path; the stream was only looked at.
      await stream.return(undefined);
      const file = await opened(path, options, guess.container);
      try {
        yield* tableRows(file.tables, guess.container, reading);
      } catch (cause) {
        throw faultOf(path, cause);
      } finally {
        await file.close();
      }
      break;
    }
    case 'feed':
      settle(guess);
      yield* feedOf(bytes, options, context);
  }
}

async function* lineRows(
  bytes: AsyncIterable<Buffer>,
  head: Buffer,
  format: Format,
  context: ReadContext,
): AsyncGenerator<RawRow> {
  const lines = jsonLines(bytes, LONGEST_LINE, context.moments);
  // Nothing is changed on canonical posts, so nothing is spent on them either.
  if (format === 'canonical') yield* lines;
  else {
    const table = sampleTables('lines', head)[0] ?? { name: '', columns: [] };
    const read = readerOfEach(format, aboutOf(context, table), context.mapped);
    for await (const row of lines) yield* readValue(row, read, context.moments);
  }
}

async function* documentRowsOf(
  bytes: AsyncIterable<Buffer>,
  format: Format,
  context: ReadContext,
): AsyncGenerator<RawRow> {
  let read: RowReader | undefined;
  for await (const { row, member, members } of jsonDocument((await toUtf8(bytes)).utf8)) {
    if ('broken' in row) {
      yield row;
      continue;
    }
    const columns = typeof row.value === 'object' && row.value !== null ? Object.keys(row.value) : [];
    read ??= readerOfEach(format, aboutOf(context, { name: member, columns }, members), context.mapped);
    yield* readValue(row, read, context.moments);
  }
}

async function* feedOf(
  bytes: AsyncIterable<Buffer>,
  { feed }: FileOptions,
  { path, moments }: ReadContext,
): AsyncGenerator<RawRow> {
  if (feed === undefined) throw lacks(path, '订阅源');
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of (await toUtf8(bytes)).utf8) {
    length += part.length;
    if (length > LARGEST_FEED) throw new SourceFault(`文件 ${path} 超过 10 MB，不像是订阅源`);
    parts.push(part);
  }
  const text = Buffer.concat(parts)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const refused = refusedFeed(text);
  if (refused !== undefined) throw new SourceFault(`文件 ${path}：${refused}`);
  try {
    yield* feedRows(feed(text), { from: path, moments });
  } catch (cause) {
    throw faultOf(path, cause);
  }
}

async function opened(path: string, tools: SourceTools, container: 'xlsx' | 'sqlite'): Promise<TableFile> {
  const open = tools[container];
  if (open === undefined) throw lacks(path, container);
  if (/\.gz$/i.test(path)) throw new SourceFault(`文件 ${path} 里是 ${container}，请先解压再导入`);
  try {
    return await open(path);
  } catch (cause) {
    throw faultOf(path, cause);
  }
}

const lacks = (path: string, what: string): SourceFault => new SourceFault(`文件 ${path} 是 ${what}，这里读不了`);

function faultOf(path: string, cause: unknown): SourceFault {
  if (cause instanceof SourceFault) return cause;
  return new SourceFault(`文件 ${path} 读不下去：${cause instanceof Error ? cause.message : String(cause)}`, { cause });
}

async function writtenAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    // Reading it says what is wrong, in its turn.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/** The first bytes, with all of them again. */
async function withHead(stream: AsyncGenerator<Buffer>): Promise<{ head: Buffer; bytes: AsyncGenerator<Buffer> }> {
  const first: Buffer[] = [];
  let held = 0;
  while (held < HEAD) {
    const next = await stream.next();
    if (next.done === true) break;
    first.push(next.value);
    held += next.value.length;
  }
  const all = Buffer.concat(first);
  const bytes = (async function* () {
    try {
      if (all.length > 0) yield all;
      yield* stream;
    } finally {
      await stream.return(undefined);
    }
  })();
  return { head: all.subarray(0, HEAD), bytes };
}
