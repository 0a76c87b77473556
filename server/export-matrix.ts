import type { Account } from '../pipelines/domain/account.ts';
import { sayChannels } from '../pipelines/domain/channel.ts';
import { sayHours } from '../pipelines/domain/duty-hours.ts';
import { COLUMNS, type Column } from './adapters/accounts/account-columns.ts';

const TIER_WORDS = {
  village: '村社区',
  town: '街道',
  county: '区县',
  city: '市',
  province: '省',
  nation: '全国',
} as const;

/** An account as its file has it: hours as text, channels as they are. */
export const fileRow = ({ hours, ...account }: Account): object => ({
  ...account,
  ...(hours === undefined ? {} : { hours: sayHours(hours) }),
});

/** The accounts as an accounts file. */
export const exportJson = (accounts: readonly Account[], about: string): string =>
  `${JSON.stringify({ about, accounts: accounts.map(fileRow) }, null, 2)}\n`;

/**
 * The accounts as CSV with Chinese headings, which the import reads back unchanged. With a byte order mark, so that spreadsheets read it as
 * UTF-8; a cell that a spreadsheet would take for a formula gets a quote before it.
 */
export function exportCsv(accounts: readonly Account[]): string {
  const lines = [COLUMNS.map(([, heading]) => heading as string), ...accounts.map(cellsOf)];
  return `\uFEFF${lines.map((cells) => cells.map(guarded).join(',')).join('\r\n')}\r\n`;
}

const cellsOf = (account: Account): readonly string[] =>
  COLUMNS.map(([column]: readonly [Column, ...string[]]) => {
    switch (column) {
      case 'tier':
        return TIER_WORDS[account.tier];
      case 'duties':
        return account.duties.join('、');
      case 'public':
        return account.public ? '是' : '否';
      case 'hours':
        return account.hours === undefined ? '' : sayHours(account.hours);
      case 'channels':
        return sayChannels(account.channels ?? []);
      default:
        return account[column] ?? '';
    }
  });

function guarded(cell: string): string {
  const safe = /^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
