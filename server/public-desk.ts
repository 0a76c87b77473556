import { dateOf } from '../pipelines/domain/shanghai-time.ts';
import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { said } from '../pipelines/5-respond/set-clock.ts';
import { tellEvent } from '../pipelines/5-respond/tell-event.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { CaseDesk } from './case-desk.ts';
import { nameIn, type AccountOf } from './case-views.ts';
import type { PublicCase, PublicRow } from './contract/public.ts';
import type { PublicServices } from './services/cases.ts';

export interface PublicParts {
  readonly cases: CaseDesk;
  readonly clock: Clock;
  readonly incident: (id: IncidentId) => Incident | undefined;
  readonly accountOf: AccountOf;
  readonly regionName: (code: Incident['region']) => string;
  readonly office: string;
  readonly drill: boolean;
}

const SHOWN = 200;
const iso = (time: number): string => new Date(time).toISOString();

/** What citizens are told of the way of a case: who has it and what was answered. What the office says among itself is not among it. */
const TOLD: ReadonlySet<CaseEvent['act']> = new Set([
  ...(['raised', 'overridden', 'assigned', 'accepted', 'refused', 'overdue'] as const),
  ...(['answered', 'relayed', 'supplemented', 'corrected', 'closed', 'reopened', 'citizenSaid'] as const),
]);

/** The public page: the cases that the office chose to show, in its own words. */
export function buildPublicDesk(parts: PublicParts): PublicServices {
  const { cases, clock, incident, accountOf } = parts;
  const nameOf = (id: string): string => nameIn(accountOf)(id);

  const shown = (id: string): { state: CaseState; about: Incident } | undefined => {
    const state = cases.state(id as IncidentId);
    const about = incident(id as IncidentId);
    return state?.public === undefined || about === undefined ? undefined : { state, about };
  };

  const rowOf = (state: CaseState, about: Incident): PublicRow | undefined => {
    const running = cases.clockOf(state);
    if (state.public === undefined || running === undefined) return undefined;
    const voices = state.voices.filter(({ solved }) => solved).length;
    const answered = state.words.find(({ kind, seq }) => kind === 'answered' && seq > state.round.seq);
    return {
      id: about.id,
      number: numberOf(state),
      title: state.public.title,
      line: state.public.line ?? null,
      regionName: parts.regionName(about.region),
      step: stepOf(state, answered !== undefined),
      holder: state.court.account === null ? null : nameOf(state.court.account),
      holderSince: iso(state.court.since),
      due: iso(running.dueAt),
      answeredAt: answered === undefined ? null : iso(answered.word.publishedAt),
      overdue: running.stoppedAt === undefined && running.dueAt <= clock.now(),
      closed: state.status === 'closed',
      solved: voices,
      unsolved: state.voices.length - voices,
      updated: iso(state.last.at),
    };
  };

  return {
    list() {
      const rows = [...cases.states()].flatMap((state) => {
        const about = state.public === undefined ? undefined : incident(state.incident);
        const row = about && rowOf(state, about);
        return row === undefined ? [] : [row];
      });
      rows.sort((a, b) => Date.parse(b.updated) - Date.parse(a.updated));
      return { office: parts.office, drill: parts.drill, cases: rows.slice(0, SHOWN) };
    },
    one(id): PublicCase | undefined {
      const found = shown(id);
      const row = found && rowOf(found.state, found.about);
      if (found === undefined || row === undefined) return undefined;
      const { state } = found;
      const running = cases.clockOf(state);
      const events = cases.events(state.incident);
      const undone = new Set(events.flatMap((event) => (event.act === 'undone' ? [event.of] : [])));
      return {
        case: row,
        answers: state.words
          .filter(({ kind }) => kind !== 'relayed')
          .map(({ kind, word }) => ({
            account: nameOf(word.account),
            kind,
            text: word.text,
            link: word.link ?? null,
            at: iso(word.publishedAt),
          })),
        steps: events
          .filter((event) => TOLD.has(event.act) && !undone.has(event.seq))
          .map((event) => ({
            at: iso(event.at),
            said: tellEvent(event, nameOf),
            why: event.act === 'refused' ? (event.why ?? null) : null,
            late: event.act === 'overdue',
          }))
          .reverse(),
        promise: said(running?.minutes ?? 0),
        mayJudge: state.status === 'answered' || state.status === 'closed',
      };
    },
    say(id, solved, comment) {
      const found = shown(id);
      if (found === undefined) return undefined;
      const text = comment?.trim() ?? '';
      const acted = cases.act(found.about.id, found.state.seq, {
        act: 'citizenSaid',
        solved,
        ...(text === '' ? {} : { comment: text }),
        at: clock.now(),
        by: { kind: 'citizen' },
      });
      if ('refused' in acted) return acted;
      return 'kept' in acted ? { kept: true } : { refused: { where: 'file', because: '刚刚有变化，请刷新后再点一次' } };
    },
  };
}

/** 办件编号: the day it was found, and a short mark of the incident. It says nothing of who asked. */
function numberOf(state: CaseState): string {
  const day = dateOf(state.starts.firstSeen).replaceAll('-', '');
  let mark = 0;
  for (const letter of state.incident) mark = (mark * 31 + letter.charCodeAt(0)) % 10_000;
  return `${day.slice(0, 4)}-${day.slice(4)}-${String(mark).padStart(4, '0')}`;
}

function stepOf(state: CaseState, answered: boolean): PublicRow['step'] {
  if (answered || state.status === 'closed') return state.voices.length > 0 ? 'judged' : 'answered';
  if (state.handoffs.some((handoff) => handoff.accepted !== undefined)) return 'working';
  if (state.handoffs.length > 0) return 'handed';
  return state.acknowledged === undefined ? 'received' : 'working';
}
