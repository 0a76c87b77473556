import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { toUtf8 } from '../pipelines/0-source/encoding.ts';
import type { Account } from '../pipelines/domain/account.ts';
import { readAccount } from './adapters/accounts/read-account.ts';
import {
  readAccountTable,
  type ReadRows,
  type RejectedRow,
  type TableContext,
} from './adapters/accounts/read-account-table.ts';
import { AccountsError, parseJson, rowsOf } from './adapters/accounts/read-accounts.ts';
import { readCsv } from './adapters/csv/read-csv.ts';
import { readXlsx } from './adapters/xlsx/read-xlsx.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];

/**
 * Accounts from a file's bytes: a workbook (its first sheet with headings), JSON, or CSV in UTF-8 or GB18030, told apart by what is in it.
 * Nothing is judged yet beyond each row itself, and that no two rows are one account.
 * @param name how the file is named in sentences
 */
export async function readImport(bytes: Uint8Array, name: string, context: TableContext): Promise<ReadRows> {
  let read: ReadRows;
  try {
    if (ZIP.every((byte, at) => bytes[at] === byte)) read = await fromWorkbook(bytes, context);
    else if (isJson(bytes)) read = fromJson(bytes, name);
    else read = await fromCsv(bytes, name, context);
  } catch (error) {
    // What a person sent is wrong in many ways; each reader says so in a sentence. Faults of this machine are not theirs.
    if (!(error instanceof Error) || 'code' in error) throw error;
    return { rows: [], rejected: [{ row: 0, column: '整个文件', because: error.message }], ignored: [] };
  }
  return withParents(withoutDoubles(read), context);
}

const isJson = (bytes: Uint8Array): boolean =>
  /^\uFEFF?\s*[[{]/.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8'));

function fromJson(bytes: Uint8Array, name: string): ReadRows {
  const rejected: RejectedRow[] = [];
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  const rows = rowsOf(parseJson(text, name), name).flatMap((value, at) => {
    const account = readAccount(value, (column, because) => rejected.push({ row: at + 1, column, because }));
    return account === undefined ? [] : [{ row: at + 1, account }];
  });
  return { rows, rejected, ignored: [] };
}

async function fromCsv(bytes: Uint8Array, name: string, context: TableContext): Promise<ReadRows> {
  const { utf8 } = await toUtf8(Readable.from([Buffer.from(bytes)]));
  const table = await readCsv(utf8);
  if (table.columns.length === 0) throw new AccountsError(`${name} 是空的`);
  return readAccountTable(table, context);
}

/** The reader of workbooks takes a path, because posts come in files of any size. */
async function fromWorkbook(bytes: Uint8Array, context: TableContext): Promise<ReadRows> {
  const folder = await mkdtemp(join(tmpdir(), 'wenbida-import-'));
  try {
    const path = join(folder, 'accounts.xlsx');
    await writeFile(path, bytes);
    const book = await readXlsx(path);
    try {
      const [first] = book.tables;
      if (first === undefined) throw new AccountsError('工作簿里没有带表头的工作表');
      return await readAccountTable(first, context);
    } finally {
      await book.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withoutDoubles(read: ReadRows): ReadRows {
  const rowOf = new Map<string, number>();
  const rejected = [...read.rejected];
  const rows = read.rows.filter(({ row, account }) => {
    const earlier = rowOf.get(account.id);
    if (earlier === undefined) rowOf.set(account.id, row);
    else rejected.push({ row, column: '编号', because: `与第${earlier}行是同一个账号（${account.name}）` });
    return earlier === undefined;
  });
  return { ...read, rows, rejected };
}

/** 上级 may be an id or a name, of this file or of the matrix in force. */
function withParents(read: ReadRows, { accounts }: TableContext): ReadRows {
  const here = read.rows.map(({ account }) => account);
  const ids = new Set([...here, ...accounts].map(({ id }) => id));
  const named = (name: string): readonly Account[] => {
    const own = here.filter((one) => one.name === name || one.unit === name);
    return own.length > 0 ? own : accounts.filter((one) => one.name === name || one.unit === name);
  };
  const rejected = [...read.rejected];
  const rows = read.rows.flatMap(({ row, account }) => {
    const { parent } = account;
    if (parent === undefined || ids.has(parent)) return [{ row, account }];
    const found = named(parent);
    if (found.length === 1) return [{ row, account: { ...account, parent: found[0]!.id } }];
    rejected.push({
      row,
      column: '上级',
      because:
        found.length === 0
          ? `找不到上级“${parent}”，请加上它，或写它的编号`
          : `有${found.length}个账号叫“${parent}”，请写编号`,
    });
    return [];
  });
  return { ...read, rows, rejected };
}
