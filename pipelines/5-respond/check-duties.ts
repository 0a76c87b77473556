import type { Account } from '../domain/account.ts';
import { DUTIES, type Duty } from '../domain/duty.ts';
import type { Coverage, Finding } from '../domain/finding.ts';
import { parentOf, pathOf, tierOfRegion, type RegionCode } from '../domain/region.ts';
import { TIER_NAMES, TIERS, tierRank, type Tier } from '../domain/tier.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { answers } from './choose-first.ts';

/** How an account takes part, not what it answers for. */
const OFFICES: readonly Duty[] = ['综合', '督办', '紧急'];
const NAMED = 6;

/** How far down each duty has an owner, over the counties. Accounts of one place (a park) answer for that place only and do not count. */
export function measureCoverage(accounts: readonly Account[], counties: readonly RegionCode[]): readonly Coverage[] {
  return DUTIES.map((duty) => {
    const owners = accounts.filter(({ duties }) => duties.includes(duty));
    const lowest = lowestOwners(owners, counties);
    const ranks = [...lowest.values()];
    const tier = lowest.size < counties.length || counties.length === 0 ? null : (TIERS[Math.max(...ranks)] ?? null);
    return {
      duty,
      owners: owners.length,
      tier,
      own: ranks.filter((rank) => rank <= tierRank('county')).length,
      counties: counties.length,
      silent: owners.length > 0 && !owners.some(({ public: open }) => open),
    };
  });
}

/** By county, the rank of the lowest owner whose region holds the whole county; counties without one are left out. */
function lowestOwners(owners: readonly Account[], counties: readonly RegionCode[]): ReadonlyMap<RegionCode, number> {
  const byRegion = new Map<RegionCode, number>();
  let national: number | undefined;
  for (const { region, tier, place } of owners) {
    if (place !== undefined) continue;
    if (tier === 'nation') national = tierRank('nation');
    else byRegion.set(region, Math.min(byRegion.get(region) ?? Infinity, tierRank(tier)));
  }
  const lowest = new Map<RegionCode, number>();
  for (const county of counties) {
    const ranks = pathOf(county).flatMap((code) => byRegion.get(code) ?? []);
    const rank = ranks.length === 0 ? national : Math.min(...ranks);
    if (rank !== undefined) lowest.set(county, rank);
  }
  return lowest;
}

/** Duties and regions that nobody answers for, and accounts nobody would find. */
export function findDutyHoles(
  accounts: readonly Account[],
  counties: readonly RegionCode[],
  coverage: readonly Coverage[],
  names: RegionNames,
): readonly Finding[] {
  const general = accounts.filter((account) => account.duties.includes('综合'));
  const openGeneral = lowestOwners(general.filter(answers), counties);
  return [
    ...generalHoles(general, counties, openGeneral, names),
    ...ownerless(accounts, counties, coverage, openGeneral, names),
    ...silentDuties(coverage, general),
    ...unfound(accounts),
    ...sameNames(accounts),
    ...withoutChannel(accounts),
  ];
}

function generalHoles(
  general: readonly Account[],
  counties: readonly RegionCode[],
  open: ReadonlyMap<RegionCode, number>,
  names: RegionNames,
): readonly Finding[] {
  if (general.length === 0)
    return [
      {
        severity: 'hole',
        says: '没有综合账号',
        wrongly: '主管不明的事没有人首接，只能落到最基层的账号头上',
        mend: '给一个对外账号加上“综合”（通常是政府办或发布账号）',
      },
    ];
  const bare = counties.filter((county) => !open.has(county));
  if (bare.length > 0)
    return [
      {
        severity: 'hole',
        says: `${list(bare, names)}没有公开的综合账号`,
        wrongly: '那里主管不明的事没有人首接，没有账号的单位没有人代答',
        mend: '加上当地的综合账号，或让上级的综合账号辖区包含那里',
        regions: bare,
      },
    ];
  const above = counties.filter((county) => (open.get(county) ?? 0) > tierRank('county'));
  // Where most counties have one of their own, the ones without were forgotten.
  if (above.length === 0 || above.length * 2 > counties.length) return [];
  return [
    {
      severity: 'hint',
      says: `${list(above, names)}没有自己的综合账号`,
      wrongly: '那里主管不明的事由上一级首接，比别处慢一步',
      mend: '加上当地的综合账号；本来就由上级代接的，不必改',
      regions: above,
    },
  ];
}

