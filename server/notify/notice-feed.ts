import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import { EVERYTHING } from '../../pipelines/domain/person.ts';
import { saySpan, sayTime } from '../../pipelines/domain/shanghai-time.ts';
import { aboutIncident, noticeOfAlert, type NoticeWords } from '../../pipelines/5-respond/notice-of-alert.ts';
import { noticeOfCaseEvent } from '../../pipelines/5-respond/notice-of-case-event.ts';
import { muteOf, routeNotice } from '../../pipelines/5-respond/route-notice.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import type { ChannelBook } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { DeliveryBook, Enqueue } from '../../pipelines/ports/delivery-book.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';
import type { MuteBook } from '../../pipelines/ports/mute-book.ts';
import type { Silence, SourceBook } from '../../pipelines/ports/source-book.ts';
import type { Caller } from './caller.ts';

export interface FeedParts {
  readonly desk: DeskStore;
  /** The files of incidents; absent where nobody keeps any. */
  readonly cases?: Pick<CaseBook, 'after'>;
  readonly sources: Pick<SourceBook, 'silences' | 'list'>;
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly mutes: MuteBook;
  readonly caller: Caller;
  readonly words: NoticeWords;
  readonly clock: Clock;
}

const AT_ONCE = 100;
const SILENCES_READ = 200;
const MUTES_READ = 500;

/**
 * Reads what happened, each book from where it was read last, and puts what people are told of it into the outbox in the same commit as
 * that place. So a restart misses nothing and tells nothing twice. What happened before a deployment first had this is not told.
 */
