import { REPAIR_WORDS, type Repair } from '../domain/repair.ts';

/** How often each kind of repair was made, by what people read of it: `counts.like：计数换成数字`. */
export function countKinds(repairs: Iterable<Repair>): ReadonlyMap<string, number> {
  const kinds = new Map<string, number>();
  for (const { field, kind } of repairs) {
    const words = `${field}：${REPAIR_WORDS[kind]}`;
    kinds.set(words, (kinds.get(words) ?? 0) + 1);
  }
  return kinds;
}
