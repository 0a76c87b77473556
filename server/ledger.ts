import type { CaseState, Handoff } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { isOpen } from '../pipelines/5-respond/fold-handoffs.ts';
import { handoffRow, named, type AccountOf } from './case-views.ts';
import type { Ledger, LedgerRow } from './contract/case-file.ts';

export interface LedgerParts {
  readonly states: Iterable<CaseState>;
  /** Undefined where the viewer may not know of it. */
  readonly incident: (id: IncidentId) => Incident | undefined;
  readonly accountOf: AccountOf;
  readonly regionName: (code: Incident['region']) => string;
  readonly now: number;
}

const MINUTE = 60_000;
const REFUSALS_SHOWN_MS = 30 * 24 * 60 * MINUTE;
const iso = (time: number): string => new Date(time).toISOString();

/** 台账: open hand-offs by unit with their age, refusals, and how often people kept to the rule's suggestion. */
export function ledgerOf({ states, incident, accountOf, regionName, now }: LedgerParts): Ledger {
  const open = new Map<string, LedgerRow[]>();
  const refusals: LedgerRow[] = [];
  const suggestions = { n: 0, kept: 0 };
  for (const state of states) {
    const about = incident(state.incident);
    if (about === undefined) continue;
    const looked = state.acknowledged !== undefined || state.overrides > 0 || state.words.length > 0;
    if (looked) {
      suggestions.n++;
      if (state.overrides === 0) suggestions.kept++;
    }
    const refused = state.handoffs.filter((handoff) => handoff.refused !== undefined);
    const row = (handoff: Handoff): LedgerRow => ({
      incident: about.id,
      title: about.title,
      regionName: regionName(about.region),
      status: state.status,
      handoff: handoffRow(handoff, accountOf),
      age: Math.max(0, Math.round(((handoff.endedAt ?? now) - handoff.at) / MINUTE)),
      late: isOpen(handoff) && handoff.asked !== undefined && handoff.asked.due < now,
      refusals: refused.length,
    });
    for (const handoff of state.handoffs.filter(isOpen)) {
      const list = open.get(handoff.account);
      if (list === undefined) open.set(handoff.account, [row(handoff)]);
      else list.push(row(handoff));
    }
    refusals.push(...refused.filter(({ refused: how }) => now - (how?.at ?? 0) <= REFUSALS_SHOWN_MS).map(row));
  }
  const byAge = (a: LedgerRow, b: LedgerRow): number => b.age - a.age;
  const units = [...open].map(([account, rows]) => {
    rows.sort(byAge);
    return {
      account: named(account, accountOf),
      open: rows.length,
      late: rows.filter(({ late }) => late).length,
      oldest: rows[0]?.handoff.at ?? iso(now),
      rows,
    };
  });
  units.sort((a, b) => Date.parse(a.oldest) - Date.parse(b.oldest));
  refusals.sort((a, b) => Date.parse(b.handoff.refused?.at ?? '') - Date.parse(a.handoff.refused?.at ?? ''));
  return { now: iso(now), units, refusals, suggestions };
}
