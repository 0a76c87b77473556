import { MOODS } from '../pipelines/domain/post.ts';
import { withoutEmoticons, type MoodRow, type ValenceRow } from './data-sets.ts';
import { classWeights, trainHead, type Basis, type TrainedHead } from './heads.ts';
import { oneHot } from './linear.ts';
import { readTaught, type TaughtExample } from './taught-texts.ts';
import {
  EMOTICON_CLASSES,
  pretrainEmoticons,
  readEmoticonExamples,
  type EmoticonExample,
} from './pretrain-emoticons.ts';
import { buildVocabulary, type Corpus, type Extractor, type Features, type Vocabulary } from './vocabulary.ts';

export interface Feeling {
  readonly vocabulary: Vocabulary;
  readonly mood: TrainedHead;
  readonly valence: TrainedHead;
}

export interface WeighedMood extends MoodRow {
  readonly weight: number;
}

/** The everyday set is small beside the epidemic one: each of its rows counts three times. */
export const moodRows = (virus: readonly MoodRow[], usual: readonly MoodRow[]): WeighedMood[] => [
  ...virus.map((row) => ({ ...row, weight: 1 })),
  ...usual.map((row) => ({ ...row, weight: 3 })),
];

/** What the feeling heads read, as features. */
export interface FeelingTexts {
  readonly emoticons: readonly EmoticonExample[];
  readonly taught: readonly TaughtExample[];
  readonly moods: readonly { readonly features: Features; readonly mood: number; readonly weight: number }[];
  readonly valences: readonly { readonly features: Features; readonly label: 0 | 1 }[];
}

/** Valence is learnt with and without the emoticons by which its set was labelled, so that it stands without them. */
export function readFeelingTexts(
  data: string,
  extract: Extractor,
  moods: readonly WeighedMood[],
  valences: readonly ValenceRow[],
): FeelingTexts {
  return {
    emoticons: readEmoticonExamples(data, extract),
    taught: readTaught(data, extract),
    moods: moods.map(({ text, mood, weight }) => ({ features: extract.of(text), mood, weight })),
    valences: valences.flatMap(({ text, label }) => {
      const bare = withoutEmoticons(text);
      const both = bare === text ? [text] : [bare, text];
      return both.map((each) => ({ features: extract.of(each), label }));
    }),
  };
}

export const feelingCorpora = ({ emoticons, taught, moods, valences }: FeelingTexts): Corpus[] => [
  { texts: taught.map((each) => each.features), least: 8 },
  { texts: emoticons.map((each) => each.features), least: 8 },
  { texts: moods.map((each) => each.features), least: 2 },
  { texts: valences.map((each) => each.features), least: 5 },
];

/** Rare moods count more, but not so much that each counts the same. */
const BALANCE = 0.7;
/** How much a mood that the teacher told counts beside one that a person told. */
const TAUGHT = 0.3;

/** Moods and valence over a given vocabulary, both leaning on what emoticons taught and on what the teacher said of unlabelled texts. */
export function fitFeeling(texts: FeelingTexts, vocabulary: Vocabulary): Omit<Feeling, 'vocabulary'> {
  const weights = pretrainEmoticons(texts.emoticons, vocabulary);
  const basis: Basis = { size: EMOTICON_CLASSES, weights, scale: 0.3 };
  const labels = texts.moods.map((row) => row.mood);
  const balance = classWeights(labels, MOODS.length, BALANCE);
  const { taught } = texts;
  const weightOf = MOODS.map((_, k) => balance[labels.indexOf(k)] ?? 1);
  const mood = trainHead(
    {
      name: 'mood',
      columns: MOODS.map((each) => `mood.${each}`),
      texts: [...texts.moods, ...taught].map((row) => row.features),
      labels: Float32Array.from([...oneHot(labels, MOODS.length), ...taught.flatMap((row) => row.moods)]),
      rowWeights: Float32Array.from([
        ...balance.map((weight, row) => weight * (texts.moods[row]?.weight ?? 1)),
        ...taught.map(
          ({ moods }) => TAUGHT * moods.reduce((sum, share, k) => sum + share * (weightOf[k] as number), 0),
        ),
      ]),
      by: { rounds: 15, step: 0.15, penalty: 1e-4 },
      basis,
    },
    vocabulary,
  );
  const valence = trainHead(
    {
      name: 'valence',
      columns: [null, 'valence'],
      texts: [...texts.valences, ...taught].map((row) => row.features),
      labels: Float32Array.from([
        ...texts.valences.flatMap((row) => [1 - row.label, row.label]),
        ...taught.flatMap((row) => [1 - row.positive, row.positive]),
      ]),
      by: { rounds: 4, step: 0.1, penalty: 3e-5 },
      basis: { ...basis, scale: 0.5 },
    },
    vocabulary,
  );
  return { mood, valence };
}

/** Both heads from rows, with a vocabulary of their own: how evaluations learn on a part of the data. */
export function trainFeeling(
  data: string,
  extract: Extractor,
  moods: readonly WeighedMood[],
  valences: readonly ValenceRow[],
): Feeling {
  const texts = readFeelingTexts(data, extract, moods, valences);
  const vocabulary = buildVocabulary(feelingCorpora(texts));
  return { vocabulary, ...fitFeeling(texts, vocabulary) };
}
