import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLEA_PARTS, type FeatureTable, type Weights } from '../../../pipelines/ports/weights.ts';
import { packageRoot } from '../../package-root.ts';
import { MODEL_FILE, decodeTable, sha256Of, tableBytes, type ModelCard, type TableCard } from './model-files.ts';
import { readCues } from './read-cues.ts';
import { withTaxonomy, type Taxonomy } from './read-taxonomy.ts';

const REMEDY = 'take the released file again, or rebuild all weights with npm run train';

function readBytes(folder: string, card: { file: string; sha256: string; bytes: number }): Uint8Array {
  const file = join(folder, card.file);
  if (!existsSync(file)) throw new Error(`The weight file ${file} is absent: ${REMEDY}.`);
  const bytes = readFileSync(file);
  if (bytes.byteLength !== card.bytes)
    throw new Error(`The weight file ${file} has ${bytes.byteLength} bytes, its card says ${card.bytes}: ${REMEDY}.`);
  if (sha256Of(bytes) !== card.sha256)
    throw new Error(`The weight file ${file} does not have the sha256 its card says: ${REMEDY}.`);
  return new Uint8Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function readTable(folder: string, card: TableCard): FeatureTable {
  if (card.bytes !== tableBytes(card.rows, card.columns.length) || card.scales.length !== card.columns.length)
    throw new Error(`The card of ${join(folder, card.file)} contradicts itself (rows × columns): ${REMEDY}.`);
  return decodeTable(readBytes(folder, card), card);
}

function readCard(folder: string): { card: ModelCard; text: string } {
  const file = join(folder, MODEL_FILE);
  if (!existsSync(file)) throw new Error(`The model card ${file} is absent: ${REMEDY}.`);
  const text = readFileSync(file, 'utf8');
  let card: ModelCard;
  try {
    card = JSON.parse(text) as ModelCard;
  } catch (cause) {
    throw new Error(`The model card ${file} is not JSON: ${REMEDY}.`, { cause });
  }
  if (card.format !== 1)
    throw new Error(`The model card ${file} is of format ${String(card.format)}, 1 is read here: ${REMEDY}.`);
  return { card, text };
}

/** The layer of pleas: `{"parts": {"cry": 1.4, …}}`, written by learning/train-plea.ts. */
function readPlea(folder: string): { numbers: Float32Array; text: string } {
  const file = join(folder, 'plea.json');
  if (!existsSync(file)) throw new Error(`The layer ${file} is absent: ${REMEDY}.`);
  const text = readFileSync(file, 'utf8');
  let parts: Readonly<Record<string, unknown>>;
  try {
    ({ parts } = JSON.parse(text) as { parts: Readonly<Record<string, unknown>> });
  } catch (cause) {
    throw new Error(`The layer ${file} is not JSON: ${REMEDY}.`, { cause });
  }
  const numbers = PLEA_PARTS.map((name) => {
    const value = parts[name];
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new Error(`The layer ${file} has no number "${name}": ${REMEDY}.`);
    return value;
  });
  return { numbers: Float32Array.from(numbers), text };
}

/**
 * The trained weights and the cue words, read once at start.
 *
 * @param folder of the model files; `pipelines/2-understand/models` where absent.
 * @param taxonomy the office's own words, on top of the released ones
 * @throws Error in one sentence with the remedy, where a file is absent, cut short or changed.
 */
export function loadWeights(
  folder: string = join(packageRoot(), 'pipelines/2-understand/models'),
  taxonomy?: Taxonomy,
): Weights {
  const { card, text } = readCard(folder);
  const lexicons = join(packageRoot(), 'pipelines/2-understand/lexicons');
  const folding = readBytes(folder, card.folding);
  const plea = readPlea(folder);
  const released = readCues(lexicons);
  const numbers = Object.entries(card.numbers).map(([name, values]): [string, Float32Array] => [
    name,
    Float32Array.from(values),
  ]);
  return {
    version: sha256Of(new TextEncoder().encode(text + plea.text + (taxonomy?.text ?? ''))).slice(0, 12),
    folding: new Uint16Array(folding.buffer),
    text: readTable(folder, card.tables.text),
    replies: readTable(folder, card.tables.replies),
    numbers: new Map([...numbers, ['need.plea', plea.numbers]]),
    cues: taxonomy === undefined ? released : withTaxonomy(released, taxonomy),
  };
}
