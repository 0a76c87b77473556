import { FACETS, type Facet } from '../../../server/contract/search.ts';
import { DAY, HOUR, MINUTE } from '../ui/time-words.ts';

export const SPANS = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
export type Span = keyof typeof SPANS;
export const FLAGS = ['urgent', 'needsCheck'] as const;
export type Flag = (typeof FLAGS)[number];

/** The whole question of the page, as the address holds it. */
export interface Question {
  readonly q: string;
  /** Counted back from now; null where the period is fixed or there is none. */
  readonly last: Span | null;
  /** Epoch ms. */
  readonly from: number | null;
  readonly to: number | null;
  readonly picked: Readonly<Partial<Record<Facet, string>>>;
  readonly flags: Readonly<Partial<Record<Flag, true>>>;
  readonly ids: string;
  /** Only the evidence of this incident; empty: of any. */
  readonly incident: string;
}

const isSpan = (value: string | null): value is Span => value !== null && Object.hasOwn(SPANS, value);
const instantOf = (value: string | null): number | null => {
  const at = value === null ? NaN : Date.parse(value);
  return Number.isFinite(at) ? at : null;
};

/** Without a period it is the last week; named posts are of any time. */
export function readQuestion(search: string): Question {
  const asked = new URLSearchParams(search);
  const [from, to, last] = [instantOf(asked.get('from')), instantOf(asked.get('to')), asked.get('last')];
  const ids = asked.get('ids') ?? '';
  const incident = (asked.get('incident') ?? '').slice(0, 128);
  const isOpen = from === null && to === null;
  const picked = FACETS.flatMap((facet) => {
    const value = asked.get(facet) ?? '';
    return value === '' ? [] : [[facet, value] as const];
  });
  return {
    q: (asked.get('q') ?? '').slice(0, 200),
    last: !isOpen ? null : isSpan(last) ? last : ids + incident === '' ? '7d' : null,
    from,
    to,
    picked: Object.fromEntries(picked),
    flags: Object.fromEntries(FLAGS.flatMap((flag) => (asked.get(flag) === 'true' ? [[flag, true] as const] : []))),
    ids,
    incident,
  };
}

/** What narrows the question besides its period, as the server takes it too. */
function filtersOf({ q, picked, flags, ids, incident }: Question): URLSearchParams {
  const asked = new URLSearchParams();
  if (q.trim() !== '') asked.set('q', q.trim());
  for (const facet of FACETS) if (picked[facet] !== undefined) asked.set(facet, picked[facet]);
  for (const flag of FLAGS) if (flags[flag] === true) asked.set(flag, 'true');
  if (ids !== '') asked.set('ids', ids);
  if (incident !== '') asked.set('incident', incident);
  return asked;
}

/** As readQuestion reads it, from the question mark on. */
export function addressOf(question: Question): string {
  const asked = filtersOf(question);
  if (question.last !== null) asked.set('last', question.last);
  if (question.from !== null) asked.set('from', new Date(question.from).toISOString());
  if (question.to !== null) asked.set('to', new Date(question.to).toISOString());
  return `?${asked.toString()}`;
}

export interface Period {
  readonly from: number;
  readonly to: number;
}

/** The period meant at `now`, epoch ms; null: any time. Up to the minute that is running. */
export function periodOf({ last, from, to }: Question, now: number): Period | null {
  const running = (Math.floor(now / MINUTE) + 1) * MINUTE;
  if (last !== null) return { from: running - SPANS[last], to: running };
  if (from === null && to === null) return null;
  const end = to ?? Math.max(running, (from ?? 0) + MINUTE);
  return { from: from ?? end - SPANS['7d'], to: end };
}

/** For the server, without its page. */
export function askOf(question: Question, period: Period | null): URLSearchParams {
  const asked = filtersOf(question);
  if (period !== null) {
    asked.set('from', new Date(period.from).toISOString());
    asked.set('to', new Date(period.to).toISOString());
  }
  return asked;
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 180, 360, 720, 1440, 2880, 10_080, 43_200].map((minutes) => minutes * MINUTE);
const BARS = 72;

/** Length of a bar, ms: so that there are at most about seventy. */
export const stepOf = ({ from, to }: Period): number =>
  STEPS.find((step) => (to - from) / step <= BARS) ?? Math.ceil((to - from) / BARS / HOUR) * HOUR;
