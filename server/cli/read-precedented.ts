import { INCIDENT_KINDS, type IncidentId, type IncidentKind } from '../../pipelines/domain/incident.ts';
import { isDuty } from '../../pipelines/domain/duty.ts';
import { isRegionCode } from '../../pipelines/domain/region.ts';
import { isTier } from '../../pipelines/domain/tier.ts';
import type { Precedented } from '../../pipelines/5-respond/rank-precedents.ts';

export type ReadPrecedented =
  | { readonly id: string | null; readonly texts: readonly string[]; readonly own: Omit<Precedented, 'words'> }
  | { readonly because: string };

type Bag = Readonly<Record<string, unknown>>;
const isBag = (value: unknown): value is Bag => typeof value === 'object' && value !== null && !Array.isArray(value);
const isKind = (value: unknown): value is IncidentKind => (INCIDENT_KINDS as readonly unknown[]).includes(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/**
 * An incident as a person or a program writes it: the rows of GET incidents and incidents/:id, a line of `wenbida detect`, or by hand
 * `{"title" | "text", "region"?, "kind"?, "duty"?, "rung" | "spread"?, "openedAt" | "at"?}`; only words are required.
 *
 * @param now taken for an incident that says no time, epoch ms
 */
export function readPrecedented(value: unknown, now: number): ReadPrecedented {
  if (!isBag(value)) return { because: '不是一个 JSON 对象' };
  // The answer of GET incidents/:id holds the incident in a field; a line of detect holds its id there.
  if (isBag(value['incident'])) return readPrecedented(value['incident'], now);
  const id = value['id'] ?? value['incident'];
  const texts = [value['title'], value['text'], ...list(value['terms'])].filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  );
  if (texts.length === 0) return { because: '没有 title、text 或 terms，不知道找什么' };
  const region = value['region'] ?? null;
  if (region !== null && !isRegionCode(region)) return { because: `region 不是区划代码：${JSON.stringify(region)}` };
  const kind = value['kind'] ?? '舆情';
  if (!isKind(kind)) return { because: `kind 应是${INCIDENT_KINDS.join('、')}之一` };
  const duty = list(value['duty']);
  if (!duty.every(isDuty)) return { because: `duty 里有不认识的：${JSON.stringify(duty)}` };
  const rung = value['rung'] ?? value['spread'] ?? 'county';
  if (!isTier(rung)) return { because: `rung 应是 village、town、county、city、province 或 nation` };
  const openedAt = timeOf(value['openedAt'] ?? value['at'], now);
  if (openedAt === undefined) return { because: 'openedAt 不是时间' };
  const named = typeof id === 'string' ? { id: id as IncidentId } : {};
  return { id: typeof id === 'string' ? id : null, texts, own: { ...named, kind, duty, region, rung, openedAt } };
}

function timeOf(value: unknown, now: number): number | undefined {
  if (value === undefined || value === null) return now;
  const at = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at : undefined;
}
