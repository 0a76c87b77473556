import { saySpan, sayTime } from '../domain/shanghai-time.ts';
import type { HandOverNote, OpenLine } from './hand-over-note.ts';

/** A robot's message holds some 2,000 bytes; the page holds the rest. */
const LINES = 8;

/** 交接单 as a message to the shift that begins, one sentence each: how much is open, and of what is open the most urgent first. */
export function sayNote(note: HandOverNote, now: number): readonly string[] {
  const { open, from, to, opened, closed } = note;
  const urgent = open.filter(({ lifeAtRisk }) => lifeAtRisk).length;
  const overdue = open.filter(({ due }) => due !== null && due <= now).length;
  const marks = [...(urgent > 0 ? [`危及生命${urgent}件`] : []), ...(overdue > 0 ? [`已超时${overdue}件`] : [])];
  const head = `${sayTime(from)}至${sayTime(to)}：新增${opened}件，办结${closed}件，接着办${open.length}件`;
  return [
    marks.length === 0 ? head : `${head}，其中${marks.join('、')}`,
    ...open.slice(0, LINES).map((line, at) => `${at + 1}、${sayLine(line, now)}`),
    ...(open.length > LINES ? [`另有${open.length - LINES}件，见值班页的交接单`] : []),
  ];
}

function sayLine({ title, place, lifeAtRisk, court, since, due, status }: OpenLine, now: number): string {
  const left =
    due === null
      ? status === 'answered'
        ? '已回应未办结'
        : '没有时限'
      : due > now
        ? `还剩${saySpan(due - now)}`
        : `超时${saySpan(now - due)}`;
  const who = court === null ? '无人承办' : `${sayTime(since)}起在${court}`;
  return `${lifeAtRisk ? '【急】' : ''}${title}（${place}），${left}，${who}`;
}
