import type { SourceTools } from '../pipelines/ports/source.ts';
import { readCsv } from './adapters/csv/read-csv.ts';
import { readFeed } from './adapters/feed/read-feed.ts';
import { readSqlite } from './adapters/sqlite/read-tables.ts';
import { readXlsx } from './adapters/xlsx/read-xlsx.ts';

/** The technologies that files of posts come in, for whoever reads them: `fileRows(path, { ...fileTools })`. */
export const fileTools: Required<SourceTools> = { csv: readCsv, xlsx: readXlsx, sqlite: readSqlite, feed: readFeed };
