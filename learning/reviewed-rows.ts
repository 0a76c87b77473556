import { existsSync, readFileSync } from 'node:fs';
import { DUTIES } from '../pipelines/domain/duty.ts';
import { MOODS, NEEDS } from '../pipelines/domain/post.ts';
import { rumorLabel, standingOf, type ReviewedCase } from '../pipelines/domain/review.ts';
import type { MoodRow, RumorRow } from './data-sets.ts';
import type { Head } from './heads.ts';
import type { Features } from './vocabulary.ts';

/** An office's reviewed cases as rows of the heads they speak of, oldest first: one row a post, by the newest word on it. */
export interface ReviewedRows {
  readonly moods: readonly MoodRow[];
  /** `label`: an index into NEEDS, or their number for none. */
  readonly needs: readonly { readonly text: string; readonly label: number }[];
  readonly rumors: readonly RumorRow[];
  /** `shares` over DUTIES and then none; they add up to 1. */
  readonly duties: readonly { readonly text: string; readonly shares: readonly number[] }[];
}

export const NO_REVIEWED: ReviewedRows = { moods: [], needs: [], rumors: [], duties: [] };

/** A person's word counts more than a silver label, and more than a row of another place and year. */
export const REVIEWED_WEIGHT = 3;

/**
 * Reads what `wenbida reviews export` wrote; no file, no rows.
 * @throws Error naming file and line where a line is no reviewed case
 */
export function readReviewedRows(file: string | undefined): ReviewedRows {
  if (file === undefined) return NO_REVIEWED;
  if (!existsSync(file))
    throw new Error(`The reviewed cases ${file} do not exist; write them with: wenbida reviews export > ${file}`);
  const byPost = new Map<string, ReviewedCase[]>();
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, at) => {
      if (line.trim() === '') return;
      const one = caseOf(line, `${file}, line ${at + 1}`);
      byPost.set(one.post, [...(byPost.get(one.post) ?? []), one]);
    });
  return rowsOf([...byPost.values()]);
}

function caseOf(line: string, where: string): ReviewedCase {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new Error(`${where} is not JSON; export the cases again`, { cause });
  }
  const one = Object(value) as Partial<ReviewedCase>;
  if (
    typeof one.post !== 'string' ||
    typeof one.text !== 'string' ||
    typeof one.at !== 'number' ||
    typeof one.says !== 'object'
  )
    throw new Error(`${where} is no reviewed case; write the file with: wenbida reviews export`);
  return { ...(one as ReviewedCase), matches: one.matches ?? [] };
}

function rowsOf(posts: readonly (readonly ReviewedCase[])[]): ReviewedRows {
  const moods: MoodRow[] = [];
  const needs: { text: string; label: number }[] = [];
  const rumors: RumorRow[] = [];
  const duties: { text: string; shares: readonly number[] }[] = [];
  for (const cases of posts) {
    const says = standingOf(cases)?.says;
    const newest = cases.at(-1);
    if (says === undefined || newest === undefined) continue;
    const { text, at, authorKind } = newest;
    if (says.mood !== undefined) moods.push({ text, mood: MOODS.indexOf(says.mood) });
    if (says.need !== undefined)
      needs.push({ text, label: says.need === null ? NEEDS.length : NEEDS.indexOf(says.need) });
    const rumor = rumorLabel(says);
    if (rumor !== undefined)
      rumors.push({
        id: -1 - rumors.length,
        text,
        label: rumor ? 1 : 0,
        time: new Date(at).toISOString(),
        author_verified: authorKind === undefined ? null : authorKind !== 'ordinary',
        author_followers_log10: null,
      });
    if (says.duty !== undefined) {
      const found = new Set(says.duty);
      const shares = DUTIES.map((duty) => (found.has(duty) ? 1 / found.size : 0));
      duties.push({ text, shares: [...shares, found.size === 0 ? 1 : 0] });
    }
  }
  return { moods, needs, rumors, duties };
}

/** The head with further rows, each with the weight of a person's word. */
export function withReviewed(
  head: Head,
  rows: readonly { readonly features: Features; readonly label?: number; readonly shares?: readonly number[] }[],
): Head {
  if (rows.length === 0) return head;
  const weights = head.rowWeights ?? new Float32Array(head.texts.length).fill(1);
  const labels =
    head.labels instanceof Float32Array
      ? Float32Array.from([...head.labels, ...rows.flatMap(({ shares = [] }) => shares)])
      : [...head.labels, ...rows.map(({ label = 0 }) => label)];
  return {
    ...head,
    texts: [...head.texts, ...rows.map(({ features }) => features)],
    labels,
    rowWeights: Float32Array.from([...weights, ...rows.map(() => REVIEWED_WEIGHT)]),
  };
}
