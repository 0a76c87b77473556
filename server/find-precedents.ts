import type { Account } from '../pipelines/domain/account.ts';
import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import type { Ranked } from '../pipelines/domain/precedent.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import { precedentRegion, rankPrecedents, type Precedented } from '../pipelines/5-respond/rank-precedents.ts';
import { readCurveAfter } from '../pipelines/5-respond/read-curve-after.ts';
import { readPastAnswer } from '../pipelines/5-respond/read-past-answer.ts';
import type { IncidentStore } from '../pipelines/ports/incident-store.ts';
import type { PrecedentRow } from './contract/history.ts';

export interface PrecedentParts {
  readonly store: IncidentStore;
  /** The file of an incident; empty where there is none. */
  readonly eventsOf: (incident: IncidentId) => readonly CaseEvent[];
  readonly account: (id: string) => Account | undefined;
}

const CANDIDATES = 300;
const SHOWN = 10;
const HOURS_SHOWN = 72;
const MINUTE = 60_000;
const iso = (at: number): string => new Date(at).toISOString();

/** The past incidents most like this one that the viewer may see, likest first. @throws StoreUnavailable */
export async function findPrecedents(
  parts: PrecedentParts,
  own: Precedented,
  scope: Scope,
): Promise<readonly Ranked[]> {
  const candidates = await parts.store.candidates({
    words: own.words,
    kind: own.kind,
    duty: own.duty,
    within: precedentRegion(own.region),
    scope,
    before: own.openedAt,
    limit: CANDIDATES,
  });
  return rankPrecedents(own, candidates, SHOWN);
}

/** A precedent as it is shown, with what its file tells by now. */
export function precedentRow({ incident, score, sharedWords, because }: Ranked, parts: PrecedentParts): PrecedentRow {
  const answer = readPastAnswer(parts.eventsOf(incident.id));
  const first = answer?.first ?? null;
  const curve = readCurveAfter(incident, first?.at ?? null);
  return {
    incident: incident.id,
    title: incident.title,
    region: incident.region,
    regionName: incident.regionName,
    kind: incident.kind,
    rung: incident.rung,
    openedAt: iso(incident.openedAt),
    count: incident.count,
    score,
    sharedWords: [...sharedWords],
    because: [...because],
    outcome:
      answer === null
        ? null
        : {
            first:
              first === null
                ? null
                : {
                    account: first.account,
                    accountName: parts.account(first.account)?.name ?? first.account,
                    tier: parts.account(first.account)?.tier ?? null,
                    text: mask(first.text),
                    ...(first.link === undefined ? {} : { link: first.link }),
                    at: iso(first.at),
                    afterMinutes: Math.round(first.after / MINUTE),
                  },
            relayed: answer.relayed,
            supplemented: answer.supplemented,
            corrected: answer.corrected,
            closed:
              answer.closed === null
                ? null
                : {
                    outcome: answer.closed.outcome,
                    at: iso(answer.closed.at),
                    afterMinutes: Math.round(answer.closed.after / MINUTE),
                  },
            solved: answer.solved,
            unsolved: answer.unsolved,
          },
    curve:
      curve === null
        ? null
        : {
            from: iso(curve.from),
            peak: { ...curve.peak, at: iso(curve.peak.at) },
            hoursToHalf: curve.hoursToHalf,
            nextRung:
              curve.nextRung === null
                ? null
                : {
                    to: curve.nextRung.to,
                    at: iso(curve.nextRung.at),
                    afterMinutes: Math.round(curve.nextRung.after / MINUTE),
                  },
            hours: incident.curve.slice(0, HOURS_SHOWN).map(({ at, posts }) => ({ at: iso(at), posts })),
          },
  };
}
