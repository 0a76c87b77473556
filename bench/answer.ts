import { buildMatrix } from '../pipelines/5-respond/matrix.ts';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import type { Account } from '../pipelines/domain/account.ts';
import { DUTIES } from '../pipelines/domain/duty.ts';
import { INCIDENT_KINDS } from '../pipelines/domain/incident.ts';
import { regionCode } from '../pipelines/domain/region.ts';
import type { AnswerCase } from '../pipelines/domain/suggestion.ts';
import { TIERS } from '../pipelines/domain/tier.ts';
import { machine, percentile, round, type Report } from './figure.ts';

const ACCOUNTS = 5000;
const CASES = 20_000;
/** Milliseconds, p99. */
const BAR = 5;

/** p99 of one suggestion with 5,000 accounts: spread over a province, and all of them above one and the same street. */
export function benchAnswer(report: Report): void {
  for (const [name, crowded] of [
    ['suggestion p99, a province', false],
    ['suggestion p99, one crowded street', true],
  ] as const) {
    const matrix = buildMatrix(Array.from({ length: ACCOUNTS }, (_, at) => invented(at, crowded)));
    const cases = Array.from({ length: crowded ? CASES / 20 : CASES }, (_, at) => asked(at, crowded));
    for (const one of cases.slice(0, 500)) suggestTier(one, matrix);
    const took = cases.map((one) => {
      const began = performance.now();
      suggestTier(one, matrix);
      return performance.now() - began;
    });
    const value = round(percentile(took, 99), 3);
    const note = `${ACCOUNTS} accounts, ${cases.length} cases, median ${round(percentile(took, 50), 3)} ms, ${machine()}`;
    report({ bench: 'answer', name, value, unit: 'ms', bar: `≤ ${BAR}`, ok: value <= BAR, note });
  }
}

/** Tree of one province: every 500th account a city, every 50th a county, the rest streets of that county. */
function invented(at: number, crowded: boolean): Account {
  const tier = at === 0 ? 'province' : at % 500 === 1 ? 'city' : at % 50 === 2 ? 'county' : 'town';
  const city = crowded ? 3 : Math.floor(at / 500) + 1;
  const county = crowded ? 11 : (Math.floor(at / 50) % 10) + 1;
  const codes = {
    province: '410000',
    city: `41${pad(city, 2)}00`,
    county: `41${pad(city, 2)}${pad(county, 2)}`,
    town: `41${pad(city, 2)}${pad(county, 2)}${pad(crowded ? 1 : (at % 12) + 1, 3)}`,
  };
  const parent =
    at === 0 ? undefined : tier === 'city' ? 0 : tier === 'county' ? at - (at % 500) + 1 : at - (at % 50) + 2;
  return {
    id: `a${at}`,
    name: `账号${at}`,
    unit: `单位${at}`,
    tier,
    region: regionCode(codes[tier]),
    duties: [DUTIES[at % DUTIES.length]!, DUTIES[(at * 7) % DUTIES.length]!],
    public: at % 4 !== 0,
    ...(parent === undefined || parent === at || parent >= ACCOUNTS ? {} : { parent: `a${parent}` }),
  };
}

function asked(at: number, crowded: boolean): AnswerCase {
  const region = crowded ? '410311001' : `41${pad((at % 10) + 1, 2)}${pad((at % 7) + 1, 2)}${pad((at % 12) + 1, 3)}`;
  return {
    id: `c${at}`,
    text: '求助：老人早上走失，附近停水，路口还在冒烟',
    region: at % 20 === 0 ? null : regionCode(region),
    duty: at % 9 === 0 ? [] : [DUTIES[at % 20]!, DUTIES[(at * 3) % 20]!],
    kind: INCIDENT_KINDS[at % INCIDENT_KINDS.length]!,
    urgent: at % 3 === 0,
    spread: TIERS[at % TIERS.length]!,
    ...(at % 5 === 0 ? { handedTo: `a${(at * 13) % ACCOUNTS}` } : {}),
    overdue: at % 11 === 0,
  };
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');
