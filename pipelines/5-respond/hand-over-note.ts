import type { CaseActKind, CaseEvent } from '../domain/case-event.ts';
import type { Incident, IncidentId } from '../domain/incident.ts';
import { TIER_NAMES } from '../domain/tier.ts';
import { foldCase } from './fold-case.ts';
import type { NoticeWords } from './notice-of-alert.ts';
import { tellActor, tellEvent } from './tell-event.ts';

/** An incident that is still open at the end of a shift. */
export interface OpenLine {
  readonly incident: IncidentId;
  readonly region: Incident['region'];
  readonly title: string;
  readonly place: string;
  readonly lifeAtRisk: boolean;
  /** Whose court it is in, and since when; null: nobody's. */
  readonly court: string | null;
  readonly since: number;
  readonly status: 'untouched' | 'acknowledged' | 'assigned' | 'answered' | 'reopened';
  /** Epoch ms; null where no clock runs. */
  readonly due: number | null;
}

/** One thing that happened in the shift. */
export interface ChangeLine {
  readonly at: number;
  readonly incident: IncidentId;
  readonly region: Incident['region'];
  readonly title: string;
  readonly what: string;
}

/** 交接单: what the next shift has to know. Written by the ledger, not by hand. */
export interface HandOverNote {
  readonly from: number;
  readonly to: number;
  /** Least time left first; a life at risk before all. */
  readonly open: readonly OpenLine[];
  /** Oldest first. */
  readonly changed: readonly ChangeLine[];
  readonly opened: number;
  readonly closed: number;
}

export interface CaseFile {
  readonly incident: Incident;
  /** Oldest first; empty where nobody has begun its file. */
  readonly events: readonly CaseEvent[];
  /** Minutes of its clock. */
  readonly minutes: number | null;
  readonly first: string | null;
}

/** @param files every incident that is open at the end, or changed in the shift. Anything after `to` is left out. */
export function handOverNote(files: readonly CaseFile[], from: number, to: number, words: NoticeWords): HandOverNote {
  const open: OpenLine[] = [];
  const changed: ChangeLine[] = [];
  let closed = 0;
  for (const file of files) {
    const { incident } = file;
    const events = file.events.filter(({ keptAt }) => keptAt < to);
    const title = words.mask(incident.title);
    const line = { incident: incident.id, region: incident.region, title };
    const inShift = (at: number): boolean => at >= from && at < to;
    const say = (at: number, what: string): void => void (inShift(at) && changed.push({ ...line, at, what }));
    for (const step of incident.steps)
      say(step.at, step.from === null ? `新出现，${TIER_NAMES[step.to]}级` : `升到${TIER_NAMES[step.to]}级`);
    for (const event of events) {
      const what = sayAct(event, words);
      if (what !== undefined) say(event.at, what);
      if (event.act === 'closed' && inShift(event.at)) closed++;
    }
    const state = foldCase(events);
    if (state?.status === 'closed' || incident.state === 'merged' || incident.openedAt >= to) continue;
    if (state === undefined && incident.state === 'cooled') continue;
    const court = state === undefined ? file.first : state.court.account;
    const start =
      state === undefined
        ? incident.openedAt
        : (state.round.from ?? state.starts[state.start] ?? state.starts.firstSeen);
    const isAnswered = state?.status === 'answered';
    open.push({
      ...line,
      place: incident.region === null ? '地点未定' : words.region(incident.region),
      lifeAtRisk: incident.lifeAtRisk,
      court: court === null ? null : words.account(court),
      since: state?.court.since ?? incident.openedAt,
      status: state === undefined || state.status === 'raised' ? 'untouched' : state.status,
      due: file.minutes === null || isAnswered ? null : start + file.minutes * 60_000,
    });
  }
  const rank = (line: OpenLine): number => line.due ?? Infinity;
  open.sort((a, b) => Number(b.lifeAtRisk) - Number(a.lifeAtRisk) || rank(a) - rank(b) || a.since - b.since);
  changed.sort((a, b) => a.at - b.at);
  const opened = files.filter(({ incident }) => incident.openedAt >= from && incident.openedAt < to).length;
  return { from, to, open, changed, opened, closed };
}

/** Acts that the next shift need not read of: rules keep their own count of them, and a draft is no news before it is published. */
const LEFT_OUT: ReadonlySet<CaseActKind> = new Set([
  'raised',
  'clockChosen',
  'notified',
  'reminded',
  'contactShown',
  'claimDrafted',
  'claimConfirmed',
  'claimRejected',
  'undone',
]);

/** As the file says it, with who did it where that is the news, and what they wrote. */
function sayAct(event: CaseEvent, { account, mask }: NoticeWords): string | undefined {
  if (LEFT_OUT.has(event.act)) return undefined;
  if (event.act === 'commented') return `${tellActor(event.by, account)}：${mask(event.comment)}`;
  const told = mask(tellEvent(event, account));
  if (event.act === 'citizenSaid') return `${tellActor(event.by, account)}${told}`;
  if (event.act !== 'acknowledged') return told;
  const comment = event.comment === undefined ? '' : `：${mask(event.comment)}`;
  return `${tellActor(event.by, account)}${told}${comment}`;
}
