import type { estypes } from '@elastic/elasticsearch';
import { storable } from '../../../pipelines/domain/post-document.ts';
import type { AskedTerm, AskedWords } from '../../../pipelines/domain/typed-question.ts';
import type { PostQuery } from '../../../pipelines/ports/post-store.ts';

type Filter = estypes.QueryDslQueryContainer;

/**
 * Texts are stored and not indexed, so what stands sign for sign is looked for in each document that the words leave: a field made for
 * one question, named by its place among the question's phrases.
 */
const phrasesOf = (asked: AskedWords): string[] => [
  ...new Set([...asked.all.flat(), ...asked.none].flatMap(({ written }) => (written === undefined ? [] : [written]))),
];
const fieldOf = (at: number): string => `written${at}`;

export function writtenFields({ asked }: Pick<PostQuery, 'asked'>): Record<string, estypes.MappingRuntimeField> {
  if (asked === undefined) return {};
  return Object.fromEntries(
    phrasesOf(asked).map((written, at) => [
      fieldOf(at),
      {
        type: 'boolean' as const,
        script: {
          source:
            "def text = params._source.get('text'); def title = params._source.get('title');" +
            'emit((text != null && text.contains(params.signs)) || (title != null && title.contains(params.signs)))',
          params: { signs: storable(written) },
        },
      },
    ]),
  );
}

/** What AskedWords asks, as filters that all must hold. */
export function askedFilters(asked: AskedWords): Filter[] {
  const phrases = phrasesOf(asked);
  const occurs = ({ words, written }: AskedTerm): Filter => {
    const filter: Filter[] = [];
    if (words.length > 0) filter.push({ match: { words: { query: words.join(' '), operator: 'and' } } });
    if (written !== undefined) filter.push({ term: { [fieldOf(phrases.indexOf(written))]: true } });
    return { bool: { filter } };
  };
  return [
    ...asked.all.map((terms): Filter => ({ bool: { should: terms.map(occurs), minimum_should_match: 1 } })),
    ...(asked.none.length === 0 ? [] : [{ bool: { must_not: asked.none.map(occurs) } }]),
  ];
}
