import { FoldIndex } from '../pipelines/1-intake/fold.ts';
import { parse } from '../pipelines/1-intake/parse.ts';
import { signatureOf } from '../pipelines/1-intake/signature.ts';
import { classify } from '../pipelines/2-understand/classify.ts';
import { placeReasons } from '../pipelines/2-understand/explain-place.ts';
import { locate } from '../pipelines/2-understand/locate.ts';
import { rumorWithReplies } from '../pipelines/2-understand/rumor-over-time.ts';
import { tokenise } from '../pipelines/2-understand/tokenise.ts';
import { documentOf } from '../pipelines/domain/post-document.ts';
import type { FoldedPost, Post, TokenisedPost, UnderstoodPost } from '../pipelines/domain/post.ts';
import { understanding } from '../pipelines/pipeline.ts';
import { openTokeniser, PROVIDERS } from '../server/adapters/jieba/open-tokeniser.ts';
import { gazetteerWords } from '../server/load-gazetteer.ts';
import { openUnderstanding } from '../server/open-understanding.ts';
import { machine, round, type Report } from './figure.ts';
import { hostileTexts } from './hostile-texts.ts';

const MOST_MS = 50;
/** The fastest counts, in processor time: other work on the machine is no fault of the text. */
const ROUNDS = 3;

const postOf = (text: string): Post => ({
  id: 'hostile' as Post['id'],
  platform: 'bench',
  nativeId: 'hostile',
  kind: 'post',
  text,
  time: 0,
  seenAt: 0,
  source: 'bench',
});

interface Step {
  readonly name: string;
  /** What is measured, with everything before it already done. */
  readonly prepare: (text: string) => () => unknown;
}

/** Every stage alone on texts of a million UTF-16 units that were written to be slow: ms of processor
 * time a text, the slowest text named. */
export async function benchHostile(report: Report): Promise<void> {
  const steps = await openSteps();
  const texts = hostileTexts();
  for (const { name, prepare } of steps) {
    let worst = { text: '', ms: -1 };
    for (const [label, text] of texts) {
      const run = prepare(text);
      let least = Infinity;
      for (let pass = 0; pass < ROUNDS; pass++) {
        const before = process.cpuUsage();
        run();
        const { user, system } = process.cpuUsage(before);
        least = Math.min(least, (user + system) / 1_000);
      }
      if (least > worst.ms) worst = { text: label, ms: least };
    }
    report({
      bench: 'hostile',
      name,
      value: round(worst.ms, 2),
      unit: 'ms',
      bar: `≤ ${MOST_MS}`,
      ok: worst.ms <= MOST_MS,
      note: `slowest of ${texts.length} texts: ${worst.text}; ${machine()}`,
    });
  }
}

async function openSteps(): Promise<Step[]> {
  const { parts } = await openUnderstanding({});
  const understand = understanding(parts);
  const place = locate(parts.gazetteer);
  const judge = classify(parts.weights, parts.cut);
  const cutters: Step[] = [];
  for (const provider of PROVIDERS) {
    const tokeniser = await openTokeniser(gazetteerWords(), provider).catch(() => undefined);
    if (tokeniser === undefined) continue;
    const stage = tokenise((text) => tokeniser.cut(text));
    cutters.push({ name: `tokenise, ${provider}`, prepare: (text) => () => stage([postOf(text)]) });
  }
  const tokenised = tokenise(parts.cut);
  const words = (text: string): TokenisedPost => tokenised([postOf(text)])[0]!;
  const understood = (text: string): UnderstoodPost => understand([postOf(text)])[0]!;
  const folded = (text: string): FoldedPost => ({ ...understood(text), group: 'hostile' as Post['id'] });
  const context = { source: 'bench', now: 0, timeless: 0, postId: () => 'hostile' as Post['id'] };
  return [
    {
      name: 'intake',
      prepare: (text) => {
        const row = JSON.stringify({ id: '1', text, title: text });
        return () => parse(JSON.parse(row), context);
      },
    },
    ...cutters,
    {
      name: 'locate',
      prepare: (text) =>
        (
          (post) => () =>
            place([post])
        )(words(text)),
    },
    {
      name: 'classify',
      prepare: (text) =>
        (
          (post) => () =>
            judge([{ ...post, region: null }])
        )(words(text)),
    },
    {
      name: 'explain the place',
      prepare: (text) =>
        (
          (post) => () =>
            placeReasons(parts.gazetteer, text, post.tokens, post.region)
        )(understood(text)),
    },
    {
      name: 'replies',
      prepare: (text) => {
        const replies = Array.from({ length: 100 }, (_, at) => ({ text, afterSeconds: at }));
        return () => rumorWithReplies(parts.weights, postOf(text), replies);
      },
    },
    { name: 'sign', prepare: (text) => () => signatureOf(text) },
    {
      name: 'fold',
      prepare: (text) => {
        const signature = signatureOf(text);
        const index = new FoldIndex(1_000);
        for (let at = 0; at < 999; at++)
          index.fold(String(at) as Post['id'], signatureOf(`${text.slice(0, 100)}${at}`));
        return () => index.fold('hostile' as Post['id'], signature);
      },
    },
    {
      name: 'document for the store',
      prepare: (text) =>
        (
          (post) => () =>
            documentOf(post)
        )(folded(text)),
    },
  ];
}
