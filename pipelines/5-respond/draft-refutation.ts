import type { PostId } from '../domain/post.ts';
import {
  FINDING_NAMES,
  type DraftSentence,
  type Finding,
  type RefutationDraft,
  type RefutationSource,
} from '../domain/refutation-draft.ts';
import type { MissingFact } from './find-missing.ts';
import { isSameMoment, momentsIn } from './read-moment.ts';
import { isSameQuantity, quantitiesIn } from './read-number.ts';

/** At least one post or one source: the compiler takes nothing less. */
export type Grounds =
  | { readonly posts: readonly [PostId, ...PostId[]]; readonly sources: readonly string[] }
  | { readonly posts: readonly PostId[]; readonly sources: readonly [string, ...string[]] };

/** The only way to a sentence of a draft. */
export const groundedSentence = (text: string, { posts, sources }: Grounds): DraftSentence =>
  // The mark exists for the compiler alone; this is the one place that gives it.
  ({ text, posts, sources }) as unknown as DraftSentence;

export interface DraftMaterial {
  readonly claim: string;
  /** Posts that say it, the first at the front. */
  readonly claimPosts: readonly [PostId, ...PostId[]];
  readonly finding: Finding;
  readonly sources: readonly RefutationSource[];
  /** What the public asks for. */
  readonly asked: readonly MissingFact[];
}

const MOST_POSTS = 10;

/**
 * A draft out of a template: what is going round, what was found, who says so, and what is not known yet. It writes no number and no
 * time of its own: they stand in the words of the sources, or in the quoted claim. A finding without a source stays 待核实.
 */
export function draftRefutation(material: DraftMaterial): RefutationDraft {
  const { claim, sources } = material;
  const claimPosts = firstOf(material.claimPosts);
  const ids = sources.map(({ id }) => id);
  const [first, ...others] = ids;
  const finding = first === undefined ? 'unknown' : material.finding;
  const sentences: DraftSentence[] = [
    groundedSentence(`网上流传“${sayingOf(claim)}”的说法。`, { posts: claimPosts, sources: [] }),
  ];
  if (finding === 'unknown' || first === undefined)
    sentences.push(groundedSentence('该说法是否属实，目前待核实。', { posts: claimPosts, sources: [] }));
  else
    sentences.push(
      groundedSentence(`经核实，该说法${FINDING_NAMES[finding]}。`, { posts: [], sources: [first, ...others] }),
    );
  for (const { id, name, says } of sources)
    sentences.push(groundedSentence(`${name}：${ended(says)}`, { posts: [], sources: [id] }));
  for (const { fact, posts } of material.asked) {
    const [asking, ...more] = posts;
    if (asking === undefined || sources.some(({ tells }) => tells === fact)) continue;
    sentences.push(
      groundedSentence(`关于${fact}：待核实，核实后公布。`, { posts: firstOf([asking, ...more]), sources: [] }),
    );
  }
  return { claim, finding, sentences, sources };
}

/** A sentence as a person wrote or changed it. */
export interface WrittenSentence {
  readonly text: string;
  readonly posts: readonly PostId[];
  readonly sources: readonly string[];
}

export interface WrittenDraft {
  readonly claim: string;
  readonly finding: Finding;
  readonly sources: readonly RefutationSource[];
  readonly sentences: readonly WrittenSentence[];
}

/** Which sentence, from 0, and why it can't stand; -1: the draft as a whole. */
export interface Ungrounded {
  readonly sentence: number;
  readonly because: string;
}

/**
 * A draft as a person changed it, if every sentence stands: it names a post of the incident or a source of the draft, and every number
 * and time outside a quotation is one that a source it names says.
 *
 * @param posts text by id of the posts that may be cited: the incident's evidence
 * @param claims the wordings of the claim, which any sentence may quote
 */
