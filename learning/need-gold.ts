import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NeedKind } from '../pipelines/domain/post.ts';
import { packageRoot } from '../server/package-root.ts';
import { readCascades, readMessages, readMoods, readRumors, readStream } from './data-sets.ts';

export const GOLD_SETS = ['ncov', 'ced', 'repost', 'ewect', 'taidi'] as const;
export type GoldSet = (typeof GOLD_SETS)[number];
export type Verdict = 'yes' | 'no' | 'unsure';

/** One line of learning/gold/needs.jsonl: what a reader said of a text that is named by its hash only. */
export interface NeedLabel {
  /** sha256 of the text, its first 16 hex digits. */
  readonly sha: string;
  readonly set: GoldSet;
  /** How it was drawn; see learning/gold/README.md. */
  readonly draw: string;
  readonly stratum: string;
  /** Rows of the set in this stratum when it was drawn, for weighing the sample back; 0 where it was not drawn evenly. */
  readonly of: number;
  /** Somebody asks for help. Absent for citizens' messages, which all ask for something. */
  readonly help?: Verdict;
  readonly life: Verdict;
  /** Kinds a reader would accept, the likeliest first; `none` for no need. */
  readonly kinds: readonly (NeedKind | 'none')[];
  /** Near-copies share a number. */
  readonly group: number;
  /** `tune`: read before the rules were final; `held`: judged after. */
  readonly part: 'tune' | 'held';
}

export interface JudgedRow extends NeedLabel {
  readonly text: string;
}

const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function* textsOf(data: string, set: GoldSet): Generator<string> {
  if (set === 'ncov') for (const { text } of readStream(data)) yield text;
  if (set === 'ced') for (const { text } of readRumors(data)) yield text;
  if (set === 'repost')
    for (const reposts of readCascades(data).values()) for (const [, , , text] of reposts) yield text;
  if (set === 'ewect')
    for (const part of ['virus_train', 'virus_eval_labeled', 'usual_eval_labeled'])
      for (const { text } of readMoods(data, part)) yield text;
  if (set === 'taidi') for (const { title, text } of readMessages(data)) yield `${title} ${text}`;
}

/** The judged rows with their texts, in the order of the file. @throws Error where the data lacks one of them. */
export function readNeedGold(data: string): JudgedRow[] {
  const file = join(packageRoot(), 'learning/gold/needs.jsonl');
  if (!existsSync(file)) throw new Error(`The labels ${file} are absent: take them from the repository.`);
  const lines = readFileSync(file, 'utf8').split('\n');
  const labels = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as NeedLabel);
  const wanted = new Set(labels.map((label) => label.sha));
  const texts = new Map<string, string>();
  for (const set of new Set(labels.map((label) => label.set)))
    for (const text of textsOf(data, set)) {
      const sha = shortHash(text);
      if (wanted.has(sha)) texts.set(sha, text);
    }
  return labels.map((label) => {
    const text = texts.get(label.sha);
    if (text === undefined) throw new Error(`No text of ${label.set} in ${data} has the hash ${label.sha}.`);
    return { ...label, text };
  });
}
