import { NEEDS } from '../pipelines/domain/post.ts';
import { readMessages, readNews, readStream, readTitles } from './data-sets.ts';
import type { Head } from './heads.ts';
import { needByTitle, type CueReader } from './silver.ts';
import { messageText } from './train-duty.ts';
import type { Extractor, Features } from './vocabulary.ts';

const TITLES = 4_000;
/** As a logit of the layer of pleas: hardly anything else can be meant. */
const SURE_PLEA = 2;
/** Below this hardly a plea can be meant. */
const NO_PLEA = -2;

/**
 * Silver: citizens' messages by what their title states (the rest count a little as complaints), pleas of the open
 * stream by the layer of pleas (`pleaOf`, a logit), and news and posts without any word of need as none.
 */
export function needHead(data: string, extract: Extractor, cues: CueReader, pleaOf: (text: string) => number): Head {
  const texts: Features[] = [];
  const labels: number[] = [];
  const weights: number[] = [];
  const add = (text: string, label: number, weight: number): void => {
    texts.push(extract.of(text));
    labels.push(label);
    weights.push(weight);
  };
  for (const row of readMessages(data)) {
    const byTitle = needByTitle(row.title);
    add(messageText(row), byTitle ?? NEEDS.indexOf('投诉'), byTitle === null ? 0.3 : 1);
  }
  const titles = readTitles(data).slice(0, TITLES);
  const ordinary = [
    ...readNews(data),
    ...readStream(data),
    ...titles.map(({ text, desc }) => ({ text: desc ?? text })),
  ];
  for (const [at, { text }] of ordinary.entries()) {
    const sums = cues.of(text);
    const plea = pleaOf(text);
    const silent = ![...sums.keys()].some((label) => label.startsWith('need.') && label !== 'need.none');
    if (plea >= SURE_PLEA) add(text, NEEDS.indexOf('求助'), 1);
    else if (at % 2 === 0 && silent && plea < NO_PLEA) add(text, NEEDS.length, 0.7);
  }
  return {
    name: 'need',
    columns: [...NEEDS.map((need) => `need.${need}`), 'need.none'],
    texts,
    labels,
    rowWeights: Float32Array.from(weights),
    by: { rounds: 4, step: 0.1, penalty: 1e-4 },
  };
}
