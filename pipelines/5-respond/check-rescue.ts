import type { Account } from '../domain/account.ts';
import { onDuty } from '../domain/duty-hours.ts';
import type { Finding } from '../domain/finding.ts';
import { contains, type RegionCode } from '../domain/region.ts';
import type { RegionNames } from '../ports/region-names.ts';
import { list } from './check-duties.ts';

/** Monday 5 January 1970, 22:00 in Shanghai, and every second hour of the seven nights from there to 06:00. */
const MONDAY_NIGHT = (4 * 24 + 22 - 8) * 3_600_000;
const NIGHT_HOURS = [0, 2, 4, 6, 8];
const HOUR = 3_600_000;
const NIGHTS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];

/** A life at risk has to reach a station and a command centre, from every county, at every hour. */
export function findRescueHoles(
  accounts: readonly Account[],
  counties: readonly RegionCode[],
  names: RegionNames,
): readonly Finding[] {
  const police = accounts.filter(({ duties, place }) => place === undefined && duties.includes('公安'));
  const centres = accounts.filter(({ duties, place }) => place === undefined && duties.includes('紧急'));
  const findings: Finding[] = [];
  const bare = (held: readonly Account[]): readonly RegionCode[] =>
    counties.filter((county) => !held.some(serves(county)));
  const noPolice = bare(police);
  if (noPolice.length > 0)
    findings.push({
      severity: 'hole',
      says: police.length === 0 ? '没有公安账号' : `${list(noPolice, names)}没有公安账号`,
      wrongly: '危及生命的事无处派警，只能提示拨打110',
      mend: '加上公安局或派出所，没有公开账号也可以（公开账号填“否”）',
      regions: noPolice,
    });
  const noCentre = bare(centres);
  if (noCentre.length > 0)
    findings.push({
      severity: 'hole',
      says: centres.length === 0 ? '没有指挥中心（紧急）' : `${list(noCentre, names)}没有指挥中心（紧急）`,
      wrongly: '危及生命的事只能派给公安，没有人统一调度',
      mend: '给110或应急指挥中心加上“紧急”',
      regions: noCentre,
    });
  return [...findings, ...night([...police, ...centres], counties, names)];
}

/** Hours that nobody stated count as on duty, but then nobody knows. */
function night(rescuers: readonly Account[], counties: readonly RegionCode[], names: RegionNames): readonly Finding[] {
  if (rescuers.length === 0) return [];
  if (rescuers.every(({ hours }) => hours === undefined))
    return [
      {
        severity: 'hint',
        says: '公安和指挥中心都没有填值班时间',
        wrongly: '夜里也会当作有人值班来派警',
        mend: '填上值班时间，昼夜有人的填“24小时”',
      },
    ];
  const empty = new Map<RegionCode, string>();
  for (const county of counties) {
    const here = rescuers.filter(serves(county));
    if (here.length === 0) continue;
    for (let day = 0; day < 7 && !empty.has(county); day++)
      for (const hour of NIGHT_HOURS) {
        const at = MONDAY_NIGHT + day * 24 * HOUR + hour * HOUR;
        if (here.some(({ hours }) => onDuty(hours, at))) continue;
        empty.set(county, `${NIGHTS[day] ?? ''}夜里${String((22 + hour) % 24).padStart(2, '0')}:00`);
        break;
      }
  }
  const regions = [...empty.keys()];
  if (regions.length === 0) return [];
  return [
    {
      severity: 'hole',
      says: `${list(regions, names)}夜里没有公安或指挥中心值班（如${empty.get(regions[0]!) ?? ''}）`,
      wrongly: '夜里危及生命的事派出去没有人接',
      mend: '填上夜间值班的单位，或让市级指挥中心的辖区包含那里并填“24小时”',
      regions,
    },
  ];
}

const serves =
  (county: RegionCode) =>
  ({ region, tier }: Account): boolean =>
    tier === 'nation' || contains(region, county);
