import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  MODEL_FILE,
  encodeTable,
  sha256Of,
  type ModelCard,
  type TableCard,
} from '../server/adapters/models/model-files.ts';
import { FORECAST_FILE } from '../server/adapters/models/load-forecast.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { THRESHOLDS_FILE, type StatedThresholds } from '../server/adapters/models/stated-thresholds.ts';
import { packageRoot } from '../server/package-root.ts';
import { buildTable, type BuiltTable } from './build-table.ts';
import { dataFolder } from './data-folder.ts';
import { readParts } from './parts.ts';
import { readReviewedRows } from './reviewed-rows.ts';
import { stateThresholds } from './state-thresholds.ts';
import { fitForecast, forecastModel } from './train-forecast.ts';
import { trainPlea } from './train-plea.ts';
import { trainReplies } from './train-replies.ts';
import { trainTexts } from './train-texts.ts';

const MODELS = join(packageRoot(), 'pipelines/2-understand/models');
const MOST_TEXT_FEATURES = 120_000;
const MOST_REPLY_FEATURES = 60_000;

function writeBinary(name: string, bytes: Uint8Array): { file: string; sha256: string; bytes: number } {
  writeFileSync(join(MODELS, name), bytes);
  return { file: name, sha256: sha256Of(bytes), bytes: bytes.byteLength };
}

function writeTable(name: string, table: BuiltTable): TableCard {
  const { columns, scales, bias } = table;
  const written = writeBinary(name, encodeTable(table.hashes, table.squares, table.weights));
  return { ...written, rows: table.hashes.length, columns, scales, bias };
}

/** npm run train -- --reviewed FILE: an office's own cases join the rows. @throws Error where the command line says anything else */
function reviewedFile(): string | undefined {
  const { values } = parseArgs({ options: { reviewed: { type: 'string' } } });
  return values.reviewed;
}

/** Seconds; apart from all other weights: npm run train -- forecast */
function writeForecast(data: string): void {
  const file = join(packageRoot(), FORECAST_FILE);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(forecastModel(fitForecast(data)), null, 2)}\n`);
}

function train(): void {
  const data = dataFolder();
  writeForecast(data);
  if (process.argv[2] === 'forecast') return;
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  mkdirSync(MODELS, { recursive: true });
  const parts = readParts();
  // Cue words alone, so that it can be fitted again in seconds when they change: npm run train -- plea
  const plea = trainPlea(data, parts, say);
  if (process.argv[2] === 'plea') return;
  const reviewed = readReviewedRows(reviewedFile());
  const texts = trainTexts(data, parts, plea, say, reviewed);
  const replies = trainReplies(data, parts, texts.rumorLogits, say);
  const card: ModelCard = {
    format: 1,
    trained: '2026-11-25',
    folding: writeBinary('folding.bin', new Uint8Array(parts.folding.buffer)),
    tables: {
      text: writeTable('text.bin', buildTable(texts.heads, texts.vocabulary, MOST_TEXT_FEATURES)),
      replies: writeTable('replies.bin', buildTable([replies.head], replies.vocabulary, MOST_REPLY_FEATURES)),
    },
    numbers: { ...texts.numbers, ...replies.numbers },
  };
  const model = `${JSON.stringify(card, null, 2)}\n`;
  writeFileSync(join(MODELS, MODEL_FILE), model);
  say('stating what the released thresholds keep');
  const stated: StatedThresholds = {
    format: 1,
    // What the program calls these weights: the pleas' layer belongs to them.
    weights: loadWeights(MODELS).version,
    measuredOn: 'CED by time: learnt on the first 70 %, judged on the last 30 %, 0 h',
    thresholds: stateThresholds(data, parts),
  };
  writeFileSync(join(MODELS, THRESHOLDS_FILE), `${JSON.stringify(stated, null, 2)}\n`);
  const size = card.folding.bytes + card.tables.text.bytes + card.tables.replies.bytes;
  say(`written to ${MODELS}: ${(size / 1e6).toFixed(2)} MB`);
}

try {
  train();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
