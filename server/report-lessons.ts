import type { IncidentId } from '../pipelines/domain/incident.ts';
import { EVERYTHING, type Viewer } from '../pipelines/domain/person.ts';
import { OUTCOME_NAMES } from '../pipelines/domain/case-event.ts';
import { span } from '../pipelines/6-report/say.ts';
import type { IncidentFacts } from '../pipelines/6-report/facts.ts';
import type { EchoRow } from './contract/answering.ts';
import type { PrecedentRow } from './contract/history.ts';
import type { Services } from './services.ts';

/** What past incidents teach of one, and whether its answer landed. */
export type Lessons = (id: IncidentId) => Promise<Pick<IncidentFacts, 'precedents' | 'echo'>>;

/** The report is made by the deployment itself. */
const ITSELF: Viewer = { id: 'report', name: '周报', roles: ['analyst'], scope: EVERYTHING };
const MINUTE = 60_000;
const SHOWN = 2;

/** Asks the same services as the incident's file, so that the report says what the screen says. */
export const readLessons =
  ({ history, followUp }: Pick<Services, 'history' | 'followUp'>): Lessons =>
  async (id) => {
    const past = await history.precedents(id, EVERYTHING);
    const answering = await followUp.answering(ITSELF, id);
    return {
      precedents: past === undefined ? null : past.precedents.slice(0, SHOWN).map(asPrecedent),
      echo: answering?.echo === null || answering === undefined ? null : asEcho(answering.echo),
    };
  };

function asPrecedent({ title, regionName, openedAt, outcome, curve }: PrecedentRow): { title: string; says: string } {
  const first = outcome?.first ?? null;
  const said = [
    first === null ? '没有留下办理结果' : `${first.accountName}${span(first.afterMinutes * MINUTE)}后首次回应`,
    ...(outcome?.closed === null || outcome === null ? [] : [`以“${OUTCOME_NAMES[outcome.closed.outcome]}”办结`]),
    ...(curve?.hoursToHalf === null || curve === null ? [] : [`高峰后${curve.hoursToHalf}时减半`]),
  ];
  return { title: `“${title}”（${regionName}，${openedAt.slice(0, 10)}）`, says: said.join('，') };
}

const VERDICTS = { landed: '已落地', notYet: '未落地', tooFew: '帖太少' } as const;

function asEcho({ verdict, before, after }: EchoRow): IncidentFacts['echo'] {
  if (before.unsettled.share === null || after.unsettled.share === null) return null;
  return {
    verdict: VERDICTS[verdict],
    before: before.unsettled.share,
    after: after.unsettled.share,
    n: after.n,
  };
}
