import { NAME } from './place-names.ts';
import type { Mention } from './read-mentions.ts';

export const WEIGHT = {
  dateline: 1.9,
  event: 1.4,
  plain: 1,
  person: 0.6,
  /** Where somebody came by or comes from (去过, 来自): a place only where no other is named. */
  passing: 0.45,
  campus: 0.34,
  origin: 0.22,
  name: 0.22,
  loneShort: 0.8,
} as const;

export const isEvent = (after: Mention['after']): boolean => after === 'office' || after === 'event';

/** 河南新乡，李女士…: an address that is a sentence's first clause says where the rest happens. */
export const isDateline = ({ before, opens, pauses }: Mention): boolean =>
  before === 'dateline' || (before === null && opens && pauses);

/** How much a mention counts by what stands before and after it. */
export function roleOf(mention: Mention): number {
  const { name, before, after } = mention;
  if (isDateline(mention)) return WEIGHT.dateline;
  if (name.kind === NAME.phrase) return WEIGHT.event;
  if (after === 'name') return WEIGHT.name;
  // 记者从上海警方获悉: what comes from an office is news of its place.
  if (isEvent(after) || before === 'event') return after === 'person' ? WEIGHT.plain : WEIGHT.event;
  if (before === 'origin' || (before === 'passing' && after === 'campus')) return WEIGHT.origin;
  if (after === 'campus') return WEIGHT.campus;
  if (before === 'passing') return WEIGHT.passing;
  if (after === 'person') return WEIGHT.person;
  return name.kind === NAME.short && mention.end - mention.start === 2 ? WEIGHT.loneShort : WEIGHT.plain;
}
