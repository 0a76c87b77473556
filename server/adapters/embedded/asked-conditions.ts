import { storable } from '../../../pipelines/domain/post-document.ts';
import type { AskedTerm, AskedWords } from '../../../pipelines/domain/typed-question.ts';
import type { SqlValue } from '../sqlite/open-db.ts';
import type { MatchConditions } from './match-conditions.ts';
import { quoted } from './terms.ts';

interface Condition {
  readonly condition: string;
  readonly values: readonly SqlValue[];
}

const wordsOf = ({ words }: AskedTerm): string => `(${words.map(quoted).join(' AND ')})`;

/** What AskedWords asks, as questions to the full-text index `word` and, where something stands sign for sign, SQL over `post`. */
export function askedConditions(asked: AskedWords | undefined): MatchConditions {
  const words: string[] = [];
  const conditions: Condition[] = [];
  for (const terms of asked?.all ?? []) {
    // All have words: the index alone says where one of them can be.
    if (terms.every((term) => term.words.length > 0)) words.push(`(${terms.map(wordsOf).join(' OR ')})`);
    if (terms.length === 1) conditions.push(...terms.flatMap(written));
    else if (terms.some((term) => term.written !== undefined)) conditions.push(oneOf(terms));
  }
  if (asked !== undefined && asked.none.length > 0) {
    const { condition, values } = oneOf(asked.none);
    conditions.push({ condition: `NOT ${condition}`, values });
  }
  return { words, conditions };
}

const oneOf = (terms: readonly AskedTerm[]): Condition => {
  const each = terms.map(occurs);
  return {
    condition: `(${each.map(({ condition }) => condition).join(' OR ')})`,
    values: each.flatMap(({ values }) => values),
  };
};

function occurs(term: AskedTerm): Condition {
  const parts = [
    ...(term.words.length === 0
      ? []
      : [{ condition: 'post.n IN (SELECT rowid FROM word WHERE word MATCH ?)', values: [wordsOf(term)] }]),
    ...written(term),
  ];
  return {
    condition: `(${parts.map(({ condition }) => condition).join(' AND ')})`,
    values: parts.flatMap(({ values }) => values),
  };
}

function written({ written: signs }: AskedTerm): Condition[] {
  if (signs === undefined) return [];
  const value = storable(signs);
  return [{ condition: "(instr(post.text, ?) > 0 OR instr(coalesce(post.title, ''), ?) > 0)", values: [value, value] }];
}
