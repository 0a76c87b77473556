import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLEA_PARTS } from '../pipelines/ports/weights.ts';
import { packageRoot } from '../server/package-root.ts';
import { minimise } from './minimise.ts';
import { readNeedGold } from './need-gold.ts';
import type { Parts } from './train-replies.ts';
import { PleaReader } from './read-plea.ts';

interface Example {
  readonly parts: Float64Array;
  /** How far it is a plea, 0…1. */
  readonly plea: number;
  readonly weight: number;
}

/** A text whose reader was unsure leans to no, and counts half. */
const UNSURE = { plea: 0.35, weight: 0.5 } as const;
/** A citizen's message that asks for help may be called either. */
const MESSAGE = 0.5;

function goldExamples(data: string, reader: PleaReader): Example[] {
  const rows = readNeedGold(data).filter((row) => row.part === 'tune');
  const copies = new Map<number, number>();
  for (const { group } of rows) copies.set(group, (copies.get(group) ?? 0) + 1);
  return rows.flatMap((row): Example[] => {
    const parts = reader.of(row.text);
    const share = 1 / Math.sqrt(copies.get(row.group) ?? 1);
    if (row.help === 'unsure') return [{ parts, plea: UNSURE.plea, weight: UNSURE.weight * share }];
    if (row.help !== undefined) return [{ parts, plea: row.help === 'yes' ? 1 : 0, weight: share }];
    if (row.kinds[0] === '求助') return [{ parts, plea: MESSAGE, weight: share }];
    return row.kinds.includes('求助') ? [] : [{ parts, plea: 0, weight: share }];
  });
}

/** Our own sentences: short ones, which the sets hold few of. */
function ownExamples(reader: PleaReader): Example[] {
  const lines = readFileSync(join(packageRoot(), 'test/golden/needs.jsonl'), 'utf8').split('\n');
  return lines.flatMap((line): Example[] => {
    if (line === '') return [];
    const { text, kind } = JSON.parse(line) as { text: string; kind: string | null };
    return [{ parts: reader.of(text), plea: kind === '求助' ? 1 : 0, weight: 1 }];
  });
}

/** Logistic regression with an L2 penalty of one on everything but the bias. */
export function fitPlea(examples: readonly Example[]): Float64Array {
  const numbers = new Float64Array(PLEA_PARTS.length);
  minimise(
    (x, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (const { parts, plea, weight } of examples) {
        let logit = 0;
        for (let k = 0; k < x.length; k++) logit += (x[k] as number) * (parts[k] as number);
        const share = 1 / (1 + Math.exp(-logit));
        loss -= weight * (plea * Math.log(share + 1e-12) + (1 - plea) * Math.log(1 - share + 1e-12));
        for (let k = 0; k < x.length; k++)
          gradient[k] = (gradient[k] as number) + weight * (share - plea) * (parts[k] as number);
      }
      for (let k = 1; k < x.length; k++) {
        loss += 0.5 * (x[k] as number) ** 2;
        gradient[k] = (gradient[k] as number) + (x[k] as number);
      }
      return loss;
    },
    numbers,
    200,
  );
  return numbers;
}

/** Fits the layer of pleas on the judged rows and our own sentences, and writes it beside the models. */
export function trainPlea(data: string, parts: Parts, say: (line: string) => void): Float32Array {
  const reader = new PleaReader(parts.cues, parts.folding);
  const examples = [...goldExamples(data, reader), ...ownExamples(reader)];
  const numbers = fitPlea(examples);
  const rounded = PLEA_PARTS.map((name, k): [string, number] => [
    name,
    Math.round((numbers[k] as number) * 1_000) / 1_000,
  ]);
  const file = join(packageRoot(), 'pipelines/2-understand/models/plea.json');
  const about = 'The layer of pleas (weigh-plea.ts), written by npm run train: one weight for each part.';
  writeFileSync(file, `${JSON.stringify({ about, parts: Object.fromEntries(rounded) }, null, 2)}\n`);
  say(`plea: ${examples.length} texts, written to ${file}`);
  return Float32Array.from(rounded, ([, number]) => number);
}
