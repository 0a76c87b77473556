import type { Account } from '../pipelines/domain/account.ts';
import { sayChannels } from '../pipelines/domain/channel.ts';
import { onDuty, sayHours } from '../pipelines/domain/duty-hours.ts';
import type { Finding } from '../pipelines/domain/finding.ts';
import type { MatrixChange } from '../pipelines/domain/matrix-change.ts';
import { TIER_NAMES } from '../pipelines/domain/tier.ts';
import { COLUMNS, type Column } from './adapters/accounts/account-columns.ts';
import type { AccountRow, ChangeRow, FindingRow } from './contract/matrix.ts';
import type { Names } from './views.ts';

export interface RowGiven {
  readonly names: Names;
  readonly now: number;
  readonly mine: boolean;
  /** Whether the asker hands cases over and so needs the contact. */
  readonly contact: boolean;
}

export function accountRow(account: Account, { names, now, mine, contact }: RowGiven): AccountRow {
  const { hours, contact: phone, channels = [], parent, ...rest } = account;
  const parentName = parent === undefined ? undefined : names.account(parent)?.name;
  return {
    ...rest,
    duties: [...account.duties],
    regionName: names.regions.regionName(account.region) || account.region,
    ...(parent === undefined ? {} : { parent }),
    ...(parentName === undefined ? {} : { parentName }),
    ...(hours === undefined ? {} : { hours: sayHours(hours) }),
    onDuty: onDuty(hours, now),
    channels: channels.map((channel) => ({ ...channel })),
    ...(contact && phone !== undefined ? { contact: phone } : {}),
    mine,
  };
}

export const findingRow = ({ severity, says, wrongly, mend, account }: Finding): FindingRow => ({
  severity,
  says,
  wrongly,
  mend,
  ...(account === undefined ? {} : { account }),
});

/** `contact`: without it the change of a phone number is not told. */
export function changeRow(change: MatrixChange, names: Names, contact: boolean): ChangeRow {
  const { n, batch, at, by, why, account, was, now } = change;
  const shown = COLUMNS.filter(([column]) => contact || column !== 'contact');
  return {
    ...{ n, batch, at: new Date(at).toISOString(), by, why, account },
    name: (now ?? was)?.name ?? account,
    what: was === null ? 'added' : now === null ? 'retired' : 'changed',
    fields:
      was === null || now === null
        ? []
        : shown
            .map(([column, name]) => ({
              name,
              was: fieldWords(was, column, names),
              now: fieldWords(now, column, names),
            }))
            .filter((field) => field.was !== field.now),
  };
}

function fieldWords(account: Account, column: Column, names: Names): string {
  switch (column) {
    case 'tier':
      return TIER_NAMES[account.tier];
    case 'region':
      return names.regions.regionName(account.region) || account.region;
    case 'duties':
      return account.duties.join('、');
    case 'public':
      return account.public ? '是' : '否';
    case 'parent':
      return account.parent === undefined ? '' : (names.account(account.parent)?.name ?? account.parent);
    case 'hours':
      return account.hours === undefined ? '' : sayHours(account.hours);
    case 'channels':
      return sayChannels(account.channels ?? []);
    default:
      return account[column] ?? '';
  }
}
