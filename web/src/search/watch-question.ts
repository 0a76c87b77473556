import { DUTIES } from '../../../pipelines/domain/duty.ts';
import { NEEDS, POST_KINDS } from '../../../pipelines/domain/post.ts';
import { isTier } from '../../../pipelines/domain/tier.ts';
import { readTyped } from '../../../pipelines/domain/typed-question.ts';
import type { WatchAsk, WatchRow } from '../../../server/contract/watches.ts';
import { addressOf, type Question } from './search-question.ts';
import { words } from './words.ts';

const LONGEST = 30;
const GAP = /\s+/u;
const cut = (text: string): string[] =>
  text
    .split(GAP)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, LONGEST));
const one = <T extends string>(of: readonly T[], value: string | undefined): T[] => of.filter((each) => each === value);

/**
 * A search as a watch keeps it; `left` names what a watch has no word for. Null where nothing is left to watch for. A watch looks at new
 * posts, so the period is no part of it.
 */
export function watchQuery({ q, picked, flags, ids, incident }: Question): {
  readonly query: WatchAsk['query'];
  readonly left: readonly string[];
} | null {
  const { all, none } = readTyped(q);
  const [either, ...others] = all.filter((terms) => terms.length > 1);
  const terms = [...all.flat(), ...none];
  const { rung } = picked;
  const query: WatchAsk['query'] = {
    all: all.flatMap((each) => (each.length === 1 ? cut(each[0]!.text) : [])).slice(0, 20),
    any: (either ?? []).map(({ text }) => text.slice(0, LONGEST)).slice(0, 20),
    none: none.map(({ text }) => text.slice(0, LONGEST)).slice(0, 20),
    regions: picked.region === undefined ? [] : [picked.region],
    needs: one(NEEDS, picked.need),
    duties: one(DUTIES, picked.duty),
    kinds: one(POST_KINDS, picked.kind),
    rung: isTier(rung) ? rung : null,
  };
  if ([query.all, query.any, query.regions, query.needs, query.duties, query.kinds].every((list) => list.length === 0))
    return null;
  return {
    query,
    left: [
      ...(['platform', 'source', 'sentiment', 'mood'] as const).flatMap((facet) =>
        picked[facet] === undefined ? [] : [words.facet[facet]],
      ),
      ...(rung === 'none' ? [words.facet.rung] : []),
      ...(['urgent', 'needsCheck'] as const).flatMap((flag) => (flags[flag] === true ? [words[flag]] : [])),
      ...(ids === '' ? [] : [words.ids(ids.split(',').length)]),
      ...(incident === '' ? [] : [words.incident]),
      ...(terms.some(({ exact }) => exact) ? [words.saved.leftExact] : []),
      ...(others.length > 0 ? [words.saved.leftTwo] : []),
    ],
  };
}

/** A word that the search would read as something else stands between quotation marks. */
const typed = (word: string): string => (/^[-－]|[\s|｜“「"]/u.test(word) ? `“${word.replaceAll('”', '')}”` : word);

/** The search that shows what a watch takes, of the last week. Of several places, needs or kinds none is picked: it then shows more. */
export function searchOf({ query }: Pick<WatchRow, 'query'>): string {
  const only = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);
  const picked = {
    region: only(query.regions),
    need: only(query.needs),
    duty: only(query.duties),
    kind: only(query.kinds),
    rung: query.rung ?? undefined,
  };
  const q = [
    ...query.all.map(typed),
    ...(query.any.length === 0 ? [] : [query.any.map(typed).join('|')]),
    ...query.none.map((word) => `-${typed(word)}`),
  ].join(' ');
  return `./search${addressOf({
    ...{ q: q.slice(0, 200), last: '7d', from: null, to: null, flags: {}, ids: '', incident: '' },
    picked: Object.fromEntries(Object.entries(picked).filter(([, value]) => value !== undefined)),
  })}`;
}
