import type { RawRow, Table } from '../ports/source.ts';
import { SourceFault } from './bytes.ts';

const NAMES = {
  id: ['id', '编号'],
  claim: ['claim', '说法', '传言'],
  verdict: ['verdict', '结论', '辟谣'],
  source: ['source', '来源', '发布单位'],
  url: ['url', '链接', '网址'],
  publishedAt: ['publishedAt', '发布时间', '时间'],
} as const;
type Column = keyof typeof NAMES;
const COLUMNS = Object.keys(NAMES) as Column[];

/**
 * The rows of a table of published refutations, each as an object of the columns it fills.
 * @throws SourceFault where a needed column is missing, naming what it may be called
 */
export async function* refutationRows(table: Table, file: string): AsyncGenerator<RawRow> {
  const columns = table.columns.map((name) => COLUMNS.find((column) => NAMES[column].some((known) => known === name)));
  const missing = COLUMNS.filter((column) => column !== 'url' && !columns.includes(column));
  if (missing.length > 0) {
    const wanted = missing.map((column) => `${column}（也可写 ${NAMES[column].slice(1).join('、')}）`).join('；');
    throw new SourceFault(`文件 ${file} 第一行应为列名，缺少：${wanted}`);
  }
  for await (const row of table.rows()) {
    if ('broken' in row) yield row;
    else {
      const filled = columns.flatMap((column, at) => {
        const cell = row.cells[at];
        const text = typeof cell === 'string' ? cell.trim() : '';
        return column === undefined || text === '' ? [] : [[column, text] as const];
      });
      yield { row: row.row, value: Object.fromEntries(filled), raw: row.raw };
    }
  }
}
