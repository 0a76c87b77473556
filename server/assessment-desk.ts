import type { Account } from '../pipelines/domain/account.ts';
import { seesIncident, seesRegion } from '../pipelines/domain/person.ts';
import { tierRank } from '../pipelines/domain/tier.ts';
import {
  assess,
  ASSESSMENT_RULES,
  type AssessedFile,
  type Rate,
  type Span,
  type UnitAssessment,
} from '../pipelines/5-respond/assess.ts';
import { checkHealth, type AccountHealth } from '../pipelines/5-respond/check-health.ts';
import type { AnsweringParts } from './answering-desk.ts';
import type { HealthRow, MedianRow, RateRow, UnitRow } from './contract/assessment.ts';
import type { FollowUpServices } from './services/follow-up.ts';

export interface AssessmentParts extends Pick<AnsweringParts, 'clock' | 'desk' | 'cases'> {
  /** In the order of the matrix. */
  readonly accounts: () => readonly Account[];
}

const SECOND = 1_000;
const DAY = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

export function buildAssessmentDesk({
  clock,
  desk,
  cases,
  accounts,
}: AssessmentParts): Pick<FollowUpServices, 'assessment'> {
  return {
    assessment(viewer, period) {
      const now = clock.now();
      // Up to now and with it.
      const to = period.to ?? now + 1;
      const from = 'from' in period ? period.from : to - period.days * DAY;
      if (from >= to) return undefined;
      const titles: Record<string, string> = {};
      const files = [...cases.states()].flatMap((state): AssessedFile[] => {
        const incident = desk.incident(state.incident);
        const running = cases.clockOf(state);
        if (incident === undefined || running === undefined || !seesIncident(viewer.scope, incident)) return [];
        titles[incident.id] = incident.title;
        return [{ state, minutes: running.minutes, lifeAtRisk: incident.lifeAtRisk }];
      });
      const own = accounts().filter(({ region }) => seesRegion(viewer.scope, region));
      const rules = ASSESSMENT_RULES;
      return {
        ...{ now: iso(now), from: iso(from), to: iso(to), least: rules.least, quiet: { ...rules.quiet } },
        units: assess(files, own, { from, to, now }, rules).map((unit) => unitRow(unit, own)),
        health: checkHealth(files, own, now).map(healthRow),
        titles,
      };
    },
  };
}

const rateRow = ({ counted, rest, ...figures }: Rate): RateRow => ({
  ...figures,
  counted: [...counted],
  rest: [...rest],
});
const medianRow = ({ n, median, incidents }: Span): MedianRow => ({
  ...{ n, median: median === null ? null : median / SECOND, incidents: [...incidents] },
});

function unitRow(unit: UnitAssessment, accounts: readonly Account[]): UnitRow {
  const tiers = accounts.filter(({ id }) => unit.accounts.includes(id)).map(({ tier }) => tier);
  return {
    unit: unit.unit,
    tier: tiers.sort((a, b) => tierRank(b) - tierRank(a))[0]!,
    ...{ orderly: rateRow(unit.orderly), accepted: rateRow(unit.accepted), open: [...unit.open] },
    ...{ acceptTime: medianRow(unit.acceptTime), answered: rateRow(unit.answered) },
    ...{ firstAnswerTime: medianRow(unit.firstAnswerTime), onTime: rateRow(unit.onTime) },
    ...{ solved: rateRow(unit.solved), satisfied: rateRow(unit.satisfied), participation: unit.participation },
  };
}

const healthRow = ({ account, name, unit, silentDays, oldest, vetoes }: AccountHealth): HealthRow => ({
  ...{ account, name, unit, silentDays, vetoes: vetoes.map((veto) => ({ ...veto })) },
  oldest: oldest === null ? null : { incident: oldest.incident, days: oldest.days },
});
