import type { Notice } from '../domain/notice.ts';
import { clockOf, minuteOfDay } from '../domain/shanghai-time.ts';
import type { Message } from '../ports/channel.ts';
import { plain, wordNotice, type Wording } from './word-notice.ts';

/** A word that tells of nothing, to see whether a channel works. */
export function testMessage(at: number, by: string, wording: Wording): Message {
  const notice: Notice = {
    ...{ id: `test-${at}`, kind: 'test', at, thread: 'test', incident: null, region: null, rung: null },
    ...{ incidentKind: null, lifeAtRisk: false, place: '', due: null, path: 'channels' },
    title: '这是一条试发的消息',
    says: [`${plain(by)}在${clockOf(minuteOfDay(at))}试发，收到即可，不用处理`],
  };
  return { ...wordNotice(notice, 1, wording), id: notice.id, thread: notice.thread, notices: [notice] };
}
