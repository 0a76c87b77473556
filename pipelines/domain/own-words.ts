import { DUTIES, type Duty } from './duty.ts';
import { NEEDS, type NeedKind } from './post.ts';

/** 分类与职责词: what an office's own words speak for, in the order of its file. */
export const WORD_GROUPS = ['duty', 'need', 'lifeAtRisk', 'rumor'] as const;
export type WordGroup = (typeof WORD_GROUPS)[number];
export const GROUP_NAMES: Readonly<Record<WordGroup, string>> = {
  duty: '主管',
  need: '诉求',
  lifeAtRisk: '人身安全',
  rumor: '传言',
};

/** sure counts alone, maybe beside a person and a sign that it is now, against lowers. */
export const LIFE_KINDS = ['sure', 'maybe', 'against'] as const;
export const LIFE_NAMES: Readonly<Record<(typeof LIFE_KINDS)[number], string>> = {
  sure: '单独就算',
  maybe: '有人有时才算',
  against: '不算',
};

/** What a word may stand under in each group; rumor has no parts. */
export const NAMES_OF_GROUP: Readonly<Record<WordGroup, readonly string[]>> = {
  duty: DUTIES,
  need: NEEDS,
  lifeAtRisk: LIFE_KINDS,
  rumor: [''],
};

export const SHORTEST_WORD = 2;
export const LONGEST_WORD = 16;
/** Weights go from minus this to this; 0 takes a released word away. */
export const MOST_WEIGHT = 5;

export interface OwnWord {
  readonly group: WordGroup;
  /** Of NAMES_OF_GROUP; empty for rumor. */
  readonly name: string;
  readonly word: string;
  readonly weight: number;
}

/** One sentence an office wrote, and what must be found in it. What is left out is not asked. */
export interface OwnCase {
  readonly text: string;
  /** All of these must be among the departments; empty: none at all. */
  readonly duty?: readonly Duty[];
  /** null: asks for nothing. */
  readonly need?: NeedKind | null;
  readonly lifeAtRisk?: boolean;
}

/** The whole file of an office. */
export interface OwnWords {
  readonly about?: string;
  readonly words: readonly OwnWord[];
  readonly cases: readonly OwnCase[];
}

/** How one word is told of: 供水 泵房 2.5. */
export function wordLine({ group, name, word, weight }: OwnWord): string {
  const under = group === 'lifeAtRisk' ? LIFE_NAMES[name as (typeof LIFE_KINDS)[number]] : name;
  const place = under === '' ? GROUP_NAMES[group] : under;
  return weight === 0 ? `${place} ${word} 取消` : `${place} ${word} ${weight}`;
}

/** What is wrong with a draft, one sentence each; empty where nothing is. */
export function faultsOfOwnWords({ words, cases }: OwnWords): readonly string[] {
  const seen = new Set<string>();
  const faults = words.flatMap((each) => {
    const { group, name, word, weight } = each;
    if (!NAMES_OF_GROUP[group].includes(name)) return [`“${word}”：${GROUP_NAMES[group]}里没有“${name}”`];
    const key = `${group} ${name} ${word}`;
    if (seen.has(key)) return [`“${wordLine(each)}”写了两次，请留一处`];
    seen.add(key);
    if (word !== word.trim() || word.length < SHORTEST_WORD || word.length > LONGEST_WORD)
      return [`“${word}”要有${SHORTEST_WORD}到${LONGEST_WORD}个字，前后不留空白`];
    if (!(Math.abs(weight) <= MOST_WEIGHT)) return [`“${word}”的权重要在-${MOST_WEIGHT}到${MOST_WEIGHT}之间`];
    return [];
  });
  const idle = cases.flatMap(({ text, duty, need, lifeAtRisk }) =>
    duty === undefined && need === undefined && lifeAtRisk === undefined
      ? [`用例“${text}”什么也没有问：请写上主管、诉求或人身安全`]
      : [],
  );
  return [...faults, ...idle];
}
