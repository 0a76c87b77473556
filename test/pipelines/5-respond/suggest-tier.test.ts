import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildMatrix, commonRegion } from '../../../pipelines/5-respond/matrix.ts';
import { suggestTier } from '../../../pipelines/5-respond/suggest-tier.ts';
import type { Account } from '../../../pipelines/domain/account.ts';
import { ALL_HOURS, type DutyHours } from '../../../pipelines/domain/duty-hours.ts';
import { DUTIES } from '../../../pipelines/domain/duty.ts';
import { INCIDENT_KINDS } from '../../../pipelines/domain/incident.ts';
import { contains, regionCode, tierOfRegion } from '../../../pipelines/domain/region.ts';
import type { AnswerCase } from '../../../pipelines/domain/suggestion.ts';
import { TIERS, tierRank } from '../../../pipelines/domain/tier.ts';
import { anAccount } from '../../seeds/accounts.ts';

const REGIONS = [
  '410000',
  '410300',
  '410311',
  '410311002',
  '410311002001',
  '410327',
  '410327103',
  '410100',
  '410105',
].map(regionCode);
const someRegion = fc.constantFrom(...REGIONS);
const OFFICE: DutyHours = [{ days: [1, 2, 3, 4, 5], from: 540, to: 1080 }];
const ids = Array.from({ length: 14 }, (_, at) => `a${at}`);
const somePlace = fc.constantFrom(undefined, undefined, '仙桥村', '龙门石窟');
const opt = <T>(value: T | undefined, key: string): object => (value === undefined ? {} : { [key]: value });

const someAccounts: fc.Arbitrary<Account[]> = fc
  .array(
    fc.record({
      region: someRegion,
      duties: fc.uniqueArray(
        fc.constantFrom(...DUTIES.slice(0, 4), '综合' as const, '督办' as const, '紧急' as const, '税务' as const),
        { maxLength: 3 },
      ),
      public: fc.boolean(),
      place: somePlace,
      parent: fc.constantFrom(undefined, ...ids),
      hours: fc.constantFrom(undefined, ALL_HOURS, OFFICE),
    }),
    { maxLength: ids.length },
  )
  .map((rows) =>
    rows.map(({ place, parent, hours, ...row }, at) => ({
      ...row,
      id: ids[at]!,
      name: `账号${at}`,
      unit: `单位${at % 5}`,
      tier: tierOfRegion(row.region),
      ...opt(place, 'place'),
      ...opt(parent, 'parent'),
      ...opt(hours, 'hours'),
    })),
  );

const someCase: fc.Arbitrary<AnswerCase> = fc
  .record({
    region: fc.option(someRegion),
    duty: fc.uniqueArray(fc.constantFrom(...DUTIES.slice(0, 4), '税务' as const), { maxLength: 3 }),
    kind: fc.constantFrom(...INCIDENT_KINDS),
    urgent: fc.boolean(),
    spread: fc.constantFrom(...TIERS),
    overdue: fc.boolean(),
    place: somePlace,
    answeredBy: fc.constantFrom(undefined, ...ids),
    handedTo: fc.constantFrom(undefined, '单位1', ...ids),
    contradicts: fc.constantFrom(undefined, true, ...ids),
    missing: fc.constantFrom(undefined, ['起因']),
    tookOver: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 }),
    refusals: fc.array(fc.record({ account: fc.constantFrom(...ids), next: fc.constantFrom('', '单位2', ...ids) }), {
      maxLength: 3,
    }),
    nationalPolicy: fc.constantFrom(undefined, undefined, true),
    at: fc.constantFrom(undefined, Date.parse('2026-11-20T23:00:00+08:00')),
  })
  .map(({ place, answeredBy, handedTo, contradicts, missing, nationalPolicy, at, ...row }) => ({
    id: 'case',
    ...row,
    ...opt(place, 'place'),
    ...opt(answeredBy, 'answeredBy'),
    ...opt(handedTo, 'handedTo'),
    ...opt(contradicts, 'contradicts'),
    ...opt(missing, 'missing'),
    ...opt(nationalPolicy, 'nationalPolicy'),
    ...opt(at, 'at'),
  }));

