import type { Account } from '../../../pipelines/domain/account.ts';
import { DUTIES, isDuty, type Duty } from '../../../pipelines/domain/duty.ts';
import { isRegionCode } from '../../../pipelines/domain/region.ts';
import { isTier, TIERS } from '../../../pipelines/domain/tier.ts';

type Stop = (field: string, why: string) => never;

/** One row as an account. Fields that are not known are passed over, so that a file may carry an office's own notes. */
export function readAccount(value: unknown, stop: Stop): Account {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return stop('整行', '应是一个对象');
  const row = value as Readonly<Record<string, unknown>>;
  const id = text(row, 'id', stop);
  const { tier, region, duties, place, parent } = row;
  if (!isTier(tier)) return stop('tier', `不认识“${shown(tier)}”，应是 ${TIERS.join('、')} 之一`);
  if (typeof region !== 'string' && typeof region !== 'number')
    return stop('region', '缺少，应是 6、9 或 12 位区划代码，如 "410300"');
  const code = String(region);
  if (!isRegionCode(code)) return stop('region', `“${code}”不是区划代码，应是 6、9 或 12 位数字，如 "410300"`);
  if (row.public !== undefined && typeof row.public !== 'boolean')
    return stop('public', `“${shown(row.public)}”应是 true 或 false`);
  if (row.public === undefined) return stop('public', '缺少，有公开账号写 true，没有写 false');
  return {
    id,
    name: text(row, 'name', stop),
    unit: text(row, 'unit', stop),
    tier,
    region: code,
    duties: readDuties(duties, stop),
    public: row.public,
    ...(place === undefined || place === null || place === '' ? {} : { place: text(row, 'place', stop) }),
    ...(parent === undefined || parent === null || parent === '' ? {} : { parent: text(row, 'parent', stop) }),
  };
}

function readDuties(value: unknown, stop: Stop): readonly Duty[] {
  if (!Array.isArray(value)) return stop('duties', '缺少，应是主管词的数组，如 ["公安"]');
  return value.map((word: unknown): Duty => {
    if (!isDuty(word)) return stop('duties', `不认识“${shown(word)}”，应是这些词：${DUTIES.join('、')}`);
    return word;
  });
}

function text(row: Readonly<Record<string, unknown>>, field: string, stop: Stop): string {
  const value = row[field];
  if (typeof value !== 'string' || value.trim() === '') return stop(field, `“${shown(value)}”应是非空的文字`);
  return value.trim();
}

const shown = (value: unknown): string =>
  value === undefined ? '缺少' : typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
