import type { ShiftSpan } from '../../pipelines/domain/duty-roster.ts';
import type { Notice } from '../../pipelines/domain/notice.ts';
import { handOverNote } from '../../pipelines/5-respond/hand-over-note.ts';
import type { NoticeWords } from '../../pipelines/5-respond/notice-of-alert.ts';
import { sayNote } from '../../pipelines/5-respond/say-note.ts';
import { beginningBetween, lastEnded } from '../../pipelines/5-respond/who-is-on-duty.ts';
import type { CaseBook } from '../../pipelines/ports/case-book.ts';
import type { ChannelBook } from '../../pipelines/ports/channel-book.ts';
import type { Clock } from '../../pipelines/ports/clock.ts';
import type { DeliveryBook, Enqueue } from '../../pipelines/ports/delivery-book.ts';
import type { DeskStore } from '../../pipelines/ports/desk-store.ts';
import type { DutyBook } from '../../pipelines/ports/duty-book.ts';
import { noteFiles } from './note-files.ts';

export interface ShiftNoteParts {
  readonly desk: DeskStore;
  readonly cases?: Pick<CaseBook, 'events'>;
  readonly duty: DutyBook;
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly words: NoticeWords;
  readonly clock: Clock;
}

const CURSOR = 'shift-notes';
const DAY = 86_400_000;
/** A note that is later than this is no news to whoever has been on duty since. */
const LATEST = DAY / 2;

/**
 * 交接单 to whoever comes on duty, by the channels that reach them, when their turn begins: once for each turn and channel, also after a
 * kill, since the message and the place read up to are one commit and the turn names the message. A clock that was set back is followed:
 * turns that begin again are known by their names.
 */
export class ShiftNotes {
  readonly #parts: ShiftNoteParts;

  constructor(parts: ShiftNoteParts) {
    this.#parts = parts;
  }

  round(): void {
    const { deliveries, duty, clock } = this.#parts;
    const now = clock.now();
    const read = deliveries.cursor(CURSOR);
    if (read === now) return;
    // Turns that began before the deployment first had this are over.
    const from = read === undefined ? now : Math.max(Math.min(read, now), now - LATEST);
    const begun = from < now ? beginningBetween(duty.shifts(), from, now) : [];
    if (begun.length === 0 && read !== undefined && read < now && now - read < LATEST / 2) return;
    deliveries.enqueue(
      begun.flatMap((span) => this.#noteFor(span, now)),
      now,
      { name: CURSOR, at: now },
    );
  }

  #noteFor(span: ShiftSpan, now: number): Enqueue[] {
    const { desk, cases, duty, channels, words } = this.#parts;
    const before = lastEnded(duty.shifts(), span.from);
    const from = before?.from ?? span.from - LATEST;
    const known = new Map(channels.list().map((channel) => [channel.id, channel]));
    const reached = [...new Set(span.shift.members.map(({ channel }) => channel))];
    return reached.flatMap((id): Enqueue[] => {
      const channel = known.get(id);
      if (channel === undefined) return [];
      // A channel that hears of some regions only hears of nothing else here either.
      const { regions } = channel.subscription;
      const scope = { regions: regions.length === 0 ? ('all' as const) : regions, incidents: new Set<never>() };
      const note = handOverNote(noteFiles(desk, cases, scope), from, span.from, words);
      const notice: Notice = {
        id: `shift-${span.shift.id}-${span.from}`,
        kind: 'shiftNote',
        at: span.from,
        thread: `shift-${span.shift.id}`,
        ...{ incident: null, region: null, rung: null, incidentKind: null, lifeAtRisk: false },
        title: `${span.shift.name}，${span.shift.members.map(({ name }) => name).join('、')}`,
        place: '',
        says: sayNote(note, now),
        due: null,
        path: 'oncall',
      };
      return [{ channel: id, notice, dueAt: now }];
    });
  }
}
