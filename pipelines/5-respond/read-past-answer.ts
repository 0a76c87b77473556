import type { CaseEvent } from '../domain/case-event.ts';
import type { PastAnswer } from '../domain/precedent.ts';
import { foldCase } from './fold-case.ts';

/** What became of an incident by its file; null where the file tells neither an answer nor an end: no outcome recorded. */
export function readPastAnswer(events: readonly CaseEvent[]): PastAnswer | null {
  const state = foldCase(events);
  if (state === undefined) return null;
  const began = state.starts[state.start] ?? state.starts.firstSeen;
  const first = state.words
    .filter(({ kind }) => kind === 'answered')
    .sort((a, b) => a.word.publishedAt - b.word.publishedAt || a.seq - b.seq)[0]?.word;
  const { closed } = state;
  if (first === undefined && closed === undefined) return null;
  const since = (at: number): number => Math.max(0, at - began);
  const count = (kind: string): number => state.words.filter((word) => word.kind === kind).length;
  return {
    first:
      first === undefined
        ? null
        : {
            account: first.account,
            text: first.text,
            ...(first.link === undefined ? {} : { link: first.link }),
            at: first.publishedAt,
            after: since(first.publishedAt),
          },
    relayed: count('relayed'),
    supplemented: count('supplemented'),
    corrected: count('corrected'),
    closed: closed === undefined ? null : { outcome: closed.outcome, at: closed.at, after: since(closed.at) },
    solved: state.voices.filter(({ solved }) => solved).length,
    unsolved: state.voices.filter(({ solved }) => !solved).length,
  };
}
