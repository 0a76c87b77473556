import { describe, expect, test } from 'vitest';
import { EVERYTHING_SUBSCRIBED, type ChannelTarget } from '../../pipelines/domain/notify-channel.ts';
import type { CallEvent } from '../../pipelines/domain/duty-roster.ts';
import type { IncidentId } from '../../pipelines/domain/incident.ts';
import type { RegionCode } from '../../pipelines/domain/region.ts';
import type { ChannelBook, ChannelEntry } from '../../pipelines/ports/channel-book.ts';
import type { DeliveryBook } from '../../pipelines/ports/delivery-book.ts';
import type { DutyBook } from '../../pipelines/ports/duty-book.ts';
import type { MuteBook } from '../../pipelines/ports/mute-book.ts';
import { aNotice, EVENING } from '../seeds/notices.ts';

export interface BookUnderTest {
  readonly channels: ChannelBook;
  readonly deliveries: DeliveryBook;
  readonly mutes: MuteBook;
  readonly duty: DutyBook;
  close(): void;
}

export const aTarget: ChannelTarget = {
  kind: 'dingtalk',
  url: 'https://oapi.dingtalk.com/robot/send?access_token=canary-token-91',
  secret: 'SECcanary-secret-92',
};
export const aChannel = (given: Partial<ChannelEntry> & Pick<ChannelEntry, 'id'>): ChannelEntry => ({
  ...{ name: given.id, target: aTarget, subscription: EVERYTHING_SUBSCRIBED, quiet: null, second: null, paused: false },
  ...{ changedAt: EVENING, changedBy: '管理员' },
  ...given,
});

