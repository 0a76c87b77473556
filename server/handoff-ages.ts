import type { Ledger } from './contract/case-file.ts';
import type { UnitAges } from './contract/wall.ts';

const HOUR = 3_600_000;
const FIVE = 5 * HOUR;
const DAY = 24 * HOUR;

/** Open hand-offs by responsible unit, however many accounts it has; the unit that has waited longest first. `now`: epoch ms. */
export function handoffAges(
  { units }: Pick<Ledger, 'units'>,
  unitOf: (account: string) => string | undefined,
  now: number,
): UnitAges[] {
  const byUnit = new Map<string, Ledger['units'][number]['rows']>();
  for (const { account, rows } of units) {
    const unit = unitOf(account.account) ?? account.name;
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), ...rows]);
  }
  const open = [...byUnit].map(([unit, rows]): UnitAges => {
    const began = rows.map(({ handoff }) => Date.parse(handoff.at));
    const due = rows.flatMap(({ late, handoff }) => (late && handoff.due !== null ? [Date.parse(handoff.due)] : []));
    const count = (over: number, upTo: number): number =>
      began.filter((at) => now - at > over && now - at <= upTo).length;
    return {
      unit,
      ages: [count(-Infinity, FIVE), count(FIVE, DAY), count(DAY, Infinity)],
      late: due.length,
      oldest: new Date(Math.min(...began)).toISOString(),
      lateSince: due.length === 0 ? null : new Date(Math.min(...due)).toISOString(),
      incidents: [...new Set(rows.map(({ incident }) => incident))],
    };
  });
  return open.sort((a, b) => Date.parse(a.oldest) - Date.parse(b.oldest));
}
