import { MOODS } from '../pipelines/domain/post.ts';
import { withoutEmoticons, type MoodRow, type ValenceRow } from './data-sets.ts';
import { classWeights, trainHead, type Basis, type TrainedHead } from './heads.ts';
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
    moods: moods.map(({ text, mood, weight }) => ({ features: extract.of(text), mood, weight })),
    valences: valences.flatMap(({ text, label }) => {
      const bare = withoutEmoticons(text);
      const both = bare === text ? [text] : [bare, text];
      return both.map((each) => ({ features: extract.of(each), label }));
    }),
  };
}

export const feelingCorpora = ({ emoticons, moods, valences }: FeelingTexts): Corpus[] => [
  { texts: emoticons.map((each) => each.features), least: 8 },
  { texts: moods.map((each) => each.features), least: 2 },
  { texts: valences.map((each) => each.features), least: 5 },
];

/** Moods and valence over a given vocabulary, both leaning on what emoticons taught. */
export function fitFeeling(texts: FeelingTexts, vocabulary: Vocabulary): Omit<Feeling, 'vocabulary'> {
  const weights = pretrainEmoticons(texts.emoticons, vocabulary);
  const basis: Basis = { size: EMOTICON_CLASSES, weights, scale: 0.3 };
  const labels = texts.moods.map((row) => row.mood);
  const balance = classWeights(labels, MOODS.length, 0.7);
  const mood = trainHead(
    {
      name: 'mood',
      columns: MOODS.map((each) => `mood.${each}`),
      texts: texts.moods.map((row) => row.features),
      labels,
      rowWeights: balance.map((weight, row) => weight * (texts.moods[row]?.weight ?? 1)),
      rounds: 15,
      step: 0.15,
      penalty: 1e-4,
      basis,
    },
    vocabulary,
  );
  const valence = trainHead(
    {
      name: 'valence',
      columns: [null, 'valence'],
      texts: texts.valences.map((row) => row.features),
      labels: texts.valences.map((row) => row.label),
      rounds: 6,
      step: 0.05,
      penalty: 1e-5,
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
