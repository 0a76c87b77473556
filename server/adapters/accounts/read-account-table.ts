import { createHash } from 'node:crypto';
import type { Account } from '../../../pipelines/domain/account.ts';
import { isRegionCode, tierOfRegion, type RegionCode } from '../../../pipelines/domain/region.ts';
import type { Table } from '../../../pipelines/ports/source.ts';
import { columnOf, headingOf, tierOf, type Column } from './account-columns.ts';
import { readAccount } from './read-account.ts';

/** A row that can't be taken, with the column and what to do about it. */
export interface RejectedRow {
  /** The line of the file, or the number of the account in a JSON file; 0 for the whole. */
  readonly row: number;
  readonly column: string;
  readonly because: string;
}

export interface ReadRows {
  readonly rows: readonly { readonly row: number; readonly account: Account }[];
  readonly rejected: readonly RejectedRow[];
  /** Headings that mean nothing here and were passed over. */
  readonly ignored: readonly string[];
}

/** What a table needs to know of the deployment. */
export interface TableContext {
  /** Divisions of that name, full or short. */
  readonly regionsNamed: (name: string) => readonly RegionCode[];
  readonly regionName: (code: RegionCode) => string;
  /** The accounts in force: a row without 编号 is the account of its name. */
  readonly accounts: readonly Account[];
}

const NEEDED: readonly Column[] = ['name', 'region', 'duties', 'public'];
const SPLIT = /[、，,;；/\s]+/;

/** A table with headings as accounts. Every row that can't be taken is told of; the others are read all the same. */
export async function readAccountTable(table: Table, context: TableContext): Promise<ReadRows> {
  const columns = table.columns.map(columnOf);
  const missing = NEEDED.filter((column) => !columns.includes(column));
  const ignored = table.columns.filter((heading, at) => heading !== '' && columns[at] === undefined);
  if (missing.length > 0)
    return {
      rows: [],
      rejected: [
        {
          row: 0,
          column: missing.map(headingOf).join('、'),
          because: `缺少这些列：${missing.map(headingOf).join('、')}；表头有：${table.columns.filter(Boolean).join('、') || '无'}`,
        },
      ],
      ignored,
    };
  const rows: { row: number; account: Account }[] = [];
  const rejected: RejectedRow[] = [];
  for await (const read of table.rows()) {
    if ('broken' in read) {
      rejected.push({ row: read.row, column: '整行', because: read.broken });
      continue;
    }
    const cells = new Map<Column, string>();
    for (const [at, column] of columns.entries())
      if (column !== undefined && !cells.has(column)) cells.set(column, cellOf(read.cells[at]));
    if ([...cells.values()].every((cell) => cell === '')) continue;
    const wrong = (column: string, because: string): void => void rejected.push({ row: read.row, column, because });
    const value = valueOf(cells, context, wrong);
    if (value === undefined) continue;
    const account = readAccount(value, (field, why) => wrong(headingOf(field as Column), why));
    if (account !== undefined) rows.push({ row: read.row, account });
  }
  return { rows, rejected, ignored };
}

/** The cells as the object that readAccount takes; undefined where the region can't be found. */
function valueOf(
  cells: ReadonlyMap<Column, string>,
  context: TableContext,
  wrong: (column: string, because: string) => void,
): object | undefined {
  const cell = (column: Column): string => cells.get(column) ?? '';
  const region = regionOf(cell('region'), context);
  if ('because' in region) {
    wrong(headingOf('region'), region.because);
    return undefined;
  }
  const open = publicOf(cell('public'));
  if (open === undefined) {
    wrong(headingOf('public'), `“${cell('public')}”应是“是”或“否”`);
    return undefined;
  }
  const name = cell('name');
  const unit = cell('unit') || name;
  const held = context.accounts.find((account) => account.name === name && account.region === region.code);
  return {
    id: cell('id') || held?.id || derivedId(name, unit, region.code),
    name,
    unit,
    tier: cell('tier') === '' ? tierOfRegion(region.code) : tierOf(cell('tier')),
    region: region.code,
    place: cell('place'),
    duties: cell('duties').split(SPLIT).filter(Boolean),
    public: open,
    parent: cell('parent'),
    hours: cell('hours'),
    channels: cell('channels'),
    contact: cell('contact'),
  };
}

/** The same for the same account, so that the same table again changes nothing. */
export const derivedId = (name: string, unit: string, region: string): string =>
  `u${createHash('sha256').update(`${name}|${unit}|${region}`).digest('hex').slice(0, 10)}`;

function regionOf(text: string, context: TableContext): { readonly code: RegionCode } | { readonly because: string } {
  if (isRegionCode(text)) return { code: text };
  if (text === '') return { because: '缺少，应是区划代码（6、9或12位）或完整的地名' };
  if (/^\d+(?:\.\d+)?E\+?\d+$/i.test(text))
    return { because: `“${text}”被表格软件改成了科学计数法，请把这一列设为文本再填` };
  if (/^\d+$/.test(text)) return { because: `“${text}”不是区划代码，应是6、9或12位数字` };
  const found = context.regionsNamed(text);
  if (found.length === 1) return { code: found[0]! };
  if (found.length === 0) return { because: `找不到“${text}”，请写区划代码，或从省写起的全称` };
  const named = found.slice(0, 4).map((code) => `${context.regionName(code)}（${code}）`);
  return {
    because: `“${text}”有${found.length}处：${named.join('、')}${found.length > 4 ? '等' : ''}，请写区划代码或全称`,
  };
}

const YES = new Set(['是', '有', '公开', 'true', '1', 'yes', 'y', '√']);
const NO = new Set(['否', '无', '没有', '不公开', 'false', '0', 'no', 'n', '×']);

const publicOf = (text: string): boolean | undefined =>
  YES.has(text.toLowerCase()) ? true : NO.has(text.toLowerCase()) ? false : undefined;

/** Text without spaces around it, and without the quote that guards a cell against being read as a formula. */
function cellOf(value: unknown): string {
  const text = (
    typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)
  ).trim();
  return /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
}
