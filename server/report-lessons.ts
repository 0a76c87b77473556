import { OUTCOME_NAMES } from '../pipelines/domain/case-event.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import { ECHO_RULES, type Reach } from '../pipelines/5-respond/measure-echo.ts';
import type { EchoFacts, IncidentFacts, ReachFacts, ShareFacts } from '../pipelines/6-report/facts.ts';
import { span } from '../pipelines/6-report/say.ts';
import type { PrecedentRow } from './contract/history.ts';
import { readEcho } from './read-echo.ts';
import type { ReportParts } from './report-parts.ts';

const MINUTE = 60_000;
const SHOWN = 2;

/** What past incidents teach of one, and whether its answer landed: what its file says. @throws StoreUnavailable */
export async function readLessons(
  parts: ReportParts,
  scope: Scope,
  incident: Incident,
  now: number,
): Promise<Pick<IncidentFacts, 'precedents' | 'echo'>> {
  const past = await parts.precedents(incident.id, scope);
  return {
    precedents: past === null ? null : past.slice(0, SHOWN).map(asPrecedent),
    echo: await echoFacts(parts, scope, incident, now),
  };
}

function asPrecedent({ title, regionName, openedAt, outcome, curve }: PrecedentRow): { title: string; says: string } {
  const first = outcome?.first ?? null;
  const said = [
    first === null ? '没有留下办理结果' : `${first.accountName}${span(first.afterMinutes * MINUTE)}后首次回应`,
    ...(outcome?.closed === null || outcome === null ? [] : [`以“${OUTCOME_NAMES[outcome.closed.outcome]}”办结`]),
    ...(curve?.hoursToHalf === null || curve === null ? [] : [`高峰后${curve.hoursToHalf}时减半`]),
  ];
  return { title: `“${title}”（${regionName}，${openedAt.slice(0, 10)}）`, says: said.join('，') };
}

/** null where nothing was answered. @throws StoreUnavailable */
export async function echoFacts(
  parts: ReportParts,
  scope: Scope,
  incident: Incident,
  now: number,
): Promise<EchoFacts | null> {
  const words = parts.cases.state(incident.id)?.words ?? [];
  if (words.length === 0) return null;
  const { report, cut } = await readEcho(parts, scope, incident, words, now);
  if (report === undefined) return null;
  const { before, after, residual, verdict } = report;
  return {
    ...{ verdict, cut, least: ECHO_RULES.least },
    before: shareFacts(before.unsettled),
    after: shareFacts(after.unsettled),
    late: residual === null ? null : shareFacts(residual),
    claim: reachFacts(report.claimReach),
    correction: reachFacts(report.correctionReach),
  };
}

const shareFacts = ({ share, n }: ShareFacts): ShareFacts => ({ share, n });
const reachFacts = ({ distinct, posts }: Reach): ReachFacts => ({ distinct, posts });
