import type { Scope } from '../pipelines/domain/person.ts';
import { DAY_MS, type Week } from '../pipelines/domain/week.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { ClaimFacts, IncidentFacts } from '../pipelines/6-report/facts.ts';
import { isOfWeek } from './report-incidents.ts';
import { echoFacts } from './report-lessons.ts';
import type { ReportParts } from './report-parts.ts';

/** What was found of each claim: a draft that a second person confirmed tells it, and the first word after it corrects. */
export function claimsOf(all: readonly Pick<IncidentFacts, 'incident' | 'file'>[], week: Week): ClaimFacts[] {
  return all.flatMap((each): ClaimFacts[] => {
    const { incident, file } = each;
    const { claim } = incident;
    if (claim === undefined || incident.state === 'merged' || !isOfWeek(each, week)) return [];
    const refuted = file?.refuted ?? null;
    const found = refuted === null || refuted.finding === 'unknown' ? null : refuted;
    const corrected =
      found === null || found.finding === 'true'
        ? undefined
        : file?.answers.find(({ act, at }) => act !== 'relayed' && at >= found.at);
    return [
      {
        incident,
        claim: mask(claim.text),
        firstAt: claim.firstAt,
        status: found === null || found.finding === 'unknown' ? 'needsCheck' : found.finding,
        source: found?.sources.join('、') ?? null,
        correctedAt: corrected?.at ?? null,
        reach: claim.posts,
        echo: null,
      },
    ];
  });
}

/** At most so many are asked of the store at a time. */
const AT_ONCE = 4;

/** A residual is known two days after the correction. */
const KNOWN_AFTER = 2 * DAY_MS;

/**
 * Gives each claim that was corrected lately its reach and its correction's, by the judgement of the incident's file: what was
 * corrected longer ago was told in an earlier week. @throws StoreUnavailable
 */
export async function measureClaims(
  parts: ReportParts,
  scope: Scope,
  claims: readonly ClaimFacts[],
  { from }: Week,
  now: number,
): Promise<readonly ClaimFacts[]> {
  const measured: ClaimFacts[] = [];
  for (let at = 0; at < claims.length; at += AT_ONCE)
    measured.push(
      ...(await Promise.all(
        claims
          .slice(at, at + AT_ONCE)
          .map(async (claim) =>
            claim.correctedAt === null || claim.correctedAt < from - KNOWN_AFTER
              ? claim
              : { ...claim, echo: await echoFacts(parts, scope, claim.incident, now) },
          ),
      )),
    );
  return measured;
}
