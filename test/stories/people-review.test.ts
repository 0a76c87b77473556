import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FoundPostsBody, PostRow } from '../../server/contract/http.ts';
import type { ReviewList } from '../../server/contract/review.ts';
import { openRefutations } from '../../server/adapters/refutations/sqlite-refutations.ts';
import { aRefutation } from '../seeds/reviews.ts';
import { EVENING, MINUTE, runApp, until, type RunningApp } from './running-app.ts';

const RUMOR = '听说锦川水库今晚要泄洪了，沿河群众连夜转移，赶紧转给家里人';

let dir: string;
let running: RunningApp;
let post: PostRow;

const search = async (): Promise<PostRow> => {
  const { posts } = await running.get<FoundPostsBody>('posts?q=泄洪');
  return posts[0]!;
};
const review = async (body: object, id = post.id): Promise<{ status: number; answer: never }> => {
  const answer = await fetch(`${running.url}/api/v1/posts/${id}/review`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, answer: (await answer.json()) as never };
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'story-review-'));
  running = await runApp({ dir });
});
afterAll(async () => {
  await running.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The store opens a moment after the server does. */
const restart = async (): Promise<void> => {
  running = await runApp({ dir });
  await until(async () => (await running.health()).store.posts !== undefined);
};

/** Tests of one story: each begins where the one before it ended. */
describe('people look at what the machine judged', () => {
  test('a post that nobody has looked at says nothing of reviews or refutations', async () => {
    await running.post([{ id: 'flood', text: RUMOR, at: EVENING + MINUTE, author: 'somebody-in-particular' }]);
    await running.app.flow.drained();
    post = await search();
    expect(post.text).toBe(RUMOR);
    expect('review' in post || 'refutations' in post).toBe(false);
  });

  test('a correction is kept with what the machine said, the newest word is shown, the history stays', async () => {
    const first = await review({ mood: 'fear', need: null, seen: 0, comment: '问过水库' });
    expect(first).toMatchObject({
      status: 201,
      answer: { kept: { id: 1, text: RUMOR, says: { mood: 'fear', need: null } } },
    });
    const second = await review({ mood: 'angry', seen: 1 });
    expect(second).toMatchObject({
      status: 201,
      answer: { post: { review: { mood: 'angry', need: null, cases: 2 } } },
    });
    expect((await search()).review).toMatchObject({
      mood: 'angry',
      need: null,
      last: 2,
      cases: 2,
      comment: '问过水库',
    });
    const list = await running.get<ReviewList>('reviews');
    expect(list.total).toBe(2);
    expect(list.reviews.map(({ id }) => id)).toEqual([2, 1]);
    expect(list.reviews[0]?.machine).toMatchObject({ rumor: post.rumor, needsCheck: post.needsCheck, mood: post.mood });
    expect(list.reviews[0]?.authorKind).toBe('ordinary');
    expect(list.agreement.find(({ head }) => head === 'mood')?.n).toBe(1);
    expect(JSON.stringify(list)).not.toContain('somebody');
  });

  test('of two people at the same time, one is kept and the other is shown it', async () => {
    const answers = await Promise.all([review({ mood: 'sad', seen: 2 }), review({ mood: 'happy', seen: 2 })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await running.get<ReviewList>('reviews')).total).toBe(3);
  });

  test('what is not so, or rests on nothing, is refused with the place', async () => {
    const refused: [object, string][] = [
      [{}, 'body'],
      [{ comment: '只有一句话' }, 'body'],
      [{ place: '999999' }, 'body.place'],
      [{ rumor: { finding: 'confirmed-rumor' } }, 'body.rumor.source'],
      [{ rumor: { finding: 'withdrawn', source: '   ' } }, 'body.rumor.source'],
      [{ refutations: [{ id: 'nobody', finding: 'confirmed' }] }, 'body.refutations'],
    ];
    for (const [body, where] of refused)
      expect(await review(body), JSON.stringify(body)).toMatchObject({ status: 400, answer: { error: { where } } });
    expect(await review({ need: null }, 'f'.repeat(64))).toMatchObject({ status: 404 });
    expect((await running.get<ReviewList>('reviews')).total).toBe(3);
  });

  test('a refutation imported while the server runs is suggested at once, and stays a guess', async () => {
    const store = openRefutations(join(dir, 'refutations.sqlite'));
    store.put([aRefutation()]);
    store.close();
    const [match] = (await search()).refutations ?? [];
    expect(match).toMatchObject({ kind: 'suggested', id: 'r1', source: '锦川县水利局' });
    expect((await search()).review?.cases).toBe(3);
  });

  test('a person confirms it: from then on it is confirmed, as it read then, whatever is imported later', async () => {
    expect((await review({ refutations: [{ id: 'r1', finding: 'confirmed' }] })).status).toBe(201);
    const store = openRefutations(join(dir, 'refutations.sqlite'));
    store.put([aRefutation({ verdict: '改写过的结论' })]);
    store.close();
    expect((await search()).refutations).toMatchObject([
      { kind: 'confirmed', id: 'r1', verdict: aRefutation().verdict, review: 4 },
    ]);
    expect((await review({ refutations: [{ id: 'r1', finding: 'rejected' }] })).status).toBe(201);
    expect((await search()).refutations).toEqual([]);
  });

  test('a restart forgets none of it, and says so of a calibration that belongs to another model', async () => {
    const before = await search();
    await running.close();
    const score = { slope: 1, shift: 0, threshold: 0, n: 99 };
    const file = {
      format: 1,
      madeAt: '',
      weights: '000000000000',
      precision: 0.8,
      rumor: { known: score, unknown: score },
      need: null,
    };
    writeFileSync(join(dir, 'calibration.json'), JSON.stringify(file));
    await restart();
    expect(running.app.pool.calibration).toBeNull();
    expect(running.app.pool.note).toContain('未采用');
    expect((await search()).review).toEqual(before.review);
    expect((await running.get<ReviewList>('reviews')).total).toBe(5);
  });

  test('with a calibration of its own it judges by it', async () => {
    const weights = running.app.pool.weights;
    await running.close();
    const score = { slope: 1, shift: 0, threshold: 0, n: 99 };
    const file = { format: 1, madeAt: '', weights, precision: 0.8, rumor: { known: score, unknown: null }, need: null };
    writeFileSync(join(dir, 'calibration.json'), JSON.stringify(file));
    await restart();
    expect(running.app.pool.calibration).toMatch(/^[0-9a-f]{8}$/);
    await running.post([{ id: 'calm', text: '今天泄洪渠边散步，天气很好', at: EVENING + 5 * MINUTE }]);
    await running.app.flow.drained();
    const { posts } = await running.get<FoundPostsBody>('posts?q=散步');
    expect(posts[0]?.needsCheck).toBe(true);
  });
});
