import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../pipelines/domain/account.ts';
import type { Finding } from '../pipelines/domain/finding.ts';
import type { MatrixPut } from '../pipelines/domain/matrix-change.ts';
import { headingOf, type Column } from './adapters/accounts/account-columns.ts';
import type { ReadRows, RejectedRow } from './adapters/accounts/read-account-table.ts';
import type { MatrixNow } from './matrix-now.ts';

/** What an import would do, before it does it. */
export interface ImportPlan {
  /** Rows that could be read. */
  readonly rows: number;
  readonly added: readonly Account[];
  readonly changed: readonly { readonly was: Account; readonly now: Account; readonly fields: readonly string[] }[];
  readonly same: number;
  /** Accounts of the matrix that the file does not have: retired only where that is asked for. */
  readonly absent: readonly Account[];
  /** Where there is one, nothing is taken. */
  readonly rejected: readonly RejectedRow[];
  readonly ignored: readonly string[];
  /** Holes of the matrix as it would be that it does not have now. */
  readonly holes: readonly Finding[];
  readonly changes: readonly MatrixPut[];
}

/** Compares what was read with the matrix in force, and judges the matrix as it would be. */
export function planImport({ rows, rejected, ignored }: ReadRows, now: MatrixNow, retireAbsent: boolean): ImportPlan {
  const held = new Map(now.accounts.map((account) => [account.id, account]));
  const given = new Map(rows.map(({ account }) => [account.id, account]));
  const added = [...given.values()].filter(({ id }) => !held.has(id));
  const changed = [...given.values()].flatMap((account) => {
    const was = held.get(account.id);
    const fields = was === undefined ? [] : differing(was, account);
    return was === undefined || fields.length === 0 ? [] : [{ was, now: account, fields }];
  });
  const absent = now.accounts.filter(({ id }) => !given.has(id));
  const changes: MatrixPut[] = [
    ...added.map((put) => ({ put })),
    ...changed.map(({ now: put }) => ({ put })),
    ...(retireAbsent ? absent.map(({ id }) => ({ retire: id })) : []),
  ];
  const next = applied(now.accounts, changes);
  const before = new Set(now.checked.findings.map(({ says }) => says));
  const { findings } = now.check(next);
  const fresh = findings.filter(({ says }) => !before.has(says));
  const rowOf = new Map(rows.map(({ row, account }) => [account.id, row]));
  const faults = fresh
    .filter(({ severity }) => severity === 'fault')
    .map(({ account = '', field = '', says, mend }) => ({
      row: rowOf.get(account) ?? 0,
      column: headingOf(field as Column),
      because: `${says}；${mend}`,
    }));
  return {
    rows: rows.length,
    added,
    changed,
    same: given.size - added.length - changed.length,
    absent,
    rejected: [...rejected, ...faults].sort((a, b) => a.row - b.row),
    ignored,
    holes: fresh.filter(({ severity }) => severity === 'hole'),
    changes,
  };
}

/** The accounts with the changes made, in the order of id. */
export function applied(accounts: readonly Account[], changes: readonly MatrixPut[]): readonly Account[] {
  const next = new Map(accounts.map((account) => [account.id, account]));
  for (const change of changes) {
    if ('put' in change) next.set(change.put.id, change.put);
    else next.delete(change.retire);
  }
  return [...next.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Headings of the fields that differ. */
export const differing = (was: Account, now: Account): readonly string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(now)])]
    .filter((field) => !isDeepStrictEqual(was[field as keyof Account], now[field as keyof Account]))
    .map((field) => headingOf(field as Column));
