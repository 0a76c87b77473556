/** Judged places kept by fingerprint: learning/gold/places.jsonl names no text, the data folder has them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../server/package-root.ts';
import { readRows } from './data-folder.ts';

export const PARTS = ['tuning', 'held-out'] as const;
/** What a row may be used for: rules are made from the tuning half, the other is only ever counted. */
export type Part = (typeof PARTS)[number];

/** How a text was drawn: it names a division, it holds only names that are shared or words, or none at all. */
export const STRATA = ['named', 'ambiguous', 'none'] as const;

export interface GoldPlace {
  /** The first 16 hex digits of the text's SHA-256. */
  readonly key: string;
  readonly set: keyof typeof SETS;
  readonly stratum: (typeof STRATA)[number];
  readonly part: Part;
  /** The deepest division, down to the county, that the event is in; null for none. */
  readonly code: string | null;
  /** What else is right; `4201*` takes anything that begins so. */
  readonly accept: readonly (string | null)[];
}

interface Row {
  readonly text: string;
  readonly desc?: string | null;
}

/** The texts of each set as they were judged: a topic of the hot list with its description behind it. */
const SETS = {
  hot: ['weibo-hot-history/topics'],
  titles: ['weibo-hot-search/topics'],
  cctv: ['cctv-weibo-2020h1/posts'],
  ced: ['ced/posts'],
  ncov: ['ncov-weibo-10k/posts'],
  ner: ['weibo-ner/train', 'weibo-ner/dev'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const textOf = ({ text, desc }: Row): string =>
  desc === undefined || desc === null || desc === '' ? text : `${text}。${desc}`;

export const keyOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

export const readLabels = (): GoldPlace[] =>
  readFileSync(join(packageRoot(), 'learning', 'gold', 'places.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as GoldPlace);

/** @throws Error where a judged text is not in the data folder: another edition of the data gives other figures. */
export function readPlaceGold(data: string): (GoldPlace & { readonly text: string })[] {
  const labels = readLabels();
  const texts = new Map<string, string>();
  for (const set of Object.keys(SETS) as (keyof typeof SETS)[]) {
    const wanted = new Set(labels.filter((label) => label.set === set).map(({ key }) => key));
    for (const file of SETS[set])
      for (const row of readRows<Row>(data, `${file}.jsonl.gz`)) {
        const text = textOf(row);
        const key = keyOf(text);
        if (wanted.has(key)) texts.set(key, text);
      }
  }
  return labels.map((label) => {
    const text = texts.get(label.key);
    if (text === undefined)
      throw new Error(`${data}: no text of ${label.set} has the fingerprint ${label.key}; is it another edition?`);
    return { ...label, text };
  });
}
