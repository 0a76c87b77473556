import { CsvFault } from './columns.ts';
import type { RecordShape } from './read-csv.ts';

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

/** What the header of a CSV of refutations means. @throws CsvFault where a needed column is missing, naming what it may be called */
export function refutationShape(cells: readonly string[], file: string): RecordShape {
  const names = cells.map((cell) => cell.trim());
  const columns = names.map((name) => COLUMNS.find((column) => NAMES[column].some((known) => known === name)));
  const missing = COLUMNS.filter((column) => column !== 'url' && !columns.includes(column));
  if (missing.length > 0) {
    const wanted = missing.map((column) => `${column}（也可写 ${NAMES[column].slice(1).join('、')}）`).join('；');
    throw new CsvFault(`文件 ${file} 第一行应为列名，缺少：${wanted}`);
  }
  return {
    names,
    ignored: names.filter((name, at) => name !== '' && columns[at] === undefined),
    valueOf: (record) =>
      Object.fromEntries(
        columns.flatMap((column, at) => {
          const cell = record[at]?.trim() ?? '';
          return column === undefined || cell === '' ? [] : [[column, cell] as const];
        }),
      ),
  };
}