export class NoticeFeed {
  readonly #parts: FeedParts;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    const { deliveries, desk, cases, sources, clock } = parts;
    const begin = (name: string, at: () => number): void => {
      if (deliveries.cursor(name) === undefined) deliveries.enqueue([], clock.now(), { name, at: at() });
    };
    begin('alerts', () => desk.lastSeq(EVERYTHING));
    begin('silences', () => Math.max(0, ...sources.silences(SILENCES_READ).map(({ id }) => id)));
    begin('silences-ended', () => clock.now());
    if (cases !== undefined) begin('cases', () => lastOf(cases));
  }

  /** The newest alert that was read. */
  get read(): number {
    return this.#parts.deliveries.cursor('alerts') ?? 0;
  }

  round(): void {
    this.#readAlerts();
    this.#readCases();
    this.#readSilences();
  }

  #readAlerts(): void {
    const { desk, words, caller, mutes, clock } = this.#parts;
    for (;;) {
      const alerts = desk.alerts({ after: this.read, limit: AT_ONCE, regions: [], scope: EVERYTHING });
      for (const alert of alerts) {
        const incident = desk.incident(alert.incident);
        const notice = noticeOfAlert(alert, incident, words);
        // Before the place is moved on: a call begins once however often it is asked for.
        const isMuted = muteOf(notice, mutes.list(MUTES_READ), clock.now()) !== undefined;
        const isOurs = alert.suggestion.outside === null || notice.lifeAtRisk;
        if (!isMuted && isOurs)
          caller.begin(alert.incident, notice.title, notice.lifeAtRisk || incident?.urgent === true);
        this.#tell(notice, { name: 'alerts', at: alert.seq });
      }
      if (alerts.length < AT_ONCE) return;
    }
  }

  #readCases(): void {
    const { cases, desk, deliveries, words, caller } = this.#parts;
    if (cases === undefined) return;
    for (;;) {
      const rows = cases.after(deliveries.cursor('cases') ?? 0, AT_ONCE);
      for (const { n, event } of rows) {
        const { act, by, incident } = event;
        const who = by.kind === 'person' ? by.name : by.kind === 'unit' ? words.account(by.account) : '系统';
        if (act === 'closed') caller.close(incident, '已办结');
        else if (by.kind !== 'rule' && TAKES_OVER.has(act)) caller.take(incident, who);
        const notice = noticeOfCaseEvent(event, desk.incident(incident), null, words);
        this.#tell(notice, { name: 'cases', at: n });
      }
      if (rows.length < AT_ONCE) return;
    }
  }

  #readSilences(): void {
    const { sources, deliveries } = this.#parts;
    const silences = [...sources.silences(SILENCES_READ)].reverse();
    const told = deliveries.cursor('silences') ?? 0;
    for (const silence of silences.filter(({ id }) => id > told)) {
      const usual = saySpan(silence.usualMs);
      const says = `${sayTime(silence.since)}后没有来数据，平时${usual}一次；请检查采集`;
      this.#tell(this.#silenceNotice(silence, 'sourceSilent', silence.noticedAt, says), {
        name: 'silences',
        at: silence.id,
      });
    }
    const ended = deliveries.cursor('silences-ended') ?? 0;
    const back = silences.flatMap((silence) =>
      silence.endedAt !== null && silence.endedAt > ended ? [{ silence, at: silence.endedAt }] : [],
    );
    back.sort((a, b) => a.at - b.at);
    for (const [place, { silence, at }] of back.entries()) {
      const says = `${sayTime(at)}恢复，断了${saySpan(at - silence.since)}`;
      // Two may have come back in the same moment: the place moves on with the last.
      const cursor = place === back.length - 1 ? { name: 'silences-ended', at } : undefined;
      this.#tell(this.#silenceNotice(silence, 'sourceBack', at, says), cursor);
    }
  }

  #silenceNotice({ id, source }: Silence, kind: 'sourceSilent' | 'sourceBack', at: number, says: string): Notice {
    const { sources, words } = this.#parts;
    const region = sources.list().find(({ name }) => name === source)?.region ?? null;
    return {
      ...{ id: `${kind === 'sourceSilent' ? 'silence' : 'silence-end'}-${id}`, kind, at, thread: `source-${source}` },
      ...{
        incident: null,
        region,
        rung: null,
        incidentKind: null,
        lifeAtRisk: false,
        title: source,
        says: [says],
        due: null,
      },
      place: region === null ? '' : words.region(region),
      path: 'sources',
    };
  }

  #tell(notice: Notice | undefined, cursor: { readonly name: string; readonly at: number } | undefined): void {
    const { deliveries, channels, mutes, clock } = this.#parts;
    const now = clock.now();
    const muted = mutes.list(MUTES_READ);
    const rows =
      notice === undefined
        ? []
        : channels.list().flatMap(({ id, ...rules }): Enqueue[] => {
            const route = routeNotice(notice, rules, muted, now);
            switch (route.go) {
              case 'none':
                return [];
              case 'mute':
                return [{ channel: id, notice, dueAt: now, muted: route.because }];
              case 'hold':
                return [{ channel: id, notice, dueAt: route.until, held: true }];
              case 'now':
                return [{ channel: id, notice, dueAt: now }];
            }
          });
    deliveries.enqueue(rows, now, cursor);
  }
}

/** Acts by which somebody has taken an incident in hand. */
const TAKES_OVER: ReadonlySet<string> = new Set([
  'acknowledged',
  'assigned',
  'accepted',
  'answered',
  'dispatched',
  'overridden',
]);

function lastOf(cases: Pick<CaseBook, 'after'>): number {
  for (let at = 0; ;) {
    const last = cases.after(at, 1_000).at(-1);
    if (last === undefined) return at;
    at = last.n;
  }
}

/** What is said of an incident where it is called out for. */
export function aboutOf(
  desk: Pick<DeskStore, 'incident' | 'suggestion'>,
  words: NoticeWords,
  id: IncidentId,
): Omit<Notice, 'id' | 'kind' | 'at' | 'says'> | undefined {
  const incident = desk.incident(id);
  if (incident === undefined) return undefined;
  const minutes = desk.suggestion(id)?.clock.minutes;
  return {
    ...aboutIncident(id, incident, incident, words),
    due: minutes === undefined ? null : incident.openedAt + minutes * 60_000,
  };
}
