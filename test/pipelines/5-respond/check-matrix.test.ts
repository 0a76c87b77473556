import { describe, expect, test } from 'vitest';
import { checkMatrix } from '../../../pipelines/5-respond/check-matrix.ts';
import type { Account } from '../../../pipelines/domain/account.ts';
import { readHours, type DutyHours } from '../../../pipelines/domain/duty-hours.ts';
import type { Finding } from '../../../pipelines/domain/finding.ts';
import { regionCode, type RegionCode } from '../../../pipelines/domain/region.ts';
import type { RegionNames } from '../../../pipelines/ports/region-names.ts';
import { anAccount } from '../../seeds/accounts.ts';

/** A city of two counties. */
const NAMES: Readonly<Record<string, string>> = { '410300': '洛阳市', '410311': '洛龙', '410303': '西工' };
const names: RegionNames = {
  regionName: (code) => NAMES[code] ?? '',
  shortName: (code) => NAMES[code] ?? '',
  childrenOf: (code) => (code === '410300' ? ['410303', '410311'].map(regionCode) : []),
};
const hours = (text: string): DutyHours => {
  const read = readHours(text);
  if ('because' in read) throw new Error(read.because);
  return read;
};
const ALWAYS = hours('24小时');

/** A sound matrix of the city; each test spoils one thing in it. */
const general = anAccount({ id: 'ly', name: '洛阳发布', tier: 'city', region: '410300', duties: ['综合', '督办'] });
const police = anAccount({
  id: 'police',
  name: '洛阳公安',
  tier: 'city',
  region: '410300',
  hours: ALWAYS,
  parent: 'ly',
});
const centre = anAccount({
  id: '110',
  name: '洛阳110',
  tier: 'city',
  region: '410300',
  duties: ['紧急'],
  hours: ALWAYS,
  public: false,
});
const luolong = anAccount({ id: 'luolong', name: '洛龙公安', region: '410311', parent: 'police' });
const alone = anAccount({ id: 'luolong', name: '洛龙公安', region: '410311' });
const SOUND = [general, police, centre, luolong];

const check = (accounts: readonly Account[], home: RegionCode = regionCode('410300')): readonly Finding[] =>
  checkMatrix(accounts, { names, home }).findings;
const found = (accounts: readonly Account[], says: RegExp): Finding => {
  const finding = check(accounts).find((one) => says.test(one.says));
  if (finding === undefined)
    throw new Error(
      `not found among: ${check(accounts)
        .map((one) => one.says)
        .join('; ')}`,
    );
  return finding;
};

test('a sound matrix has no fault and no hole', () => {
  expect(check(SOUND).filter(({ severity }) => severity !== 'hint')).toEqual([]);
});

describe('what is found says where, what would be suggested wrongly, and how to mend it', () => {
  test.each<[string, readonly Account[], RegExp, Partial<Finding>]>([
    ['an id twice', [...SOUND, { ...luolong, name: '另一个' }], /重复/, { severity: 'fault', row: 5, field: 'id' }],
    [
      'a parent that is not there',
      [...SOUND, anAccount({ id: 'x', parent: 'z' })],
      /找不到上级账号“z”/,
      { severity: 'fault', row: 5, field: 'parent' },
    ],
    [
      'a parent of a lower tier',
      [...SOUND, anAccount({ id: 'x', tier: 'city', region: '410300', parent: 'luolong' })],
      /还低/,
      { severity: 'fault' },
    ],
    [
      'a loop',
      [general, { ...police, parent: 'police2' }, { ...police, id: 'police2', parent: 'police' }, centre],
      /绕回了自己/,
      { severity: 'fault' },
    ],
    [
      'a parent elsewhere',
      [...SOUND, anAccount({ id: 'x', region: '410303', parent: 'luolong' })],
      /辖区不包含/,
      { severity: 'hole', account: 'x' },
    ],
    [
      'two of one name',
      [...SOUND, { ...luolong, id: 'other' }],
      /2个账号都叫“洛龙公安”/,
      { severity: 'hole', account: 'other' },
    ],
    ['no general account', SOUND.slice(1), /没有综合账号/, { severity: 'hole' }],
    [
      'a general account of one county only',
      [{ ...general, tier: 'county', region: regionCode('410311') }, police, centre],
      /西工没有公开的综合账号/,
      { severity: 'hole', regions: [regionCode('410303')] },
    ],
    ['no police', [general, centre], /没有公安账号/, { severity: 'hole' }],
    ['police in one county only', [general, centre, alone], /^西工没有公安账号/, { severity: 'hole' }],
    ['no command centre', [general, police, luolong], /没有指挥中心/, { severity: 'hole' }],
    ['nobody supervises', [{ ...general, duties: ['综合'] }, police, centre], /没有督办账号/, { severity: 'hole' }],
    [
      'an account without a duty',
      [...SOUND, anAccount({ id: 'x', name: '某办', duties: [] })],
      /某办没有主管/,
      { severity: 'hole', account: 'x' },
    ],
    [
      'nobody at night',
      [
        general,
        { ...police, hours: hours('周一至周五09:00-18:00') },
        { ...centre, hours: hours('每天08:00-23:00') },
        { ...luolong, hours: hours('周一至周五09:00-18:00') },
      ],
      /夜里没有公安或指挥中心值班（如周一夜里00:00）/,
      { severity: 'hole' },
    ],
    [
      'hours nobody stated',
      [general, alone, anAccount({ id: '110', tier: 'city', region: '410300', duties: ['紧急'] })],
      /都没有填值班时间/,
      { severity: 'hint' },
    ],
    ['duties nobody holds, where a general account receives them', SOUND, /没有账号主管：交通、/, { severity: 'hint' }],
    ['duties nobody holds, and nobody receives them', SOUND.slice(1), /没有账号主管：交通、/, { severity: 'hole' }],
    [
      'a duty that ends at some counties',
      [...SOUND, anAccount({ id: 'e', duties: ['环保'] })],
      /主管环保的账号没有覆盖西工（别处最低到区县级）/,
      { severity: 'hint', regions: [regionCode('410303')] },
    ],
    ['nothing at all', [], /没有账号/, { severity: 'hole' }],
  ])('%s', (_, accounts, says, more) => {
    const finding = found(accounts, says);
    expect(finding).toMatchObject(more);
    expect(finding.wrongly).not.toBe('');
    expect(finding.mend).not.toBe('');
  });
});

test('coverage says how far down each duty has an owner, and where it ends', () => {
  const { coverage } = checkMatrix([...SOUND, anAccount({ id: 'w', duties: ['供水'], public: false })], {
    names,
    home: regionCode('410300'),
  });
  const of = (duty: string) => coverage.find((one) => one.duty === duty);
  expect(of('公安')).toEqual({ duty: '公安', owners: 2, tier: 'city', own: 1, counties: 2, silent: false });
  expect(of('供水')).toEqual({ duty: '供水', owners: 1, tier: null, own: 1, counties: 2, silent: true });
  expect(of('林业')).toMatchObject({ owners: 0, tier: null });
});

test('an account of one park does not cover its county', () => {
  const park = anAccount({ id: 'p', tier: 'town', place: '龙门石窟', duties: ['文旅'] });
  const { coverage } = checkMatrix([...SOUND, park], { names, home: regionCode('410300') });
  expect(coverage.find(({ duty }) => duty === '文旅')).toMatchObject({ owners: 1, own: 0, tier: null });
});