/** Duties without any owner in some county: a hole where no general account receives it there, else a hint. */
function ownerless(
  accounts: readonly Account[],
  counties: readonly RegionCode[],
  coverage: readonly Coverage[],
  general: ReadonlyMap<RegionCode, number>,
  names: RegionNames,
): readonly Finding[] {
  const subjects = coverage.filter(({ duty }) => !OFFICES.includes(duty));
  const none = subjects.filter(({ owners }) => owners === 0).map(({ duty }) => duty);
  const everywhere = counties.every((county) => general.has(county));
  const findings: Finding[] = [];
  if (none.length > 0)
    findings.push({
      severity: everywhere ? 'hint' : 'hole',
      says: `没有账号主管：${none.join('、')}`,
      wrongly: everywhere ? '这些事由综合账号首接并转清，多走一步' : '这些事没有人可建议，需由人指定',
      mend: '加上主管单位的账号；没有公开账号的单位也可以加（公开账号填“否”）',
    });
  for (const { duty, tier } of subjects) {
    if (tier !== null || none.includes(duty)) continue;
    const owned = lowestOwners(
      accounts.filter(({ duties }) => duties.includes(duty)),
      counties,
    );
    const bare = counties.filter((county) => !owned.has(county));
    // A park or a street alone has no county to lack.
    if (bare.length === 0) continue;
    findings.push({
      severity: bare.every((county) => general.has(county)) ? 'hint' : 'hole',
      says: `主管${duty}的账号没有覆盖${list(bare, names)}${lowestOf(owned)}`,
      wrongly: bare.every((county) => general.has(county))
        ? `那里的${duty}由综合账号首接并转清`
        : `那里的${duty}没有人可建议`,
      mend: `加上那里的，或一个市级的${duty}账号`,
      regions: bare,
    });
  }
  const supervisors = coverage.find(({ duty }) => duty === '督办');
  if (supervisors?.owners === 0)
    findings.push({
      severity: 'hole',
      says: '没有督办账号',
      wrongly: '交办出去的事没有人督办，逾期无人催',
      mend: '给督查室或办公室加上“督办”，没有公开账号也可以',
    });
  return findings;
}

const lowestOf = (owned: ReadonlyMap<RegionCode, number>): string => {
  if (owned.size === 0) return '';
  const tier: Tier | undefined = TIERS[Math.min(...owned.values())];
  return tier === undefined ? '' : `（别处最低到${TIER_NAMES[tier]}级）`;
};

/** Duties that only units without a public account hold, where nobody general could speak for them. */
const silentDuties = (coverage: readonly Coverage[], general: readonly Account[]): readonly Finding[] =>
  general.some(answers)
    ? []
    : coverage
        .filter(({ duty, silent }) => silent && !OFFICES.includes(duty))
        .map(({ duty }) => ({
          severity: 'hole',
          says: `主管${duty}的单位都没有公开账号，也没有综合账号代答`,
          wrongly: `${duty}的事只能由不相干的账号代答`,
          mend: '加一个综合账号，或给主管单位开一个公开账号',
        }));

const unfound = (accounts: readonly Account[]): readonly Finding[] =>
  accounts
    .filter(({ duties }) => duties.length === 0)
    .map(({ id, name }) => ({
      severity: 'hole',
      account: id,
      says: `${name}没有主管`,
      wrongly: '只会在上级链里转发，不会被选中先答',
      mend: '填上它的职责；不管具体事务的填“综合”',
    }));

function sameNames(accounts: readonly Account[]): readonly Finding[] {
  const byName = new Map<string, Account[]>();
  for (const account of accounts) {
    const held = byName.get(account.name);
    if (held === undefined) byName.set(account.name, [account]);
    else held.push(account);
  }
  return [...byName]
    .filter(([, held]) => held.length > 1)
    .map(([name, held]) => ({
      severity: 'hole',
      ...(held[1] === undefined ? {} : { account: held[1].id }),
      says: `有${held.length}个账号都叫“${name}”（${held.map(({ id }) => id).join('、')}）`,
      wrongly: '按名称交办、登记回应时会认错',
      mend: '在名称里写明属地，如“城关镇（汝阳）”',
    }));
}

/** Only where some accounts have one: an office that does not keep channels here is not nagged. */
function withoutChannel(accounts: readonly Account[]): readonly Finding[] {
  const open = accounts.filter((account) => account.public);
  const bare = open.filter(({ channels = [] }) => channels.length === 0);
  if (bare.length === 0 || bare.length * 2 > open.length) return [];
  return [
    {
      severity: 'hint',
      says: `${bare.length}个公开账号没有写平台账号：${bare
        .slice(0, NAMED)
        .map(({ name }) => name)
        .join('、')}${bare.length > NAMED ? '等' : ''}`,
      wrongly: '值班的人不知道到哪里发',
      mend: '填上平台和账号名称，如“微博 @名称”',
    },
  ];
}

/** 洛龙区 of 河南省洛阳市洛龙区. */
function ownName(code: RegionCode, names: RegionNames): string {
  const whole = names.regionName(code);
  const upper = parentOf(code);
  const above = upper === undefined ? '' : names.regionName(upper);
  return (whole !== above && whole.startsWith(above) ? whole.slice(above.length) : whole) || code;
}

/** 洛龙区、西工区等9处. Names where they are known, else codes. */
export function list(regions: readonly RegionCode[], names: RegionNames): string {
  const said = regions.slice(0, NAMED).map((code) => ownName(code, names));
  const kind = regions.every((code) => tierOfRegion(code) === 'county') ? '个区县' : '处';
  return `${said.join('、')}${regions.length > NAMED ? `等${regions.length}${kind}` : ''}`;
}
