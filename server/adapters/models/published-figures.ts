import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';

/** One figure as it was published, in words for people. */
export interface PublishedFigure {
  /** Which judgement: mood, sentiment, rumor, help, life, needs, duty, place, watch, forecast. */
  readonly head: string;
  /** What was measured and on what. */
  readonly says: string;
  readonly value: number;
  /** Rows it rests on. */
  readonly n: number;
  /** 95 % interval. */
  readonly low?: number;
  readonly high?: number;
  readonly bar?: number;
  readonly lowerIsBetter?: boolean;
}

/** `models/figures.json`: written by `npm run evaluate -- --publish`. */
export interface PublishedFigures {
  readonly format: 1;
  /** A day, 2026-11-28. */
  readonly measuredOn: string;
  readonly weights: string;
  readonly figures: readonly PublishedFigure[];
}

export const FIGURES_FILE = 'figures.json';
const FOLDER = join(packageRoot(), 'pipelines/2-understand/models');

/** @throws Error with the remedy where the file is absent or no JSON */
export function loadPublishedFigures(folder: string = FOLDER): PublishedFigures {
  const file = join(folder, FIGURES_FILE);
  const remedy = 'take the released file again, or write it with npm run evaluate -- --publish';
  if (!existsSync(file)) throw new Error(`The published figures ${file} are absent: ${remedy}.`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PublishedFigures;
  } catch (cause) {
    throw new Error(`The published figures ${file} are not JSON: ${remedy}.`, { cause });
  }
}

/** On its bad side of its bar. */
export const missesBar = ({ value, bar, lowerIsBetter }: PublishedFigure): boolean =>
  bar !== undefined && (lowerIsBetter === true ? value > bar : value < bar);
