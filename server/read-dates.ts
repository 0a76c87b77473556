import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { DateFacts } from '../pipelines/6-report/facts.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/u;

/**
 * calendar.csv of the data folder: day, what, source (日期,事项,出处), one date a row: examinations, forecasts, policies that take
 * effect. No file: no dates. @throws Error that names the line and what is wrong with it
 */
export function readDates(path: string): readonly DateFacts[] {
  if (!existsSync(path)) return [];
  const rows: string[][] = parse(readFileSync(path, 'utf8'), { bom: true, trim: true, skip_empty_lines: true });
  return rows.flatMap(([day = '', what = '', source = ''], at) => {
    if (at === 0 && !DAY.test(day)) return [];
    const where = `${path}:${at + 1}`;
    if (!DAY.test(day) || Number.isNaN(Date.parse(day))) throw new Error(`${where} 的日期“${day}”要写作2026-11-27`);
    if (what === '' || source === '') throw new Error(`${where} 要有事项和出处，列为日期、事项、出处`);
    return [{ day, what, source }];
  });
}
