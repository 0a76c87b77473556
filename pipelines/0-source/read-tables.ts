import type { RawRow, Table } from '../ports/source.ts';
import { SourceFault } from './bytes.ts';
import { ignoredColumns, lackingColumns } from './canonical.ts';
import { detectShape, readerNamed } from './detect.ts';
import { alignCells } from './format.ts';
import type { Container, Detected } from './format.ts';
import { aboutOf, rowOf } from './read-values.ts';
import type { ReadContext } from './read-values.ts';

export interface TableReading extends ReadContext {
  /** Says what the tables were taken for, and answers what they are to be read as. */
  readonly settle: (found: Detected) => Detected;
  /** Hears of what is passed over: columns that mean nothing to a post, tables that hold none. */
  readonly ignore: (what: 'columns' | 'table', names: readonly string[]) => void;
}

/** The rows of a file's tables, one table after another. @throws SourceFault where none of them can be read */
export async function* tableRows(
  tables: readonly Table[],
  container: Container,
  reading: TableReading,
): AsyncGenerator<RawRow> {
  const known = tables.filter(({ columns }) => columns.some((column) => column !== ''));
  if (known.length === 0) return;
  const { path, mapped, moments } = reading;
  const detected = reading.settle(detectShape({ path, container, tables: known }, mapped));
  const reader = readerNamed(detected.format, mapped);
  let read = 0;
  for (const table of known) {
    const rows = reader?.readerOf(aboutOf(reading, table));
    if (reader === undefined || rows === undefined) {
      if (known.length > 1) reading.ignore('table', [table.name]);
      continue;
    }
    read++;
    if (detected.format === 'csv') {
      const ignored = ignoredColumns(table.columns);
      if (ignored.length > 0) reading.ignore('columns', ignored);
    }
    for await (const row of table.rows()) {
      if ('broken' in row) {
        yield row;
        continue;
      }
      const aligned = reader.align?.(table.columns, row.cells) ?? alignCells(table.columns, row.cells);
      if ('broken' in aligned) {
        yield { row: row.row, broken: aligned.broken, raw: row.raw };
        continue;
      }
      const { repairs } = aligned;
      for (const made of rows(aligned.fields)) {
        const said =
          'broken' in made || repairs.length === 0 ? made : { ...made, repairs: [...repairs, ...made.repairs] };
        yield rowOf(row, said, moments);
      }
    }
  }
  if (read === 0) throw new SourceFault(`文件 ${path} ${unreadable(known, container)}`);
}

function unreadable(tables: readonly Table[], container: Container): string {
  const first = tables[0];
  if (container === 'sqlite' || first === undefined) {
    const names = tables.slice(0, 12).map(({ name }) => name);
    return `里没有认得的表（有 ${names.join('、')}），请核对是哪个采集器的库，或导出为 CSV`;
  }
  return lackingColumns(first.columns) ?? `的列读不出帖文（有 ${first.columns.slice(0, 12).join('、')}）`;
}
