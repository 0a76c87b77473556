import type { IncidentEvent } from '../../pipelines/domain/incident.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';
import type { InventedPosts } from './invent-posts.ts';
import type { Invented } from './invent-week.ts';

/** Writes invented incidents with their evidence, alerts and files where a server would have written them. */
export function fillOffice(
  { desk, cases }: { readonly desk: DeskStore; readonly cases: CaseBook },
  incidents: readonly Invented[],
  posts: InventedPosts,
): void {
  for (const invented of incidents) {
    const { incident, minutes } = invented;
    const evidence = posts.evidenceOf(invented);
    const { id, region, regionName, rung, heat, title, terms, count, kind, need, duty, urgent, lifeAtRisk, rumor } =
      incident;
    const event: IncidentEvent = {
      ...{ at: incident.openedAt, event: 'opened', incident: id, region, regionName, rung, heat, title, terms, count },
      ...{ posts: [], kind, need, duty, urgent, lifeAtRisk, rumor, because: [] },
    };
    const suggestion = {
      ...{ id, first: null, outside: null, then: [], because: [] },
      clock: { rule: lifeAtRisk ? '人命关天15分钟内' : '一般48小时内', minutes },
    };
    desk.record({
      ...{ upTo: 0, events: [event], incidents: [incident], alerts: [{ event, suggestion }] },
      evidence: evidence.map(({ post, at }) => ({ incident: id, post, at })),
    });
  }
  cases.appendAll(incidents.map(({ incident, acts }) => ({ incident: incident.id, expected: 0, drafts: acts })));
}
