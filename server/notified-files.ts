import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import type { Notice } from '../pipelines/domain/notice.ts';
import type { Viewer } from '../pipelines/domain/person.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import { actorOf } from './answering-desk.ts';
import type { CaseDesk } from './case-desk.ts';

/** What telling people leaves in the files of incidents. */
export interface NotifiedFiles {
  /** A person took it over where calls are shown. Nothing where the file says so already, or is closed. */
  acknowledged(incident: IncidentId, viewer: Viewer): void;
  /** A channel has delivered a notice. Where it told of a hand-off, the file says once when the unit was told. */
  delivered(notice: Notice, channel: string): void;
}

export function notifiedFiles(cases: Pick<CaseDesk, 'act' | 'events' | 'state'>, clock: Clock): NotifiedFiles {
  const seqOf = (incident: Incident['id']): number => cases.state(incident)?.seq ?? 0;
  return {
    acknowledged(incident, viewer) {
      if (cases.state(incident)?.acknowledged !== undefined) return;
      cases.act(incident, seqOf(incident), { act: 'acknowledged', at: clock.now(), by: actorOf(viewer) });
    },
    delivered({ kind, incident, id }, channel) {
      if (kind !== 'handOff' || incident === null) return;
      const events = cases.events(incident);
      const told = events.find(({ seq }) => id === `case-${incident}-${seq}`);
      if (told?.act !== 'assigned') return;
      const { account, seq } = told;
      // Several channels bring the same notice, and after a kill the same delivery is looked at again.
      if (events.some((event) => event.act === 'notified' && event.account === account && event.seq > seq)) return;
      cases.act(incident, seqOf(incident), {
        ...{ act: 'notified', account, at: clock.now() },
        ...{ by: { kind: 'rule', rule: '通知送达' }, why: `渠道“${channel}”已送达` },
      });
    },
  };
}
