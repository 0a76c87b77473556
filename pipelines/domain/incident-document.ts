import type { Incident } from './incident.ts';
import { storable } from './post-document.ts';
import { pathOf, type RegionCode } from './region.ts';
import { searchWords } from './search-words.ts';

/** Posts of one hour; `at` is its beginning, epoch ms. */
export interface HourCount {
  readonly at: number;
  readonly posts: number;
}

/** An incident as a search store keeps it: what is looked for, and what a later incident is told of it. */
export interface IncidentDocument extends Omit<Incident, 'burst' | 'claim'> {
  /** Grows with every change of the incident: of two writes the higher stays. */
  readonly revision: number;
  /** Search words of its title and its terms, joined by single spaces. */
  readonly words: string;
  /** The region and all above it. */
  readonly path: readonly RegionCode[];
  /** Hours without a post are left out. */
  readonly curve: readonly HourCount[];
}

/** Hours told of an incident: a week. */
const HOURS = 168;

/**
 * @param cutTitle words of the title as the store's tokeniser cuts it
 * @param hours posts by hour since the first, copies included
 */
export function incidentDocument(
  incident: Incident,
  revision: number,
  cutTitle: readonly string[],
  hours: readonly HourCount[],
): IncidentDocument {
  const { burst, claim: _, ...rest } = incident;
  const known = burst?.curve ?? [];
  // Copies do not count where that is known from the beginning on; a burst remembers its last 72 hours.
  const whole = known[0] !== undefined && known[0].at <= incident.firstPostAt;
  const curve = whole ? known.map(({ at, distinct }) => ({ at, posts: distinct })) : hours;
  return {
    ...rest,
    title: storable(incident.title),
    terms: incident.terms.map(storable),
    revision,
    words: storable([...new Set(searchWords([...incident.terms, ...cutTitle]))].join(' ')),
    path: incident.region === null ? [] : pathOf(incident.region),
    curve: curve.filter(({ posts }) => posts > 0).slice(0, HOURS),
  };
}
