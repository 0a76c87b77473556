import type { Account } from '../../pipelines/domain/account.ts';
import { regionCode } from '../../pipelines/domain/region.ts';

/** A public county police account, but for what is given. */
export const anAccount = (given: Partial<Omit<Account, 'region'>> & { readonly region?: string } = {}): Account => {
  const { region = '410311', ...rest } = given;
  const id = given.id ?? 'luolong-police';
  return {
    id,
    name: id,
    unit: id,
    tier: 'county',
    duties: ['公安'],
    public: true,
    ...rest,
    region: regionCode(region),
  };
};
