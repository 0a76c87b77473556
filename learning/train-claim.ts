import { plantDrill } from '../server/drill/write-drill.ts';
import { readRows } from './data-folder.ts';
import { readMessages, readMoods, readStream, readValence } from './data-sets.ts';
import { classWeights, trainHead, type TrainedHead } from './heads.ts';
import { messageText } from './train-duty.ts';
import type { Extractor, Features, Vocabulary } from './vocabulary.ts';

/** Texts that claim something others would pass on, and everyday talk that claims nothing. */
export interface ClaimTexts {
  readonly titles: readonly Features[];
  readonly everyday: readonly Features[];
}

/** Everyday sets are learnt from up to here; the rest is for measuring. */
const LEARNT_SHARE = 0.8;
const EVERY = { title: 40, message: 6, chatter: 4 } as const;
/** The drill that people watch is seed 1; it is measured on, so its talk is never learnt. */
const CHATTER_SEEDS = [2, 3, 4] as const;
const CHATTER_START = Date.UTC(2026, 10, 20, 12);
/** A judged post counts more than a title: it has the length and the manner of what is passed round. */
const WEIGHTS = { post: 1.5, title: 0.3, everyday: 1 } as const;
/** The everyday set of moods is small, and the most like what a city writes: each row stands three times. */
const USUAL_TIMES = 3;

const learnt = <Row>(rows: readonly Row[]): readonly Row[] => rows.slice(0, Math.floor(rows.length * LEARNT_SHARE));

/** The drill's own everyday talk, each text once. */
function chatter(): string[] {
  const texts = CHATTER_SEEDS.flatMap((seed) =>
    plantDrill({ start: CHATTER_START, seed }).flatMap(({ post, incident }) =>
      incident === undefined ? [post.text] : [],
    ),
  );
  return [...new Set(texts)];
}

const some = <Row>(rows: readonly Row[], every: number): Row[] => rows.filter((_, at) => at % every === 0);

export function readClaimTexts(data: string, extract: Extractor): ClaimTexts {
  const titles = some(readRows<{ text: string }>(data, 'weibo-hot-search/topics.jsonl.gz'), EVERY.title);
  const everyday = [
    ...learnt(readStream(data)).map((row) => row.text),
    ...learnt(readMoods(data, 'virus_train')).map((row) => row.text),
    ...learnt(readMoods(data, 'virus_eval_labeled')).map((row) => row.text),
    ...Array.from({ length: USUAL_TIMES }, () => learnt(readMoods(data, 'usual_eval_labeled')))
      .flat()
      .map((row) => row.text),
    ...learnt(readValence(data)).map((row) => row.text),
    ...some(readMessages(data), EVERY.message).map(messageText),
    ...some(chatter(), EVERY.chatter),
  ];
  return { titles: titles.map(({ text }) => extract.of(text)), everyday: everyday.map((text) => extract.of(text)) };
}

/**
 * The claim column: does a text claim something that could be checked? Posts that went round (rumors or not) and titles
 * of what people talk about, against everyday talk. Both sides weigh about the same in all.
 */
export function trainClaim(
  posts: readonly Features[],
  { titles, everyday }: ClaimTexts,
  vocabulary: Vocabulary,
): TrainedHead {
  const labels = [...posts.map(() => 1), ...titles.map(() => 1), ...everyday.map(() => 0)];
  const weightOf = (at: number): number => {
    if (at < posts.length) return WEIGHTS.post;
    return at < posts.length + titles.length ? WEIGHTS.title : WEIGHTS.everyday;
  };
  return trainHead(
    {
      name: 'claim',
      columns: [null, 'claim'],
      texts: [...posts, ...titles, ...everyday],
      labels,
      rowWeights: classWeights(labels, 2, 1).map((weight, at) => weight * weightOf(at)),
      by: { rounds: 6, step: 0.1, penalty: 1e-5 },
    },
    vocabulary,
  );
}

/** Ordinary posts and messages that nobody called a rumor: CED holds only posts that went round. */
export function ordinaryPosts(data: string, extract: Extractor): Features[] {
  const texts = [
    ...some(learnt(readStream(data)), 8).map((row) => row.text),
    ...some(readMessages(data), 12).map(messageText),
    ...learnt(readMoods(data, 'usual_eval_labeled')).map((row) => row.text),
    ...some(learnt(readMoods(data, 'virus_train')), 6).map((row) => row.text),
    ...some(learnt(readValence(data)), 5).map((row) => row.text),
  ];
  return texts.map((text) => extract.of(text));
}
