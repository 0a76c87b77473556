import { join } from 'node:path';
import type { CaseEvent } from '../../pipelines/domain/case-event.ts';
import type { Incident, IncidentId } from '../../pipelines/domain/incident.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import { foldCase } from '../../pipelines/5-respond/fold-case.ts';
import { buildMatrix } from '../../pipelines/5-respond/matrix.ts';
import { pendingTimers } from '../../pipelines/5-respond/run-clock.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import { openCases } from '../../server/adapters/cases/sqlite-cases.ts';
import { CaseDesk } from '../../server/case-desk.ts';
import { fireDue } from '../../server/fire-due.ts';
import { heedSetBack } from '../../server/heed-set-back.ts';
import { TimerAudit } from '../../server/jobs/audit-timers.ts';
import { Timers } from '../../server/jobs/timers.ts';
import { anAccount } from './cases.ts';

const HOME = '410300' as RegionCode;
const PROVINCE = anAccount('ha', {
  unit: '省政府',
  tier: 'province',
  region: '410000' as RegionCode,
  duties: ['综合', '督办'],
});
const CITY = anAccount('city', { unit: '市政府', tier: 'city', region: HOME, duties: ['综合', '督办'], parent: 'ha' });
const DISTRICT = anAccount('jianxi', { unit: '涧西区政府', parent: 'city' });

/** Files, their timers and the auditor over one real file, with incidents that the test holds. */
export function timedCases(dir: string, clock: Clock, incidents: readonly Incident[]) {
  const matrix = buildMatrix([PROVINCE, CITY, DISTRICT], HOME);
  const about = new Map(incidents.map((incident) => [incident.id, incident]));
  const incident = (id: IncidentId): Incident | undefined => about.get(id);
  const book = openCases(join(dir, 'cases.sqlite'), clock);
  const parts = { book, timers: book.timers, clock, matrix: () => matrix, incident };
  const cases = new CaseDesk(parts);
  const warnings: string[] = [];
  const missed: string[] = [];
  const log = { warn: (message: string) => warnings.push(message) };
  const timers = new Timers({
    ...parts,
    fire: (now) => fireDue({ ...parts, cases }, now),
    onSetBack: (now) => heedSetBack(cases, now),
    log,
  });
  const pending = (events: readonly CaseEvent[]) => {
    const state = foldCase(events);
    const running = state === undefined ? undefined : cases.clockOf(state);
    return state === undefined || running === undefined ? [] : pendingTimers(state, running);
  };
  const audit = new TimerAudit({
    ...{ book, clock, pending, log },
    onMissed: ({ incident: id, kind }) => missed.push(`${id} ${kind}`),
  });
  return { book, cases, timers, audit, warnings, missed, close: () => book.close() };
}
