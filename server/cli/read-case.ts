import { DUTIES, isDuty, type Duty } from '../../pipelines/domain/duty.ts';
import { INCIDENT_KINDS, type IncidentKind } from '../../pipelines/domain/incident.ts';
import { isRegionCode, type RegionCode } from '../../pipelines/domain/region.ts';
import { GRADES, type AnswerCase, type Grade, type Refusal } from '../../pipelines/domain/suggestion.ts';
import { isTier, TIERS } from '../../pipelines/domain/tier.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type Row = Readonly<Record<string, unknown>>;

/** Thrown and caught here only: the first field that is wrong. */
class WrongField extends Error {}

/** One line of `who-answers`. Fields that are not known are passed over; null means the same as left out. */
export function readCase(value: unknown): { readonly theCase: AnswerCase } | { readonly because: string } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { because: '整行应是一个 JSON 对象' };
  try {
    return { theCase: caseOf(value as Row) };
  } catch (error) {
    if (error instanceof WrongField) return { because: error.message };
    throw error;
  }
}

function caseOf(row: Row): AnswerCase {
  const spread = row.spread;
  if (!isTier(spread)) throw new WrongField(`spread 应是 ${TIERS.join('、')} 之一`);
  const theCase: Writable<AnswerCase> = {
    id: idOf(row.id),
    region: given(row.region) ? regionOf(row.region, 'region') : null,
    duty: given(row.duty) ? dutiesOf(row.duty) : [],
    kind: oneOf(row.kind, INCIDENT_KINDS, 'kind') satisfies IncidentKind,
    urgent: given(row.urgent) ? booleanOf(row.urgent, 'urgent') : false,
    spread,
  };
  for (const field of ['text', 'place', 'answeredBy', 'handedTo'] as const)
    if (given(row[field]) && row[field] !== '') theCase[field] = textOf(row[field], field);
  if (given(row.missing)) theCase.missing = listOf(row.missing, 'missing').map((fact) => textOf(fact, 'missing'));
  if (given(row.regions)) theCase.regions = listOf(row.regions, 'regions').map((code) => regionOf(code, 'regions'));
  if (given(row.contradicts))
    theCase.contradicts =
      typeof row.contradicts === 'boolean' ? row.contradicts : textOf(row.contradicts, 'contradicts');
  if (given(row.alsoAnswered))
    theCase.alsoAnswered = listOf(row.alsoAnswered, 'alsoAnswered').map((name) => textOf(name, 'alsoAnswered'));
  if (given(row.refusals)) theCase.refusals = listOf(row.refusals, 'refusals').map(refusalOf);
  if (given(row.nationalPolicy)) theCase.nationalPolicy = booleanOf(row.nationalPolicy, 'nationalPolicy');
  if (given(row.at)) theCase.at = timeOf(row.at, 'at');
  if (given(row.overdue)) theCase.overdue = booleanOf(row.overdue, 'overdue');
  if (given(row.tookOver)) theCase.tookOver = listOf(row.tookOver, 'tookOver').map((name) => textOf(name, 'tookOver'));
  if (given(row.lifeAtRisk)) theCase.lifeAtRisk = booleanOf(row.lifeAtRisk, 'lifeAtRisk');
  if (given(row.grade)) theCase.grade = oneOf(row.grade, GRADES, 'grade') satisfies Grade;
  return theCase;
}

const given = (value: unknown): boolean => value !== undefined && value !== null;

function idOf(value: unknown): string {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value === 'string' && value !== '') return value;
  throw new WrongField('缺少 id，应是非空的文字');
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== 'string') throw new WrongField(`${field} 应是文字`);
  return value;
}

function refusalOf(value: unknown): Refusal {
  if (typeof value !== 'object' || value === null)
    throw new WrongField('refusals 应是 [{"account":"谁退回","next":"指明谁","why":"理由"}]');
  const { account, next, why } = value as Row;
  return {
    account: textOf(account, 'refusals.account'),
    ...(given(next) ? { next: textOf(next, 'refusals.next') } : {}),
    ...(given(why) ? { why: textOf(why, 'refusals.why') } : {}),
  };
}

/** Epoch ms. A time without a zone is Shanghai's. */
function timeOf(value: unknown, field: string): number {
  const text = textOf(value, field);
  const time = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+08:00`);
  if (Number.isNaN(time)) throw new WrongField(`${field} 应是时间，如 "2026-11-20T23:00:00+08:00"`);
  return time;
}

function booleanOf(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw new WrongField(`${field} 应是 true 或 false`);
  return value;
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new WrongField(`${field} 应是数组`);
  return value;
}

function regionOf(value: unknown, field: string): RegionCode {
  const code = typeof value === 'number' ? String(value) : value;
  if (!isRegionCode(code)) throw new WrongField(`${field} 应是 6、9 或 12 位区划代码，如 "410300"；地点不明写 null`);
  return code;
}

const dutiesOf = (value: unknown): readonly Duty[] =>
  listOf(value, 'duty').map((word) => {
    if (!isDuty(word))
      throw new WrongField(`duty 不认识“${String(word)}”，应是这些词：${DUTIES.join('、')}；不明写 []`);
    return word;
  });

function oneOf<T extends string>(value: unknown, words: readonly T[], field: string): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new WrongField(`${field} 应是 ${words.join('、')} 之一`);
  return found;
}
