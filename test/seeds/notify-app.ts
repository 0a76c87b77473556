import { join } from 'node:path';
import type { CallEvent } from '../../pipelines/domain/duty-roster.ts';
import type { Incident, IncidentEvent, IncidentId } from '../../pipelines/domain/incident.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { Suggestion } from '../../pipelines/domain/suggestion.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';
import type { Silence } from '../../pipelines/ports/source-book.ts';
import { openDesk } from '../../server/adapters/desk/sqlite-desk.ts';
import { buildNotifyRunner, type NotifyRunner } from '../../server/notify-runner.ts';
import { EVENING } from './notices.ts';

/** A clock on the wall that can be set, and one that only runs forward; `pass` moves both. */
export class TwoClocks {
  wall = EVENING;
  forward = 0;
  now = (): number => this.wall;
  steady = (): number => this.forward;
  pass(ms: number): void {
    this.wall += ms;
    this.forward += ms;
  }
}

const suggestion = (id: string): Suggestion => ({
  ...{ id, first: 'songxian', outside: null, then: [], because: ['基层首发'] },
  clock: { rule: '一般政务舆情：48 小时内回应', minutes: 2_880 },
});

let offset = 0;

/** An incident is found, or climbs, and an alert of it is put on the desk as the flow does it. */
export function raise(desk: DeskStore, id: string, given: Partial<Incident> = {}, at = EVENING): void {
  const incident = id as IncidentId;
  const about = {
    ...{ region: '410325' as RegionCode, regionName: '嵩县', rung: 'county', heat: 40, title: `${id}停暖`, terms: [] },
    ...{ kind: '投诉', need: '投诉', duty: [], urgent: false, lifeAtRisk: false, rumor: 0 },
    ...given,
  } as const;
  const event = { ...about, at, event: 'opened', incident, posts: [], count: 3, because: [] } as IncidentEvent;
  const steps = [{ from: null, to: about.rung, at, because: ['两个街道都有人说'], evidence: [] }];
  const whole = { ...about, id: incident, firstPostAt: at, openedAt: at, lastPostAt: at, count: 3, copies: 3 };
  desk.record({
    upTo: ++offset,
    events: [event],
    incidents: [{ ...whole, steps: given.steps ?? steps, state: 'open' } as Incident],
    evidence: [],
    alerts: [{ event, suggestion: suggestion(id) }],
  });
}

export interface NotifyDesk {
  readonly desk: DeskStore;
  readonly runner: NotifyRunner;
  readonly silences: Silence[];
  close(): Promise<void>;
}

/** What tells people over a real desk and a real outbox in a folder, moved on by hand. */
export function notifyDesk(dir: string, clocks: TwoClocks, hosts: readonly string[] = []): NotifyDesk {
  const desk = openDesk(join(dir, 'desk.sqlite'));
  const silences: Silence[] = [];
  const runner = buildNotifyRunner({
    config: { varDir: dir, notifyHosts: hosts.join(',') },
    clock: clocks,
    steady: clocks.steady,
    desk,
    sources: { silences: () => [...silences].reverse(), list: () => [] },
    account: () => undefined,
    regionName: (code) => (code === '410325' ? '嵩县' : code),
    drill: false,
    log: { warn: () => undefined },
  });
  return {
    ...{ desk, runner, silences },
    async close() {
      await runner.stop();
      desk.close();
    },
  };
}

export const called = (events: readonly CallEvent[]): string[] =>
  events.flatMap((event) => (event.act === 'called' ? [event.member.name] : []));
