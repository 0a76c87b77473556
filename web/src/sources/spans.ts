import { spanWords } from '../ui/time-words.ts';

const SECOND = 1_000;

/** "10分", "2时", "40秒" of so many seconds. */
export const spanOf = (seconds: number): string =>
  seconds < 60 ? spanWords(Math.max(1, Math.round(seconds)) * SECOND) : spanWords(seconds * SECOND, false);

const UNITS: Readonly<Record<string, number>> = { 秒: 1, 分: 60, 时: 3_600, 天: 86_400 };

/** Seconds of what a person wrote: 10分, 2时, 1天, 40秒; a bare number is minutes. undefined where it is no span. */
export function secondsOf(text: string): number | undefined {
  const parts = /^(\d{1,5})(秒|分钟?|小?时|天)?$/u.exec(text.replaceAll(/\s/gu, ''));
  if (parts === null) return undefined;
  const unit = UNITS[(parts[2] ?? '分').replace('分钟', '分').replace('小时', '时')] ?? 60;
  const seconds = Number(parts[1]) * unit;
  return seconds > 0 ? seconds : undefined;
}

/** The same written as a person would: in the largest unit that is whole; empty for null. */
export function spanText(seconds: number | null): string {
  if (seconds === null) return '';
  const [unit = '秒', size = 1] = Object.entries(UNITS)
    .reverse()
    .find(([, each]) => seconds % each === 0) ?? ['秒', 1];
  return `${seconds / size}${unit}`;
}
