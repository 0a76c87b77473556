import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../server/package-root.ts';
import { readRows } from './data-folder.ts';

export interface JudgedPlace {
  readonly text: string;
  /** The deepest place the event is in, null for none. */
  readonly adcode: string | null;
  /** What else is right; `4201*` takes anything that begins so. */
  readonly accept: readonly (string | null)[];
}

/** Our own judgements name their texts by the beginning of their SHA-256 only; these files hold the texts. */
const FILES = [
  ...['cctv-weibo-2020h1/posts', 'ced/posts', 'ncov-weibo-10k/posts', 'weibo-ner/train', 'weibo-ner/dev'],
  ...['weibo-hot-history/topics', 'weibo-hot-search/topics'],
];

interface Label {
  readonly key: string;
  readonly part: string;
  readonly code: string | null;
  readonly accept: readonly (string | null)[];
}

/** Rows of learning/gold/places.jsonl that no rule was made from; none where the file is not there. */
function heldOut(): Map<string, Label> {
  const file = join(packageRoot(), 'learning/gold/places.jsonl');
  if (!existsSync(file)) return new Map();
  const labels = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return new Map(
    labels
      .map((line) => JSON.parse(line) as Label)
      .filter(({ part }) => part !== 'tuning')
      .map((label) => [label.key, label]),
  );
}

/** The judged rows by set: `region-gold`, and where they are there our own rows that are held out. */
export function readJudgedPlaces(data: string): ReadonlyMap<string, readonly JudgedPlace[]> {
  const sets = new Map([['region-gold', readRows<JudgedPlace>(data, 'region-gold/judged.jsonl.gz')]]);
  const labels = heldOut();
  if (labels.size === 0) return sets;
  const length = [...labels.keys()][0]?.length ?? 0;
  const found: JudgedPlace[] = [];
  for (const file of FILES)
    for (const { text, desc } of readRows<{ text: string; desc?: string | null }>(data, `${file}.jsonl.gz`)) {
      const more = desc ?? '';
      for (const read of more === '' ? [text] : [text, `${text}。${more}`]) {
        const key = createHash('sha256').update(read).digest('hex').slice(0, length);
        const label = labels.get(key);
        if (label === undefined) continue;
        labels.delete(key);
        found.push({ text: read, adcode: label.code, accept: label.accept });
      }
    }
  return sets.set('fresh rows held out', found);
}