export function checkDraft(
  written: WrittenDraft,
  posts: ReadonlyMap<PostId, string>,
  claims: readonly string[] = [],
): { readonly draft: RefutationDraft } | { readonly wrong: readonly Ungrounded[] } {
  const wrong: Ungrounded[] = [];
  const sentences: DraftSentence[] = [];
  const sources = new Map(written.sources.map((source) => [source.id, source]));
  if (sources.size < written.sources.length) wrong.push({ sentence: -1, because: '来源编号重复' });
  if (written.sentences.length === 0) wrong.push({ sentence: -1, because: '稿子是空的' });
  if (written.finding !== 'unknown' && sources.size === 0)
    wrong.push({ sentence: -1, because: '没有来源，只能写待核实' });
  written.sentences.forEach((sentence, at) => {
    const say = (because: string): void => void wrong.push({ sentence: at, because });
    const [post, ...posts_] = sentence.posts;
    const [source, ...sources_] = sentence.sources;
    if (sentence.text.trim() === '') return say('这一句是空的');
    const strange = sentence.posts.find((id) => !posts.has(id)) ?? sentence.sources.find((id) => !sources.has(id));
    if (strange !== undefined) return say('引用的帖文或来源不在此事中');
    const cited = sentence.sources.flatMap((id) => sources.get(id) ?? []);
    const loose = looseFigure(sentence.text, cited, [...claims, ...sentence.posts.map((id) => posts.get(id) ?? '')]);
    if (loose !== undefined) return say(`“${loose}”在所引来源中没有，数字和时间只能来自来源`);
    if (source !== undefined)
      sentences.push(groundedSentence(sentence.text, { posts: sentence.posts, sources: [source, ...sources_] }));
    else if (post !== undefined)
      sentences.push(groundedSentence(sentence.text, { posts: [post, ...posts_], sources: [] }));
    else say('这一句没有依据，请指明帖文或来源');
  });
  return wrong.length > 0
    ? { wrong }
    : { draft: { claim: written.claim, finding: written.finding, sentences, sources: written.sources } };
}

const DIGITS = /[\d０-９]+(?:[.:：][\d０-９]+)*/gu;
const QUOTED = /“[^“”]*”/gu;

/** The first number or time that no cited source says; what a cited post says may be quoted, and only quoted. */
function looseFigure(
  text: string,
  cited: readonly RefutationSource[],
  quotable: readonly string[],
): string | undefined {
  const sayings = [...quotable, ...cited.map(({ says }) => says)].map(bare);
  const open = text.replaceAll(QUOTED, (quote) =>
    sayings.some((saying) => saying.includes(bare(quote))) ? '　'.repeat(quote.length) : quote,
  );
  const said = cited.map(({ name, says, at }) => ({
    text: `${name} ${says}`,
    quantities: quantitiesIn(says),
    moments: momentsIn(says, at),
  }));
  const latest = Math.max(0, ...cited.map(({ at }) => at));
  const moments = momentsIn(open, latest);
  for (const moment of moments)
    if (
      !said.some(
        (source) => source.moments.some((each) => isAsExact(moment, each)) || source.text.includes(moment.text),
      )
    )
      return moment.text;
  const inMoment = (at: { start: number; end: number }): boolean =>
    moments.some(({ start, end }) => at.start < end && at.end > start);
  const quantities = quantitiesIn(open).filter((quantity) => !inMoment(quantity));
  for (const quantity of quantities)
    if (
      !said.some(
        (source) =>
          source.quantities.some((each) => isSameQuantity(each, quantity)) || source.text.includes(quantity.text),
      )
    )
      return quantity.text;
  for (const match of open.matchAll(DIGITS)) {
    const at = { start: match.index, end: match.index + match[0].length };
    const known = inMoment(at) || quantities.some(({ start, end }) => at.start < end && at.end > start);
    if (!known && !said.some((source) => source.text.includes(match[0]))) return match[0];
  }
  return undefined;
}

/** A source that says 20日 does not say 20日10时. */
const isAsExact = (moment: ReturnType<typeof momentsIn>[number], said: ReturnType<typeof momentsIn>[number]): boolean =>
  isSameMoment(moment, said) &&
  (moment.minute === undefined || said.minute !== undefined) &&
  ((moment.day === undefined && moment.dayOfMonth === undefined) ||
    said.day !== undefined ||
    said.dayOfMonth !== undefined);

const firstOf = ([first, ...others]: readonly [PostId, ...PostId[]]): readonly [PostId, ...PostId[]] => [
  first,
  ...others.slice(0, MOST_POSTS - 1),
];
/** Marks and blanks are no part of what was said. */
const bare = (text: string): string => text.replaceAll(/[\s“”"]/gu, '');
/** The claim without who passes it on and who asks; quotation marks within quotation marks would end it. */
function sayingOf(claim: string): string {
  const text = claim.replaceAll(/[“”"]/gu, '').trim();
  const said = text
    .replace(/^(?:网传|听说|据说|有人说|群里(?:都)?(?:在)?(?:传|说))[，,：:]?/u, '')
    .replace(/(?:是真的吗|真的假的|是不是真的|是真是假|真的吗|求证|求辟谣|求真相)[？?。]?$/u, '')
    .replace(/[，,、\s]$/u, '');
  return said.length < 4 ? text : said;
}
const ended = (text: string): string => (/[。！？]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`);

/** The text as it is copied out or published. */
export const textOf = ({ sentences }: Pick<RefutationDraft, 'sentences'>): string =>
  sentences.map(({ text }) => text).join('');
