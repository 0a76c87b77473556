import { fileBytes } from '../pipelines/0-source/bytes.ts';
import { detectFormat } from '../pipelines/0-source/detect.ts';
import { toUtf8 } from '../pipelines/0-source/encoding.ts';
import type { Table } from '../pipelines/ports/source.ts';
import { fileTools } from './file-tools.ts';

export interface ShownColumn {
  readonly name: string;
  /** The first cells that say something. */
  readonly cells: readonly string[];
}

const LOOKED_AT = 20;
const CELLS = 3;
const HEAD = 64 * 1024;

/** The columns of a CSV file or of a workbook's first sheet with rows; empty where a file is no such table. */
export async function tableColumns(path: string): Promise<readonly ShownColumn[]> {
  const head = await headOf(path);
  switch (detectFormat(path, head).container) {
    case 'csv':
      return columnsOf(await fileTools.csv((await toUtf8(fileBytes(path))).utf8, path));
    case 'xlsx': {
      const book = await fileTools.xlsx(path);
      try {
        const [sheet] = book.tables;
        return sheet === undefined ? [] : await columnsOf(sheet);
      } finally {
        await book.close();
      }
    }
    default:
      return [];
  }
}

async function columnsOf(table: Table): Promise<readonly ShownColumn[]> {
  const cells = table.columns.map((): string[] => []);
  let looked = 0;
  for await (const row of table.rows()) {
    if ('cells' in row)
      row.cells.forEach((cell, at) => {
        const said = typeof cell === 'string' ? cell.trim() : '';
        if (said !== '' && (cells[at]?.length ?? CELLS) < CELLS) cells[at]?.push(said.slice(0, 60));
      });
    if (++looked === LOOKED_AT) break;
  }
  return table.columns.flatMap((name, at) => (name === '' ? [] : [{ name, cells: cells[at] ?? [] }]));
}

async function headOf(path: string): Promise<Buffer> {
  for await (const chunk of fileBytes(path)) return chunk.subarray(0, HEAD);
  return Buffer.alloc(0);
}
