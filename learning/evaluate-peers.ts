/** Published packages on the very rows that ours are judged on: right answers and texts a second, side by side. */
import { judge } from '../pipelines/2-understand/classify.ts';
import { placeOf, type Gazetteer } from '../pipelines/2-understand/locate.ts';
import { openTokeniser } from '../server/adapters/jieba/open-tokeniser.ts';
import { loadWeights } from '../server/adapters/models/load-weights.ts';
import { gazetteerWords, loadGazetteer } from '../server/load-gazetteer.ts';
import { askPeer, type Peer } from './ask-peer.ts';
import { heldValence } from './evaluate-mood.ts';
import { isRight } from './evaluate-place.ts';
import type { Figure } from './figure.ts';
import { readJudgedPlaces, type JudgedPlace } from './judged-places.ts';
import { wilson } from './measures.ts';

/** Also enough for the engine to have learnt the code: peers are measured loaded and warm. */
const ROUNDS = 20;

interface Side {
  readonly name: string;
  readonly right: number;
  readonly n: number;
  /** Texts a processor second. */
  readonly rate: number;
}

const figuresOf = (on: string, { name, right, n, rate }: Side): Figure[] => [
  { head: 'peers', metric: `right, ${on}: ${name}`, value: right / n, n, ...wilson(right / n, n) },
  { head: 'peers', metric: `texts a CPU second, ${on}: ${name}`, value: rate, n },
];

/** Texts a processor second, the best of some rounds. */
function rateOf(texts: readonly string[], work: (text: string) => unknown): number {
  let best = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    for (const text of texts) work(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.max(best, (texts.length * 1e6) / (user + system));
  }
  return best;
}

/** Asks a peer and counts; where it cannot be asked, says so and goes on. */
function sideOf(peer: Peer, texts: readonly string[], isRightAt: (answer: unknown, at: number) => boolean): Side[] {
  const asked = askPeer(peer, texts);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n`);
    return [];
  }
  const { version, answers, seconds } = asked;
  const right = answers.filter(isRightAt).length;
  return [{ name: `${peer} ${version}`, right, n: texts.length, rate: texts.length / seconds }];
}

function sentiment(data: string): Figure[] {
  const held = heldValence(data);
  const texts = held.map(({ text }) => text);
  const weights = loadWeights();
  const ours: Side = {
    name: 'ours (all heads timed)',
    right: held.filter(({ label, said }) => label === said).length,
    n: held.length,
    rate: rateOf(texts, (text) => judge(weights, { text })),
  };
  const theirs = sideOf('snownlp', texts, (answer, at) => Number(answer) >= 0.5 === (held[at]?.label === 1));
  return [ours, ...theirs].flatMap((side) => figuresOf('weibo_senti without emoticons', side));
}

/** The code of a place given in words from the province down, as our own gazetteer numbers it. */
function codeOf({ divisions }: Gazetteer, answer: unknown): string | null {
  if (!Array.isArray(answer)) return null;
  const names = answer.filter((name): name is string => typeof name === 'string' && name !== '');
  const deepest = names.at(-1);
  const fits = (node: number): boolean => {
    const path: string[] = [];
    for (let at = node; at >= 0; at = divisions.parents[at] ?? -1) path.push(divisions.names[at] ?? '');
    return names.every((name) => path.includes(name));
  };
  const node = divisions.names.findIndex((name, at) => name === deepest && fits(at));
  return node < 0 ? null : (divisions.codes[node] ?? null);
}

async function places(name: string, rows: readonly JudgedPlace[]): Promise<Figure[]> {
  const gazetteer = loadGazetteer();
  const tokeniser = await openTokeniser(gazetteerWords());
  const texts = rows.map(({ text }) => text);
  const where = (text: string): string | null => placeOf(gazetteer, text, tokeniser.cut(text), undefined)?.code ?? null;
  const isRightAt = (code: string | null, at: number): boolean => {
    const row = rows[at];
    return row !== undefined && isRight(code, row);
  };
  const ours: Side = {
    name: 'ours, words cut in it',
    right: texts.filter((text, at) => isRightAt(where(text), at)).length,
    n: rows.length,
    rate: rateOf(texts, where),
  };
  const theirs = [
    ...sideOf('cpca', texts, (answer, at) => isRightAt(typeof answer === 'string' ? answer : null, at)),
    ...sideOf('jionlp', texts, (answer, at) => isRightAt(codeOf(gazetteer, answer), at)),
  ];
  return [ours, ...theirs].flatMap((side) => figuresOf(name, side));
}

/** SnowNLP for feeling, cpca and jionlp for places, where Python has them (WENBIDA_PYTHON, else python3). */
export async function evaluatePeers(data: string): Promise<Figure[]> {
  const figures = sentiment(data);
  for (const [name, rows] of readJudgedPlaces(data)) figures.push(...(await places(name, rows)));
  return figures;
}