describe('for any matrix, sound or not, and any case', () => {
  test('nobody is suggested whose region does not contain the incident, or the place in it where it was answered already', () => {
    fc.assert(
      fc.property(someAccounts, someCase, (accounts, theCase) => {
        const matrix = buildMatrix(accounts);
        const { first, then } = suggestTier(theCase, matrix);
        const region = theCase.region ?? matrix.home;
        // No home and no place: nobody is suggested, and nothing is to be shown.
        if (region === undefined) {
          expect([first, then]).toEqual([null, []]);
          return;
        }
        const suggested = [first, ...then.map(({ account }) => account)].flatMap(
          (id) => matrix.byId.get(id ?? '') ?? [],
        );
        const isFollowed =
          first !== null && first === theCase.answeredBy && !contains(matrix.byId.get(first)!.region, region);
        const place = isFollowed ? matrix.byId.get(first)!.region : region;
        expect(contains(region, place)).toBe(true);
        for (const account of suggested)
          if (account.id !== theCase.contradicts || !contains(region, account.region))
            expect(contains(account.region, place) || contains(account.region, region)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  test('the first to speak is a public account or nobody, and nobody is said with a reason', () => {
    fc.assert(
      fc.property(someAccounts, someCase, (accounts, theCase) => {
        const matrix = buildMatrix(accounts);
        const { first, because } = suggestTier(theCase, matrix);
        if (first !== null) expect(matrix.byId.get(first)!.public).toBe(true);
        expect(because.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  test('the order of the accounts file changes nothing', () => {
    const shuffled = someAccounts.chain((accounts) =>
      fc.tuple(fc.constant(accounts), fc.shuffledSubarray(accounts, { minLength: accounts.length })),
    );
    fc.assert(
      fc.property(shuffled, someCase, ([accounts, others], theCase) => {
        expect(suggestTier(theCase, buildMatrix(others))).toEqual(suggestTier(theCase, buildMatrix(accounts)));
      }),
      { numRuns: 1500 },
    );
  });

  test('only public accounts relay, supplement, correct, reply or take over, and no act is named twice', () => {
    fc.assert(
      fc.property(someAccounts, someCase, (accounts, theCase) => {
        const matrix = buildMatrix(accounts);
        const { then } = suggestTier(theCase, matrix);
        const inPublic = new Set(['relay', 'supplement', 'correct', 'replyPublicly', 'takeOver']);
        for (const { account, act } of then) if (inPublic.has(act)) expect(matrix.byId.get(account)!.public).toBe(true);
        expect(new Set(then.map(({ account, act }) => `${act} ${account}`)).size).toBe(then.length);
      }),
      { numRuns: 1500 },
    );
  });

  test('without an answer yet, a duty match below the rung speaks only where no duty match reaches the rung', () => {
    fc.assert(
      fc.property(someAccounts, someCase, (accounts, given) => {
        const { answeredBy: _, nationalPolicy: _policy, ...asked } = given;
        const theCase = { ...asked, refusals: [] };
        const matrix = buildMatrix(accounts);
        const { first } = suggestTier(theCase, matrix);
        if (first === null || theCase.region === null || theCase.duty.length === 0) return;
        const account = matrix.byId.get(first)!;
        if (tierRank(account.tier) >= tierRank(theCase.spread)) return;
        const better = accounts.filter(
          ({ duties, region, place, tier, ...other }) =>
            other.public &&
            place === undefined &&
            contains(region, theCase.region!) &&
            duties.some((duty) => theCase.duty.includes(duty)) &&
            tierRank(tier) >= tierRank(theCase.spread),
        );
        expect(better).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });
});

test('who has refused and named another is not the first again, unless it has answered after all', () => {
  fc.assert(
    fc.property(someAccounts, someCase, (accounts, { answeredBy: _, ...theCase }) => {
      const { first, then } = suggestTier(theCase, buildMatrix(accounts));
      const refused = new Set((theCase.refusals ?? []).flatMap(({ account, next }) => (next === '' ? [] : [account])));
      expect(refused).not.toContain(first);
      const past = new Set([...refused, ...(theCase.tookOver ?? [])]);
      for (const { account, act } of then) if (act === 'takeOver') expect(past).not.toContain(account);
    }),
    { numRuns: 1500 },
  );
});

test('a parent of a lower tier is above nobody: it does not speak for a unit without an account where a duty match reaches the rung', () => {
  // Found by the property above after 48,792 runs: 税务 of the county has no account, its parent's parent is a street.
  const matrix = buildMatrix([
    anAccount({ id: 'tax', duties: ['税务'], public: false, parent: 'office' }),
    anAccount({
      id: 'office',
      tier: 'province',
      region: regionCode('410000'),
      duties: [],
      public: false,
      parent: 'street',
    }),
    anAccount({ id: 'street', tier: 'town', region: regionCode('410311002'), duties: [] }),
    anAccount({ id: 'air', tier: 'province', region: regionCode('410000'), duties: ['环保'] }),
  ]);
  const asked: AnswerCase = {
    ...{ id: '1', region: regionCode('410311002'), duty: ['税务', '环保'] },
    ...{ kind: '求助', urgent: false, spread: 'county' },
  };
  expect(suggestTier(asked, matrix).first).toBe('air');
});

test('overdue again and again it goes up one tier at a time, nobody twice, and ends at the top', () => {
  fc.assert(
    fc.property(someAccounts, someCase, (accounts, { answeredBy: _, tookOver: _none, ...given }) => {
      const matrix = buildMatrix(accounts);
      const tookOver: string[] = [];
      for (;;) {
        const { then } = suggestTier({ ...given, overdue: true, tookOver }, matrix);
        const next = then.find(({ act }) => act === 'takeOver')?.account;
        if (next === undefined) break;
        const before = matrix.byId.get(tookOver.at(-1) ?? '');
        if (before !== undefined)
          expect(tierRank(matrix.byId.get(next)!.tier)).toBeGreaterThanOrEqual(tierRank(before.tier));
        expect(tookOver).not.toContain(next);
        tookOver.push(next);
      }
      expect(tookOver.length).toBeLessThan(accounts.length + 1);
    }),
    { numRuns: 1000 },
  );
});

test('nobody is skipped for being off duty: the first is the same at every hour', () => {
  fc.assert(
    fc.property(someAccounts, someCase, (accounts, theCase) => {
      const { at: _, ...timeless } = theCase;
      const matrix = buildMatrix(accounts);
      expect(suggestTier(theCase, matrix).first).toBe(suggestTier(timeless, matrix).first);
    }),
    { numRuns: 1000 },
  );
});

test('reasons name places and not codes, and fall back to the code where nobody knows the name', () => {
  const accounts = buildMatrix([anAccount({ id: 'a' })]);
  const asked: AnswerCase = {
    id: '1',
    region: regionCode('410311'),
    duty: ['公安'],
    kind: '投诉',
    urgent: false,
    spread: 'county',
  };
  expect(suggestTier(asked, accounts, { regionName: () => '洛阳市洛龙区' }).because[0]).toContain('事发地洛阳市洛龙区');
  expect(suggestTier(asked, accounts, { regionName: () => '' }).because[0]).toContain('事发地410311');
});

test('a life at risk is dispatched before anything else', () => {
  const station: Account = {
    id: 's',
    name: '派出所',
    unit: '派出所',
    tier: 'town',
    region: regionCode('410311002'),
    duties: ['公安'],
    public: false,
  };
  const centre: Account = {
    ...station,
    id: 'c',
    name: '110',
    tier: 'city',
    region: regionCode('410300'),
    duties: ['紧急'],
  };
  const plea: AnswerCase = { id: '1', region: station.region, duty: [], kind: '求助', urgent: true, spread: 'nation' };
  const { then, clock } = suggestTier(plea, buildMatrix([station, centre]));
  expect(then.map(({ account, act }) => [account, act])).toEqual([
    ['s', 'dispatch'],
    ['c', 'dispatch'],
  ]);
  expect(clock.minutes).toBe(15);
});

test('an office may set its own, tighter clocks', () => {
  const rumor: AnswerCase = { id: '1', region: null, duty: [], kind: '谣言', urgent: false, spread: 'town' };
  const { clock } = suggestTier(rumor, buildMatrix([]), { clocks: { rumor: 120 } });
  expect(clock).toEqual({ rule: '传言核查：2 小时内回应（本地规则，可配置）', minutes: 120 });
});

test('the lowest common region of places is found, and none across provinces', () => {
  expect(commonRegion([regionCode('410311002'), regionCode('410311004')])).toBe('410311');
  expect(commonRegion([regionCode('410311002'), regionCode('410327')])).toBe('410300');
  expect(commonRegion([regionCode('410311'), regionCode('610102')])).toBeUndefined();
});
