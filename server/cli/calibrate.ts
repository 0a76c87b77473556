import { join } from 'node:path';
import type { Measured } from '../../pipelines/2-understand/measure-scores.ts';
import { LEAST_CASES, LEAST_OF_EACH } from '../../pipelines/2-understand/fit-calibration.ts';
import { CALIBRATION_FILE, saveCalibration } from '../adapters/models/calibration-file.ts';
import { loadStatedThresholds, type StatedThreshold } from '../adapters/models/stated-thresholds.ts';
import { loadWeights } from '../adapters/models/load-weights.ts';
import { readTaxonomy } from '../adapters/models/read-taxonomy.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { calibrate, type CalibratedPart, type PartFigures, type PartResult } from '../calibrate.ts';
import { EXIT, type Streams } from './lines.ts';
import type { OfficeFlags } from './office-flags.ts';
import { readOffice } from './read-office.ts';
import { storedCases } from './reviews.ts';

const NAMES: Readonly<Record<CalibratedPart, string>> = {
  'rumor.known': '传言需核实，来源已知',
  'rumor.unknown': '传言需核实，来源未知',
  'need.plea': '求助',
};

/**
 * Re-fits scores and thresholds on the office's own reviewed cases and writes calibration.json into the data folder.
 * @returns 0; 1 where no part has cases enough (nothing is written); 2 for a precision that is none
 */
export function calibrateCommand(
  flags: OfficeFlags & { precision: string; dryRun?: boolean },
  streams: Streams,
): number {
  const precision = Number(flags.precision);
  if (!(precision >= 0.5 && precision < 1)) {
    streams.stderr.write(`--precision 应在 0.5 与 1 之间（如 0.8），不能是“${flags.precision}”\n`);
    return EXIT.usage;
  }
  const { config, understanding } = readOffice(flags);
  const { varDir } = config;
  // With the office's own words: a calibration counts only over the weights it was made with.
  const { taxonomy } = understanding;
  const weights = loadWeights(undefined, taxonomy === undefined ? undefined : readTaxonomy(taxonomy));
  const say = (line: string): void => void streams.stdout.write(`${line}\n`);
  const { parts, calibration } = calibrate(storedCases(varDir), weights, precision);
  say(`模型 ${weights.version}，目标精确率 ${percent(precision)}。“校准后”在未参与拟合的案例上量得（五段轮换）。`);
  const stated = loadStatedThresholds(weights.version);
  for (const part of ['rumor.known', 'rumor.unknown'] as const) say(statedLine(NAMES[part], stated?.thresholds[part]));
  for (const part of parts) for (const line of linesOf(part)) say(line);
  if (calibration === undefined) {
    streams.stderr.write(
      `已核案例太少，没有校准，一切照出厂：每一项至少要 ${LEAST_CASES} 条不同的文本，是、否各至少 ${LEAST_OF_EACH} 条。在事件页核对帖文即可积累。\n`,
    );
    return EXIT.fault;
  }
  const path = join(varDir, CALIBRATION_FILE);
  if (flags.dryRun === true) {
    say(`只看不写（--dry-run）：${path} 未改动。`);
    return EXIT.ok;
  }
  const madeAt = new Date(systemClock.now()).toISOString();
  saveCalibration(path, { format: 1, madeAt, weights: weights.version, precision, ...calibration });
  say(`已写入 ${path}；服务重新启动后采用，understand 即刻采用。`);
  return EXIT.ok;
}

/** What the released threshold keeps elsewhere, so that "before" has something to stand beside. */
const statedLine = (name: string, stated: StatedThreshold | undefined): string =>
  stated === undefined
    ? `${name}，出厂：没有为这个模型标明精确率。`
    : `${name}，出厂：阈值 ${stated.threshold.toFixed(2)}，公开数据上精确率 ${measured(stated.precision)}，召回率 ${measured(stated.recall)}。`;

function linesOf({ part, n, refused, note, threshold, before, after }: PartResult): string[] {
  const head = `${NAMES[part]}（${n} 条）`;
  if (refused !== undefined) return [`${head}：不校准，${refused}。`];
  const lines = [
    `${head}：${part === 'need.plea' ? '倾向' : '阈值'} ${fixed(threshold?.before)} → ${fixed(threshold?.after)}`,
  ];
  if (before !== undefined) lines.push(`  校准前  ${figures(before)}`);
  if (after !== undefined) lines.push(`  校准后  ${figures(after)}`);
  if (note !== undefined) lines.push(`  ${note}`);
  return lines;
}

function figures({ precision, recall, calibrationError }: PartFigures): string {
  const error = calibrationError === undefined ? '' : `  校准误差 ${measured(calibrationError)}`;
  return `精确率 ${measured(precision)}  召回率 ${measured(recall)}${error}`;
}

const fixed = (value: number | undefined): string => (value === undefined ? '—' : value.toFixed(2));
const percent = (value: number): string => `${Math.round(value * 100)}%`;
const measured = ({ value, low, high, n }: Measured): string =>
  n === 0 ? '无（n=0）' : `${value.toFixed(3)}（${low.toFixed(3)}–${high.toFixed(3)}，n=${n}）`;
