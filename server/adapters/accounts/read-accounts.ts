import { readFileSync } from 'node:fs';
import type { Account } from '../../../pipelines/domain/account.ts';
import { readAccount } from './read-account.ts';

/** An accounts file that can't be used: one sentence with file, row, field and remedy. */
export class AccountsError extends Error {
  override readonly name = 'AccountsError';
}

/**
 * Reads an accounts file: a JSON array of accounts, or {"accounts": [...]}. Whether they make a matrix together is for 5-respond/check-matrix.
 * @throws AccountsError at the first field that is wrong.
 */
export function readAccounts(file: string): readonly Account[] {
  return parseAccounts(parseJson(readText(file), file), file);
}

/** The text of an accounts file without its byte order mark. @throws AccountsError */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new AccountsError(`矩阵账号文件 ${file} 读不了：${because(error)}；请检查路径`, { cause: error });
  }
}

/** @param file how the file is named in errors. @throws AccountsError */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AccountsError(
      `矩阵账号文件 ${file} 不是合法的 JSON：${because(error)}；请按 accounts/README.md 的格式改正`,
      { cause: error },
    );
  }
}

/** The rows of a parsed file, each of them still unread. @throws AccountsError */
export function rowsOf(parsed: unknown, file: string): readonly unknown[] {
  const rows: unknown =
    typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) && 'accounts' in parsed
      ? parsed.accounts
      : parsed;
  if (Array.isArray(rows)) return rows;
  throw new AccountsError(
    `矩阵账号文件 ${file} 应是账号数组，或带 accounts 数组的对象；请按 accounts/README.md 的格式改正`,
  );
}

/** @throws AccountsError at the first field that is wrong. */
export function parseAccounts(parsed: unknown, file: string): readonly Account[] {
  return rowsOf(parsed, file).map((value, at) => {
    const account = readAccount(value, (field, why) => {
      throw new AccountsError(`矩阵账号文件 ${file} 第 ${at + 1} 个账号的 ${field}：${why}`);
    });
    if (account === undefined) throw new AccountsError(`矩阵账号文件 ${file} 第 ${at + 1} 个账号读不出`);
    return account;
  });
}

const because = (error: unknown): string => (error instanceof Error ? error.message : String(error));
