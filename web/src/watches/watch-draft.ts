import type { WatchAsk, WatchRow } from '../../../server/contract/watches.ts';

/** A watch as the form holds it: words as they were typed. */
export interface WatchDraft {
  name: string;
  all: string;
  any: string;
  none: string;
  places: string[];
  codes: string;
  needs: WatchAsk['query']['needs'];
  duties: WatchAsk['query']['duties'];
  kinds: WatchAsk['query']['kinds'];
  rung: WatchAsk['query']['rung'] | '';
  openPosts: number;
  openMinutes: number;
  closePosts: number;
  closeMinutes: number;
  isQuiet: boolean;
  quietFrom: string;
  quietTo: string;
  channel: string;
  paused: boolean;
  why: string;
}

const GAP = /[\s、，,；;]+/u;
export const termsOf = (typed: string): string[] => [...new Set(typed.split(GAP))].filter((word) => word !== '');

/** @param named codes that have a box of their own */
export function draftOf(watch: WatchRow | null, named: ReadonlySet<string>): WatchDraft {
  const query = watch?.query;
  const regions = query?.regions ?? [];
  return {
    name: watch?.name ?? '',
    all: query?.all.join(' ') ?? '',
    any: query?.any.join(' ') ?? '',
    none: query?.none.join(' ') ?? '',
    places: regions.filter((code) => named.has(code)),
    codes: regions.filter((code) => !named.has(code)).join(' '),
    needs: [...(query?.needs ?? [])],
    duties: [...(query?.duties ?? [])],
    kinds: [...(query?.kinds ?? [])],
    rung: query?.rung ?? '',
    openPosts: watch?.open.posts ?? 3,
    openMinutes: watch?.open.minutes ?? 10,
    closePosts: watch?.close.posts ?? 1,
    closeMinutes: watch?.close.minutes ?? 60,
    isQuiet: (watch?.quiet ?? null) !== null,
    quietFrom: watch?.quiet?.from ?? '22:00',
    quietTo: watch?.quiet?.to ?? '07:00',
    channel: watch?.channel ?? '',
    paused: watch?.paused ?? false,
    why: '',
  };
}

export function queryOf(draft: WatchDraft): WatchAsk['query'] {
  return {
    all: termsOf(draft.all),
    any: termsOf(draft.any),
    none: termsOf(draft.none),
    regions: [...new Set([...draft.places, ...termsOf(draft.codes)])],
    needs: draft.needs,
    duties: draft.duties,
    kinds: draft.kinds,
    rung: draft.rung === '' ? null : draft.rung,
  };
}

export const ruleOf = (draft: WatchDraft): Pick<WatchAsk, 'open' | 'close'> => ({
  open: { posts: Number(draft.openPosts), minutes: Number(draft.openMinutes) },
  close: { posts: Number(draft.closePosts), minutes: Number(draft.closeMinutes) },
});

export const askOf = (draft: WatchDraft, expected: number): WatchAsk => ({
  name: draft.name.trim(),
  query: queryOf(draft),
  ...ruleOf(draft),
  quiet: draft.isQuiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
  channel: draft.channel.trim() === '' ? null : draft.channel.trim(),
  paused: draft.paused,
  expected,
  why: draft.why.trim(),
});

const CODE = /^(?:\d{6}|\d{9}|\d{12})$/u;
export const codesAreRight = (draft: WatchDraft): boolean => termsOf(draft.codes).every((code) => CODE.test(code));
export const asksSomething = (query: WatchAsk['query']): boolean =>
  [query.all, query.any, query.regions, query.needs, query.duties, query.kinds].some((list) => list.length > 0);
