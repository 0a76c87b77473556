import { spanWords } from '../ui/time-words.ts';

const SECOND = 1_000;

/** "10分", "2时", "40秒" of so many seconds. */
export const spanOf = (seconds: number): string =>
  seconds < 60 ? spanWords(Math.max(1, Math.round(seconds)) * SECOND) : spanWords(seconds * SECOND, false);
