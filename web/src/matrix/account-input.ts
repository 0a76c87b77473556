import type { AccountInput, AccountRow } from '../../../server/contract/matrix.ts';
import { TIERS, tierRank } from '../../../pipelines/domain/tier.ts';

/** An account as its form edits it; channels as people write them in one line. */
export const inputOf = (account: AccountRow): Required<AccountInput> => ({
  id: account.id,
  name: account.name,
  unit: account.unit,
  tier: account.tier,
  region: account.region,
  place: account.place ?? '',
  duties: [...account.duties],
  public: account.public,
  parent: account.parent ?? '',
  hours: account.hours ?? '',
  channels: account.channels
    .map(({ platform, handle, link }) => [platform, handle, link].filter(Boolean).join(' '))
    .join('；'),
  contact: account.contact ?? '',
});

/** A new account: one tier below the one it is put under and in its region, where it is put under one. */
export function blankUnder(parent: AccountRow | null): Required<AccountInput> {
  const tier = parent === null ? 'county' : (TIERS[Math.max(0, tierRank(parent.tier) - 1)] ?? parent.tier);
  return {
    ...{ id: '', name: '', unit: '', place: '', hours: '', channels: '', contact: '' },
    ...{ tier, region: parent?.region ?? '', parent: parent?.id ?? '', duties: [], public: true },
  };
}
