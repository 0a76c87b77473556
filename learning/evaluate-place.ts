/** Places on the judged rows of region-gold and on our own (learning/gold), with their false alarms and the time a post takes. */
import { locate, placeOf } from '../pipelines/2-understand/locate.ts';
import type { Post, TokenisedPost } from '../pipelines/domain/post.ts';
import { openTokeniser } from '../server/adapters/jieba/open-tokeniser.ts';
import { gazetteerWords, loadGazetteer } from '../server/load-gazetteer.ts';
import { readRows } from './data-folder.ts';
import type { Figure } from './figure.ts';
import { wilson } from './measures.ts';
import { PARTS, readPlaceGold, type Part } from './place-gold.ts';

interface JudgedRow {
  readonly text: string;
  /** The deepest place the event is in, null for none. */
  readonly adcode: string | null;
  /** What else is right; `4201*` takes anything that begins so. */
  readonly accept: readonly (string | null)[];
}

/** The rows are judged down to the county: a street in the right county is right. */
const toCounty = (code: string | null): string | null => code?.slice(0, 6) ?? null;

const fits = (said: string | null, judged: string | null): boolean =>
  judged?.endsWith('*') === true ? said !== null && said.startsWith(judged.slice(0, -1)) : said === judged;

export const isRight = (said: string | null, row: Pick<JudgedRow, 'adcode' | 'accept'>): boolean =>
  [row.adcode, ...row.accept].some((judged) => fits(toCounty(said), judged));

const share = (metric: string, hits: number, n: number): Figure => {
  const value = n === 0 ? 0 : hits / n;
  return { head: 'place', metric, value, n, ...wilson(value, n) };
};

const ROUNDS = 5;

/** CPU microseconds a post that `locate` takes, its words already cut: the best of several rounds. */
function timeOf(rows: readonly JudgedRow[], cut: (text: string) => string[]): number {
  const posts: TokenisedPost[] = Array.from({ length: 20 }, () => rows)
    .flat()
    .map(({ text }, index) => ({
      id: String(index) as Post['id'],
      platform: 'judged',
      nativeId: String(index),
      kind: 'post',
      text,
      time: 0,
      seenAt: 0,
      source: 'judged',
      tokens: cut(text),
    }));
  const stage = locate(loadGazetteer());
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    stage(posts);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / posts.length);
  }
  return best;
}

/** Right answers and false alarms of one set of judged rows. */
function counted(rows: readonly JudgedRow[], where: (text: string) => string | null, name: string): Figure[] {
  const said = rows.map(({ text }) => where(text));
  const right = rows.filter((row, index) => isRight(said[index] ?? null, row)).length;
  const nowhere = rows
    .map((row, index) => ({ row, code: said[index] ?? null }))
    .filter(({ row }) => row.adcode === null);
  const falseAlarms = nowhere.filter(({ row, code }) => !isRight(code, row)).length;
  return [
    { ...share(`right, ${name}`, right, rows.length), bar: 0.92, goal: 0.97 },
    {
      ...share(`false alarms among rows with no place, ${name}`, falseAlarms, nowhere.length),
      bar: 0.07,
      goal: 0.03,
      lowerIsBetter: true,
    },
  ];
}

const FRESH: Readonly<Record<Part, string>> = {
  tuning: 'fresh rows, half for tuning (tuned on)',
  'held-out': 'fresh rows, half held out (not tuned on)',
};

/** @throws Error naming the file where the data folder has no judged rows. */
export async function evaluatePlace(data: string): Promise<Figure[]> {
  const rows = readRows<JudgedRow>(data, 'region-gold/judged.jsonl.gz');
  const fresh = readPlaceGold(data);
  const gazetteer = loadGazetteer();
  const tokeniser = await openTokeniser(gazetteerWords());
  const where = (text: string): string | null => placeOf(gazetteer, text, tokeniser.cut(text), undefined)?.code ?? null;
  return [
    ...counted(rows, where, 'region-gold judged (tuned on)'),
    ...PARTS.flatMap((part) =>
      counted(
        fresh.filter((row) => row.part === part).map(({ text, code, accept }) => ({ text, adcode: code, accept })),
        where,
        FRESH[part],
      ),
    ),
    {
      head: 'place',
      metric: `CPU microseconds a post to locate, words cut by ${tokeniser.provider}`,
      value: timeOf(rows, (text) => tokeniser.cut(text)),
      n: rows.length,
      lowerIsBetter: true,
    },
  ];
}
