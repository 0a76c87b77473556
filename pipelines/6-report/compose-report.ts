import type { Report } from '../domain/report.ts';
import { accountAnswers } from './account-answers.ts';
import { accountHealth, appendix } from './close-report.ts';
import { countPleas } from './count-pleas.ts';
import type { WeekFacts } from './facts.ts';
import { listClaims } from './list-claims.ts';
import { comparePrecedents, lookAhead } from './look-ahead.ts';
import { pictureWeek } from './picture-week.ts';
import { monthAndDay } from './say.ts';
import { showIncidents } from './show-incidents.ts';
import { isBeforeData, sayNoData } from './say-no-data.ts';
import { stateCoverage } from './state-coverage.ts';
import { summariseWeek } from './summarise-week.ts';

/**
 * A week in the order of a good 舆情周报. Pure: the same facts give the same report, whatever store they were counted in.
 * @throws NoEvidence where a figure or a sentence rests on nothing.
 */
export function composeReport(facts: WeekFacts): Report {
  const { week, home } = facts;
  return {
    week,
    of: facts.of,
    title: `${home.name}政务新媒体扩散周报`,
    region: home.name,
    period: `${monthAndDay(week.from)}周一0时至${monthAndDay(week.to - 1)}周日24时`,
    madeAt: facts.madeAt,
    drill: facts.drill,
    versions: `程序${facts.versions.program}，模型${facts.versions.weights}`,
    // Zeros would say that nothing happened; nobody was looking.
    sections: isBeforeData(facts)
      ? [sayNoData(facts)]
      : [
          stateCoverage(facts),
          summariseWeek(facts),
          pictureWeek(facts),
          showIncidents(facts),
          accountAnswers(facts),
          countPleas(facts),
          listClaims(facts),
          comparePrecedents(facts),
          lookAhead(facts),
          accountHealth(facts),
          appendix(facts),
        ],
  };
}
