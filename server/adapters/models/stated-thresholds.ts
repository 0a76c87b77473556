import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../package-root.ts';

/** A share with its 95 % interval and the rows it rests on. */
interface StatedShare {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** What a released threshold keeps, on rows that had not been learned from. */
export interface StatedThreshold {
  readonly threshold: number;
  readonly precision: StatedShare;
  readonly recall: StatedShare;
}

/** `models/thresholds.json`: written by npm run train beside the weights it belongs to. */
export interface StatedThresholds {
  readonly format: 1;
  readonly weights: string;
  readonly measuredOn: string;
  readonly thresholds: Readonly<Record<'rumor.known' | 'rumor.unknown', StatedThreshold>>;
}

export const THRESHOLDS_FILE = 'thresholds.json';

/** undefined where nothing is stated, or it was stated of other weights. */
export function loadStatedThresholds(
  weights: string,
  folder: string = join(packageRoot(), 'pipelines/2-understand/models'),
): StatedThresholds | undefined {
  const file = join(folder, THRESHOLDS_FILE);
  if (!existsSync(file)) return undefined;
  let stated: StatedThresholds;
  try {
    stated = JSON.parse(readFileSync(file, 'utf8')) as StatedThresholds;
  } catch (cause) {
    throw new Error(`${file} is not JSON: take the released file again, or rebuild it with npm run train.`, { cause });
  }
  return stated.weights === weights ? stated : undefined;
}
