import { checkMatrix } from '../pipelines/5-respond/check-matrix.ts';
import type { Account } from '../pipelines/domain/account.ts';
import type { Finding } from '../pipelines/domain/finding.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { RegionNames } from '../pipelines/ports/region-names.ts';
import { AccountsError, parseAccounts, readAccounts } from './adapters/accounts/read-accounts.ts';

export interface ReadMatrix {
  readonly accounts: readonly Account[];
  /** Holes and hints; a file with faults is refused. */
  readonly findings: readonly Finding[];
}

/** An accounts file as a matrix that can be used. @throws AccountsError at the first thing that is wrong. */
export const readMatrix = (file: string, names: RegionNames, home?: RegionCode): ReadMatrix =>
  usable(readAccounts(file), file, names, home);

/** @param file how the file is named in errors. @throws AccountsError */
export const parseMatrix = (parsed: unknown, file: string, names: RegionNames, home?: RegionCode): ReadMatrix =>
  usable(parseAccounts(parsed, file), file, names, home);

function usable(
  accounts: readonly Account[],
  file: string,
  names: RegionNames,
  home: RegionCode | undefined,
): ReadMatrix {
  const { findings } = checkMatrix(accounts, { names, home });
  const fault = findings.find(({ severity }) => severity === 'fault');
  if (fault !== undefined)
    throw new AccountsError(
      `矩阵账号文件 ${file} 第 ${fault.row ?? 0} 个账号的 ${fault.field ?? ''}：${fault.says}；${fault.mend}`,
    );
  return { accounts, findings };
}

/** A hole or a hint as one line of a log or a terminal. */
export const sayFinding = ({ says, wrongly, mend }: Finding): string => `${says}：${wrongly}；${mend}`;
