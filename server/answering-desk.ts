import type { Account } from '../pipelines/domain/account.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { seesIncident, type Viewer } from '../pipelines/domain/person.ts';
import { findMissing } from '../pipelines/5-respond/find-missing.ts';
import { knownFrom } from '../pipelines/5-respond/known-from.ts';
import type { Matrix } from '../pipelines/5-respond/matrix.ts';
import { ECHO_RULES } from '../pipelines/5-respond/measure-echo.ts';
import { alertCase } from '../pipelines/5-respond/raise-alert.ts';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import { echoRow, jointRows, missingRow, versionsBody } from './answering-views.ts';
import type { CaseDesk } from './case-desk.ts';
import type { AnsweringBody, JointRow } from './contract/answering.ts';
import { readEcho } from './read-echo.ts';
import type { Done, FollowUpServices } from './services/follow-up.ts';
import { suggestionRow, type Names } from './views.ts';

export interface AnsweringParts {
  readonly clock: Clock;
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly cases: Pick<CaseDesk, 'state' | 'states' | 'act' | 'clockOf' | 'listen'>;
  readonly matrix: () => Matrix;
  readonly names: Names;
}

export type AnsweringServices = Pick<FollowUpServices, 'answering' | 'joints' | 'planJoint' | 'declineJoint'>;

/** Whom an act is written down for. */
export const actorOf = ({ id, name, account }: Viewer) => ({
  kind: 'person' as const,
  id,
  name,
  ...(account === undefined ? {} : { account }),
});

/** The incident where the viewer may see it. */
export function seenBy(desk: Pick<DeskStore, 'incident'>, viewer: Viewer, id: string): Incident | undefined {
  const incident = desk.incident(id as IncidentId);
  return incident !== undefined && seesIncident(viewer.scope, incident) ? incident : undefined;
}

export function buildAnsweringDesk(parts: AnsweringParts): AnsweringServices {
  const { clock, desk, cases, names } = parts;
  const account = (id: string): Account | undefined => names.account(id);

  function after(viewer: Viewer, id: string, seen: number, act: Parameters<CaseDesk['act']>[2]): Done<JointRow[]> {
    const incident = seenBy(desk, viewer, id);
    if (incident === undefined) return { missing: true };
    const acted = cases.act(incident.id, seen, act);
    if ('kept' in acted) return { done: jointRows(acted.state, incident, clock.now(), account) };
    if ('meanwhile' in acted) return { meanwhile: cases.state(incident.id)?.seq ?? 0 };
    return acted;
  }

  return {
    async answering(viewer, id) {
      const incident = seenBy(desk, viewer, id);
      if (incident === undefined) return undefined;
      const state = cases.state(incident.id);
      const now = clock.now();
      const words = state?.words ?? [];
      const { report, texts, cut } = await readEcho(parts, viewer.scope, incident, words, now);
      const missing = findMissing(
        texts,
        words.map(({ word }) => word.text),
      );
      const versions = versionsBody(words, account);
      const contradicts = contradictedIn(versions, state);
      const known = state === undefined ? {} : knownFrom(state);
      const advice = suggestTier(
        alertCase(incident, {
          ...known,
          missing: missing.map(({ fact }) => fact),
          ...(contradicts === undefined ? {} : { contradicts }),
        }),
        parts.matrix(),
      );
      return {
        now: new Date(now).toISOString(),
        echo: report === undefined ? null : echoRow(report, ECHO_RULES, cut),
        missing: missing.map(missingRow),
        versions,
        joints: state === undefined ? [] : jointRows(state, incident, now, account),
        suggestion: suggestionRow(advice, incident.openedAt, names),
      };
    },
    joints(viewer) {
      const rows = [...cases.states()].flatMap((state) => {
        const incident = state.joints.length === 0 ? undefined : seenBy(desk, viewer, state.incident);
        return incident === undefined ? [] : jointRows(state, incident, clock.now(), account);
      });
      return rows.sort((a, b) => Date.parse(b.plannedAt) - Date.parse(a.plannedAt));
    },
    planJoint: (viewer, id, { seen, title, layers }) =>
      after(viewer, id, seen, {
        act: 'jointPlanned',
        title,
        layers: layers.map(({ from, ...layer }) => ({ ...layer, from: Date.parse(from) })),
        at: clock.now(),
        by: actorOf(viewer),
      }),
    declineJoint: (viewer, id, { seen, plan, account: of, why }) =>
      after(viewer, id, seen, {
        ...{ act: 'jointDeclined', plan, account: of, why },
        ...{ at: clock.now(), by: actorOf(viewer) },
      }),
  };
}

/** The account whose word the first answer contradicts; a number that may only be newer contradicts nothing. */
function contradictedIn(
  { versions, comparisons }: AnsweringBody['versions'],
  state: CaseState | undefined,
): string | undefined {
  const first = state?.words.find(({ kind, seq }) => kind === 'answered' && seq > state.round.seq);
  const clash = comparisons.find(
    ({ a, b, differs }) => (a === first?.seq || b === first?.seq) && differs.some(({ mayBeNewer }) => !mayBeNewer),
  );
  const other = clash === undefined ? undefined : clash.a === first?.seq ? clash.b : clash.a;
  return versions.find(({ seq }) => seq === other)?.account;
}
