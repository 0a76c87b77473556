import type { Account, Channel } from '../../../pipelines/domain/account.ts';
import { readChannels } from '../../../pipelines/domain/channel.ts';
import { readHours, type DutyHours } from '../../../pipelines/domain/duty-hours.ts';
import { DUTIES, isDuty, type Duty } from '../../../pipelines/domain/duty.ts';
import { isRegionCode, type RegionCode } from '../../../pipelines/domain/region.ts';
import { isTier, TIERS, type Tier } from '../../../pipelines/domain/tier.ts';

/** Hears of every field that is wrong. */
export type Wrong = (field: string, why: string) => void;

/** What a name, a unit or a contact may hold: longer is a text that slipped into the wrong column. */
const LONGEST = 120;

/**
 * One row as an account, or undefined where `wrong` was told of a field. Fields that are not known are passed over, so that a file may
 * carry an office's own notes.
 */
export function readAccount(value: unknown, wrong: Wrong): Account | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    wrong('整行', '应是一个对象');
    return undefined;
  }
  const row = value as Readonly<Record<string, unknown>>;
  let ok = true;
  const tell: Wrong = (field, why) => {
    ok = false;
    wrong(field, why);
  };
  const given = (field: string): boolean => row[field] !== undefined && row[field] !== null && row[field] !== '';
  const id = text(row, 'id', tell);
  const tier = readTier(row.tier, tell);
  const region = readRegion(row.region, tell);
  const open = readPublic(row.public, tell);
  const name = text(row, 'name', tell);
  const unit = text(row, 'unit', tell);
  const duties = readDuties(row.duties, tell);
  const optional = {
    ...(given('place') && { place: text(row, 'place', tell) }),
    ...(given('parent') && { parent: text(row, 'parent', tell) }),
    ...(given('hours') && { hours: hoursOf(row.hours, tell) }),
    ...(given('channels') && { channels: channelsOf(row.channels, tell) }),
    ...(given('contact') && { contact: text(row, 'contact', tell) }),
  };
  return ok ? { id, name, unit, tier, region, duties, public: open, ...optional } : undefined;
}

/** Where a field is wrong its reader answers anything: the account is not made. */
function readTier(value: unknown, wrong: Wrong): Tier {
  if (isTier(value)) return value;
  wrong('tier', `不认识“${shown(value)}”，应是 ${TIERS.join('、')} 之一`);
  return 'county';
}

function readRegion(value: unknown, wrong: Wrong): RegionCode {
  const code = typeof value === 'number' ? String(value) : value;
  if (isRegionCode(code)) return code;
  wrong(
    'region',
    code === undefined || code === null || code === ''
      ? '缺少，应是 6、9 或 12 位区划代码，如 "410300"'
      : `“${shown(code)}”不是区划代码，应是 6、9 或 12 位数字，如 "410300"`,
  );
  return '' as RegionCode;
}

function readPublic(value: unknown, wrong: Wrong): boolean {
  if (typeof value === 'boolean') return value;
  wrong(
    'public',
    value === undefined ? '缺少，有公开账号写 true，没有写 false' : `“${shown(value)}”应是 true 或 false`,
  );
  return false;
}

function readDuties(value: unknown, wrong: Wrong): readonly Duty[] {
  if (!Array.isArray(value)) {
    wrong('duties', '缺少，应是主管词的数组，如 ["公安"]');
    return [];
  }
  const strange = value.filter((word) => !isDuty(word));
  for (const word of strange) wrong('duties', `不认识“${shown(word)}”，应是这些词：${DUTIES.join('、')}`);
  return value.filter(isDuty);
}

function hoursOf(value: unknown, wrong: Wrong): DutyHours {
  const read = typeof value === 'string' ? readHours(value) : { because: `“${shown(value)}”应是文字，如“24小时”` };
  if (!('because' in read)) return read;
  wrong('hours', read.because);
  return [];
}

/** As one text, or as an array of {platform, handle, link}. */
function channelsOf(value: unknown, wrong: Wrong): readonly Channel[] {
  const written = Array.isArray(value) ? value.map(lineOf).join('；') : value;
  const read = typeof written === 'string' ? readChannels(written) : { because: `“${shown(value)}”应是文字或数组` };
  if (!('because' in read)) return read;
  wrong('channels', read.because);
  return [];
}

const lineOf = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return shown(value);
  const { platform, handle, link } = value as Readonly<Record<string, unknown>>;
  return [platform, handle, link].filter((part) => typeof part === 'string').join(' ');
};

function text(row: Readonly<Record<string, unknown>>, field: string, wrong: Wrong): string {
  const value = row[field];
  if (typeof value !== 'string' || value.trim() === '') wrong(field, `“${shown(value)}”应是非空的文字`);
  else if (value.trim().length > LONGEST) wrong(field, `有 ${value.trim().length} 个字，最多 ${LONGEST} 个`);
  else return value.trim();
  return '';
}

const shown = (value: unknown): string =>
  value === undefined ? '缺少' : typeof value === 'string' ? value : (JSON.stringify(value) ?? typeof value);
