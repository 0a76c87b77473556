import type { CaseEvent } from '../domain/case-event.ts';
import type { IncidentId, IncidentKind } from '../domain/incident.ts';
import type { Tier } from '../domain/tier.ts';

/** How often people did as was suggested. Below `LEAST` decided no share is given: 样本不足. */
export interface Followed {
  readonly followed: number;
  readonly decided: number;
  /** followed ÷ decided, or null where too few were decided. */
  readonly share: number | null;
}

export interface SuggestionAccuracy {
  readonly all: Followed;
  readonly byKind: readonly (Followed & { readonly kind: IncidentKind })[];
  /** By the tier of the suggested first responder. */
  readonly byTier: readonly (Followed & { readonly tier: Tier })[];
  /** Raised, and nobody has decided yet. */
  readonly open: number;
  readonly least: number;
  /** The reasons people gave for another choice, newest first. */
  readonly overrides: readonly {
    readonly incident: IncidentId;
    readonly at: number;
    readonly suggested: string | null;
    readonly chosen: string;
    readonly why: string | null;
  }[];
}

export const LEAST = 5;
const SHOWN = 20;

/** What is known of an incident beside its file. */
export interface AboutIncident {
  readonly kind: IncidentKind;
}

interface Decided {
  readonly incident: IncidentId;
  readonly suggested: string | null;
  followed?: boolean;
}

/**
 * The suggestion's own accuracy, by what people did. A case is decided by the first of: an override (not followed), a hand-off or a public
 * answer (followed where it was by the suggested account). An override that is taken back leaves the case open again. Suggestions of nobody
 * count only where somebody was chosen: then they were wrong.
 */
export function measureSuggestions(
  events: Iterable<CaseEvent>,
  about: (incident: IncidentId) => AboutIncident | undefined,
  tierOf: (account: string) => Tier | undefined,
): SuggestionAccuracy {
  const files = new Map<IncidentId, CaseEvent[]>();
  for (const event of events) {
    const held = files.get(event.incident);
    if (held === undefined) files.set(event.incident, [event]);
    else held.push(event);
  }
  const decided: Decided[] = [];
  const overrides: SuggestionAccuracy['overrides'][number][] = [];
  for (const [incident, file] of files) {
    const one = decide(incident, file);
    if (one !== undefined) decided.push(one);
    for (const event of stillStanding(file))
      if (event.act === 'overridden')
        overrides.push({
          incident,
          at: event.at,
          suggested: event.suggested,
          chosen: event.chosen,
          why: event.why ?? null,
        });
  }
  const settled = decided.filter(({ followed }) => followed !== undefined);
  return {
    all: shareOf(settled),
    byKind: grouped(settled, ({ incident }) => about(incident)?.kind).map(([kind, list]) => ({
      kind,
      ...shareOf(list),
    })),
    byTier: grouped(settled, ({ suggested }) => (suggested === null ? undefined : tierOf(suggested))).map(
      ([tier, list]) => ({ tier, ...shareOf(list) }),
    ),
    open: decided.length - settled.length,
    least: LEAST,
    overrides: overrides.sort((a, b) => b.at - a.at).slice(0, SHOWN),
  };
}

function decide(incident: IncidentId, file: readonly CaseEvent[]): Decided | undefined {
  let suggested: string | null | undefined;
  for (const event of stillStanding(file)) {
    if (event.act === 'raised') suggested = event.suggested;
    else if (event.act === 'overridden')
      return { incident, suggested: event.suggested, followed: event.chosen === event.suggested };
    else if (suggested !== undefined) {
      const by = event.act === 'assigned' ? event.account : event.act === 'answered' ? event.word.account : undefined;
      if (by !== undefined) return { incident, suggested, followed: by === suggested };
    }
  }
  return suggested === undefined || suggested === null ? undefined : { incident, suggested };
}

/** Without what was taken back. */
function stillStanding(file: readonly CaseEvent[]): readonly CaseEvent[] {
  const undone = new Set(file.flatMap((event) => (event.act === 'undone' ? [event.of] : [])));
  return file.filter(({ seq }) => !undone.has(seq));
}

const shareOf = (list: readonly Decided[]): Followed => {
  const followed = list.filter((one) => one.followed === true).length;
  return { followed, decided: list.length, share: list.length < LEAST ? null : followed / list.length };
};

function grouped<K extends string>(list: readonly Decided[], by: (one: Decided) => K | undefined): [K, Decided[]][] {
  const groups = new Map<K, Decided[]>();
  for (const one of list) {
    const key = by(one);
    if (key === undefined) continue;
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [one]);
    else held.push(one);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}