/** What keeps channels, the outbox, mutes and shifts. `open` called again with a name opens the same book. */
export function notifyBookSuite(name: string, open: (name: string) => BookUnderTest): void {
  describe(`notify book: ${name}`, () => {
    let serial = 0;
    const fresh = (): BookUnderTest => open(`fresh-${++serial}`);
    const enqueue = (book: BookUnderTest, id: string, thread = 'i1', given = {}): void =>
      book.deliveries.enqueue([{ channel: 'c', notice: aNotice({ id, thread }), dueAt: EVENING, ...given }], EVENING);
    const due = (book: BookUnderTest, now = EVENING): string[] =>
      book.deliveries.due('c', now, 100).map(({ notice }) => notice.id);

    test('a channel comes back without its secret, and leads where it was told to', () => {
      const { channels } = fresh();
      expect(channels.add(aChannel({ id: 'a' }))).toBe(true);
      expect(channels.add(aChannel({ id: 'a' }))).toBe(false);
      expect(channels.add(aChannel({ id: 'b', name: 'a' }))).toBe(false);
      const [shown] = channels.list();
      expect(shown).toMatchObject({
        id: 'a',
        kind: 'dingtalk',
        host: 'oapi.dingtalk.com',
        lastFour: 't-92',
        signed: true,
      });
      expect(JSON.stringify(shown)).not.toContain('canary');
      expect(channels.target('a')).toEqual(aTarget);
      const stamp = { changedAt: EVENING + 1, changedBy: '李' };
      expect(channels.change('a', { ...stamp, name: '群' })).toBe(true);
      expect(channels.target('a')).toEqual(aTarget);
      expect(channels.list()).toMatchObject([{ name: '群', ...stamp }]);
      expect(channels.change('nobody', stamp)).toBe(false);
      expect(channels.remove('a')).toBe(true);
      expect(channels.target('a')).toBeUndefined();
    });

    test('one notice is kept once a channel, whoever says it how often, together with the place it was read at', () => {
      const book = fresh();
      const rows = [{ channel: 'c', notice: aNotice(), dueAt: EVENING }];
      book.deliveries.enqueue(rows, EVENING, { name: 'alerts', at: 5 });
      book.deliveries.enqueue([...rows, { ...rows[0]!, channel: 'd' }], EVENING, { name: 'alerts', at: 6 });
      expect(due(book)).toEqual(['alert-1']);
      expect(book.deliveries.due('d', EVENING, 9)).toHaveLength(1);
      expect(book.deliveries.cursor('alerts')).toBe(6);
      expect(book.deliveries.cursor('else')).toBeUndefined();
    });

    test('an incident keeps its order: what comes after one that waits, waits', () => {
      const book = fresh();
      enqueue(book, 'alert-1');
      enqueue(book, 'alert-2');
      enqueue(book, 'alert-3', 'i2');
      const [first] = book.deliveries.due('c', EVENING, 1);
      const attempt = book.deliveries.begin('c', [first!.n], EVENING);
      book.deliveries.end(attempt, { kind: 'retry', says: '500', dueAt: EVENING + 1_000 }, EVENING);
      expect(due(book)).toEqual(['alert-3']);
      expect(due(book, EVENING + 1_000)).toEqual(['alert-1', 'alert-2', 'alert-3']);
      expect(book.deliveries.due('c', EVENING + 1_000, 9).map(({ nth, attempts }) => [nth, attempts])).toEqual([
        [1, 1],
        [2, 0],
        [1, 0],
      ]);
    });

    test('what is held for the morning goes along when a life is at risk', () => {
      const book = fresh();
      enqueue(book, 'alert-1', 'i1', { dueAt: EVENING + 9_000_000, held: true });
      enqueue(book, 'alert-2', 'i2', { dueAt: EVENING + 9_000_000, held: true });
      expect(due(book)).toEqual([]);
      book.deliveries.enqueue(
        [{ channel: 'c', notice: aNotice({ id: 'alert-3', thread: 'i1', lifeAtRisk: true }), dueAt: EVENING }],
        EVENING,
      );
      expect(due(book)).toEqual(['alert-1', 'alert-3']);
    });

    test('is sent only once its receiver said so, dead with the reason, and can be brought back', () => {
      const book = fresh();
      enqueue(book, 'alert-1');
      enqueue(book, 'alert-2', 'i2');
      const [one, two] = book.deliveries.due('c', EVENING, 9);
      const first = book.deliveries.begin('c', [one!.n], EVENING);
      expect(book.deliveries.list({ limit: 9 }).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
      book.deliveries.end(first, { kind: 'delivered', says: 'ok' }, EVENING + 5);
      const second = book.deliveries.begin('c', [two!.n], EVENING + 6);
      book.deliveries.end(second, { kind: 'refused', says: '签名不对' }, EVENING + 7);
      expect(book.deliveries.list({ limit: 9, state: 'dead' })).toMatchObject([{ because: '签名不对', attempts: 1 }]);
      expect(book.deliveries.count('c')).toEqual({ waiting: 0, sent: 1, dead: 1, muted: 0 });
      expect(book.deliveries.attempts('c', 9)).toMatchObject([
        { outcome: 'refused', notices: ['alert-2'], says: '签名不对' },
        { outcome: 'delivered', notices: ['alert-1'] },
      ]);
      expect(book.deliveries.attemptsSince('c', EVENING)).toEqual([EVENING + 6]);
      expect(book.deliveries.revive({ ids: [one!.n, two!.n] }, EVENING + 9)).toBe(1);
      expect(due(book, EVENING + 9)).toEqual(['alert-2']);
    });

    test('what a channel could not bring is told apart from what is held, and is passed on once', () => {
      const book = fresh();
      enqueue(book, 'late');
      enqueue(book, 'held', 'i2', { held: true });
      enqueue(book, 'muted', 'i3', { muted: '静音' });
      expect(book.deliveries.stuck('c', EVENING - 1, 9)).toEqual([]);
      const stuck = book.deliveries.stuck('c', EVENING, 9);
      expect(stuck.map(({ notice }) => notice.id)).toEqual(['late']);
      book.deliveries.markPassedOn(stuck.map(({ n }) => n));
      expect(book.deliveries.stuck('c', EVENING, 9)).toEqual([]);
      expect(due(book)).toEqual(['late', 'held']);
      book.deliveries.bury([stuck[0]!.n], '一天没有送到', EVENING);
      expect(due(book)).toEqual(['held']);
      book.deliveries.forget(EVENING + 1);
      expect(book.deliveries.list({ limit: 9 }).map(({ notice }) => notice.id)).toEqual(['held']);
    });

    test('a mute is kept with who, why and until when, and ends once', () => {
      const { mutes } = fresh();
      const aim = { region: '410300' as RegionCode, words: ['停暖'] };
      const kept = mutes.add({ aim, reason: '已知故障', by: '张', at: EVENING, until: EVENING + 1_000 });
      expect(mutes.list(9)).toEqual([
        { id: kept.id, aim, reason: '已知故障', by: '张', at: EVENING, until: EVENING + 1_000, ended: null },
      ]);
      expect(mutes.end(kept.id, '李', EVENING + 5)).toBe(true);
      expect(mutes.end(kept.id, '王', EVENING + 6)).toBe(false);
      expect(mutes.end(99, '王', EVENING)).toBe(false);
      expect(mutes.list(9)).toMatchObject([{ ended: { at: EVENING + 5, by: '李' } }]);
    });

    test('shifts, rules, calls and their timers are there after it was closed', () => {
      const book = open('kept');
      const incident = 'i1' as IncidentId;
      const members = [{ name: '张', channel: 'c' }];
      const shift = book.duty.saveShift({ name: '白班', on: { days: [1] }, from: 480, to: 1_200, members });
      book.duty.saveShift({ ...shift, name: '早班' });
      const rules = { ...book.duty.rules(), on: true, changedBy: '李' };
      book.duty.saveRules(rules);
      const began: CallEvent = { act: 'began', incident, at: EVENING, urgent: true, title: '停暖' };
      book.duty.record(
        [began],
        { incident, step: 0, dueAt: EVENING },
        [{ channel: 'c', notice: aNotice(), dueAt: EVENING }],
        EVENING,
      );
      book.close();
      const again = open('kept');
      expect(again.duty.shifts()).toEqual([{ ...shift, name: '早班' }]);
      expect(again.duty.rules()).toEqual(rules);
      expect(again.duty.events(incident)).toEqual([began]);
      expect(again.duty.incidents(EVENING, 9)).toEqual([incident]);
      expect(again.duty.timers()).toEqual([{ incident, step: 0, dueAt: EVENING }]);
      expect(again.deliveries.due('c', EVENING, 9)).toHaveLength(1);
      again.duty.record([{ act: 'taken', incident, at: EVENING, by: '张' }], null, [], EVENING);
      expect(again.duty.timers()).toEqual([]);
      expect(again.duty.removeShift(shift.id)).toBe(true);
      again.close();
    });
  });
}
