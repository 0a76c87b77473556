import type { Incident, IncidentEvent } from '../domain/incident.ts';
import type { AnswerCase, Grade } from '../domain/suggestion.ts';

/** What people have added to an incident since it was found. Left out: nothing. */
export type KnownToPeople = Partial<
  Pick<
    AnswerCase,
    | 'text'
    | 'place'
    | 'regions'
    | 'answeredBy'
    | 'alsoAnswered'
    | 'missing'
    | 'contradicts'
    | 'overdue'
    | 'tookOver'
    | 'handedTo'
    | 'refusals'
    | 'nationalPolicy'
    | 'at'
  >
> & { readonly grade?: Grade };

/** The question an incident puts to suggest-tier. */
export function alertCase(incident: Incident, known: KnownToPeople = {}): AnswerCase {
  return {
    text: incident.title,
    ...known,
    id: incident.id,
    region: incident.region,
    duty: incident.duty,
    kind: incident.kind,
    urgent: incident.urgent,
    lifeAtRisk: incident.lifeAtRisk,
    spread: incident.rung,
  };
}

/** 预警 when an incident opens and whenever it climbs. Merging and cooling change the file, and wake nobody. */
export const shouldAlert = (event: IncidentEvent): boolean => event.event === 'opened' || event.event === 'step';
