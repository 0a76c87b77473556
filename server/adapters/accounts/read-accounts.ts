import { readFileSync } from 'node:fs';
import type { Account } from '../../../pipelines/domain/account.ts';
import { checkMatrix, findHoles } from './check-matrix.ts';
import { readAccount } from './read-account.ts';

export interface ReadAccounts {
  readonly accounts: readonly Account[];
  /** Holes that stop nothing but that the office should know of, one sentence each. */
  readonly warnings: readonly string[];
}

/** An accounts file that can't be used: one sentence with file, row, field and remedy. */
export class AccountsError extends Error {
  override readonly name = 'AccountsError';
}

/**
 * Reads an accounts file: a JSON array of accounts, or {"accounts": [...]}.
 * @throws AccountsError at the first thing that is wrong.
 */
export function readAccounts(file: string): ReadAccounts {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AccountsError(`矩阵账号文件 ${file} 读不了：${because(error)}；请检查路径`, { cause: error });
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new AccountsError(
      `矩阵账号文件 ${file} 不是合法的 JSON：${because(error)}；请按 accounts/README.md 的格式改正`,
      {
        cause: error,
      },
    );
  }
  return parseAccounts(parsed, file);
}

/** @param file how the file is named in errors. */
export function parseAccounts(parsed: unknown, file: string): ReadAccounts {
  const rows: unknown =
    typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) && 'accounts' in parsed
      ? parsed.accounts
      : parsed;
  if (!Array.isArray(rows))
    throw new AccountsError(
      `矩阵账号文件 ${file} 应是账号数组，或带 accounts 数组的对象；请按 accounts/README.md 的格式改正`,
    );
  const stop = (row: number, field: string, why: string): never => {
    throw new AccountsError(`矩阵账号文件 ${file} 第 ${row} 个账号的 ${field}：${why}`);
  };
  const accounts = rows.map((value: unknown, at) => readAccount(value, (field, why) => stop(at + 1, field, why)));
  checkMatrix(accounts, stop);
  return { accounts, warnings: findHoles(accounts) };
}

const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));
