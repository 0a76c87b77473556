import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { isRegionCode, type RegionCode } from '../pipelines/domain/region.ts';

export type Population = ReadonlyMap<RegionCode, { readonly number: number; readonly source: string }>;

const HEAD = ['code', 'people', 'source'] as const;

/** What ships with the program, and over it what the office knows better. @throws Error that names the file and line */
export const readPopulations = (...paths: readonly string[]): Population =>
  new Map(paths.flatMap((path) => [...readPopulation(path)]));

/**
 * A table code, people, source (代码,人口,出处), one division a row. No file: nobody is counted.
 * @throws Error that names the line and what is wrong with it
 */
function readPopulation(path: string): Population {
  const population = new Map<RegionCode, { number: number; source: string }>();
  if (!existsSync(path)) return population;
  const rows: string[][] = parse(readFileSync(path, 'utf8'), { bom: true, trim: true, skip_empty_lines: true });
  for (const [at, [code = '', people = '', source = '']] of rows.entries()) {
    if (at === 0 && !isRegionCode(code)) continue;
    const where = `${path}:${at + 1}`;
    if (!isRegionCode(code)) throw new Error(`${where} 的代码“${code}”不是行政区划代码`);
    const number = Number(people.replaceAll(',', ''));
    if (!Number.isInteger(number) || number <= 0) throw new Error(`${where} 的人口“${people}”不是正整数`);
    if (source === '') throw new Error(`${where} 没有写出处，如“第七次全国人口普查公报”；列为 ${HEAD.join('、')}`);
    population.set(code, { number, source });
  }
  return population;
}
