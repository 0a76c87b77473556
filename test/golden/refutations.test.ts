import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { RefutationMatcher } from '../../pipelines/2-understand/match-refutation.ts';
import { openTokeniser } from '../../server/adapters/jieba/open-tokeniser.ts';
import { loadWeights } from '../../server/adapters/models/load-weights.ts';
import { gazetteerWords } from '../../server/load-gazetteer.ts';
import { packageRoot } from '../../server/package-root.ts';
import { plantDrill } from '../../server/drill/write-drill.ts';

interface Row {
  readonly claim: string;
  /** Texts that spread the claim, in other words. */
  readonly spreads: readonly string[];
  /** Texts that must not be taken for it: the same place and another matter, a denial, the opposite. */
  readonly other: readonly string[];
}

const rows = readFileSync(join(packageRoot(), 'test/golden/refutations.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Row);

describe('refutations', () => {
  let matcher: RefutationMatcher;
  beforeAll(async () => {
    const tokeniser = await openTokeniser(gazetteerWords());
    const refutations = rows.map(({ claim }, at) => ({
      id: String(at),
      claim,
      verdict: '不实',
      source: '某局',
      publishedAt: 0,
    }));
    matcher = new RefutationMatcher(refutations, loadWeights(), (text) => tokeniser.cut(text));
  });

  // Thresholds were chosen on rows 0, 2, 4 …; the others were only measured.
  test.each([
    ['tuned on', 0],
    ['not tuned on', 1],
  ])('of the rows %s, most paraphrases are suggested, and hardly any look-alike', (_name, half) => {
    let [right, wrong, missed] = [0, 0, 0];
    rows.forEach(({ spreads, other }, at) => {
      if (at % 2 !== half) return;
      for (const text of spreads) {
        const ids = matcher.match(text).map(({ id }) => id);
        if (ids.includes(String(at))) right++;
        else missed++;
        wrong += ids.filter((id) => id !== String(at)).length;
      }
      for (const text of other) wrong += matcher.match(text).length;
    });
    expect(right / (right + missed)).toBeGreaterThanOrEqual(0.85);
    expect(right / (right + wrong)).toBeGreaterThanOrEqual(0.95);
  });

  test('no denial is taken for the rumor it denies', () => {
    const denials = rows.flatMap(({ other }) => other).filter((text) => /辟谣|谣言|不属实|不实|是假/u.test(text));
    expect(denials.length).toBeGreaterThan(15);
    expect(denials.filter((text) => matcher.match(text).length > 0)).toEqual([]);
  });

  test('of a whole drill, no everyday talk is taken for any of them; its own reservoir rumor, at another reservoir, hardly ever', () => {
    const posts = plantDrill({ start: Date.parse('2026-11-20T19:00:00+08:00') });
    const matched = posts.filter(({ post }) => matcher.match(post.text).length > 0);
    expect(posts.length).toBeGreaterThan(2_000);
    expect(matched.filter(({ incident }) => incident === undefined)).toEqual([]);
    expect(matched.length / posts.length).toBeLessThan(0.002);
  });

  test('says what both have in common', () => {
    const [match] = matcher.match('听说锦川水库今晚要泄洪了，住河边的赶紧转移啊');
    expect(match).toMatchObject({ kind: 'suggested', id: '0' });
    expect(match?.because.join()).toContain('泄洪');
    expect(match?.score).toBeGreaterThanOrEqual(0.5);
    expect(match?.score).toBeLessThanOrEqual(1);
  });

  test('reads traditional characters, full width and zero-width signs alike', () => {
    expect(matcher.match('聽說錦川水庫今晚要泄\u200b洪了，沿河群眾连夜轉移')[0]?.id).toBe('0');
  });
});
