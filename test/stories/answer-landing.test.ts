import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweringBody, EchoRow } from '../../server/contract/answering.ts';
import type { ClaimFile, ClaimList } from '../../server/contract/refutation.ts';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { claims, minute, quotes, SECOND } from './reservoir-talk.ts';
import { everydayTalk, type Sent } from './running-app.ts';

let office: Office;
let li: AtDesk;
beforeAll(async () => {
  office = await openOffice([{ name: '李', roles: ['responder'], regions: ['410300'] }]);
  li = await office.signIn('李');
});
beforeEach(() => li.get('session'));
afterAll(() => office.close());
const tell = async (posts: readonly Sent[]): Promise<void> => {
  office.now = Math.max(office.now, ...posts.map((post) => post.at));
  await office.running.post(posts);
  await office.running.app.flow.drained();
};

/** Tests of one story: each begins where the one before it ended. */
describe('the answer that lands, from post to closed file', () => {
  let incident: string;
  const answering = async (): Promise<AnsweringBody> =>
    (await li.get<AnsweringBody>(`incidents/${incident}/answering`)).body;
  const act = async (what: Record<string, unknown>) => {
    const { seq } = (await li.get<ClaimFile>(`incidents/${incident}/refutation`)).body;
    return li.post<CaseFileRow>(`incidents/${incident}/acts`, { expected: seq, act: what });
  };

  test('a claim goes round and people ask for the level and whether to leave', async () => {
    await tell(everydayTalk(600));
    await tell(claims(24, 1, 1, 'before'));
    const { body } = await li.get<ClaimList>('refutations/claims');
    incident = body.claims[0]!.incident;
    expect((await answering()).missing.map(({ fact }) => fact)).toEqual(
      expect.arrayContaining(['当前水位', '是否转移']),
    );
  });

  test('the county answers at once what is asked; with nobody heard since, nothing is said of whether it landed', async () => {
    office.now = minute(27);
    expect(
      (await act({ act: 'answered', word: { account: 'yiyang', text: SECOND, publishedAt: minute(26) } })).status,
    ).toBe(200);
    const { echo, missing } = await answering();
    expect(echo).toMatchObject({ verdict: 'tooFew', after: { n: 0 }, fall: null });
    expect(echo?.because).toContain('都要满10帖才下结论');
    expect(missing.map(({ fact }) => fact)).not.toContain('当前水位');
  });

  test('people pass it on, few still repeat the claim: the share of repeats falls, with interval and n, and it has landed', async () => {
    await tell(quotes(60, 28));
    const early = (await li.get<EchoRow>(`incidents/${incident}/echo`)).body;
    await tell([
      ...claims(3, 50, 1, 'afterwards'),
      ...quotes(110, 44).map((post) => ({ ...post, id: `${post.id}-more` })),
    ]);
    const { body: echo } = await li.get<EchoRow>(`incidents/${incident}/echo`);
    expect(echo.before.n).toBeGreaterThanOrEqual(10);
    expect(echo.before.unsettled.share).toBeGreaterThan(0.8);
    // More texts, a narrower interval: the verdict leans on n, not on the share alone.
    expect(echo.after.n).toBeGreaterThanOrEqual(early.after.n);
    expect(echo.after.n).toBeGreaterThanOrEqual(10);
    expect(echo.after.unsettled).toMatchObject({ n: echo.after.n });
    expect(echo.after.unsettled.of).toBeGreaterThan(0);
    expect(echo.after.unsettled.share).toBeLessThan(0.2);
    expect(echo.after.unsettled.high).toBeLessThan(0.3);
    expect(echo.fall!.low).toBeGreaterThan(0);
    expect(echo.verdict).toBe('landed');
    expect(echo.because).toMatch(/^重复或追问由\d+%到\d+%，95%区间上限\d+%，低于30%，且降幅不是偶然$/u);
    // Who says what is posts that can be opened.
    expect(echo.after.by.find((each) => each.echo === 'quotes')?.posts.length).toBeGreaterThan(0);
  });

  test('nobody is asked to add or correct; it is closed, and the file tells the whole way', async () => {
    const { suggestion, missing } = await answering();
    expect(missing).toEqual([]);
    expect(suggestion.first).toBe('yiyang');
    expect(suggestion.then.map(({ act: does }) => does)).not.toContain('correct');
    expect(suggestion.then.map(({ act: does }) => does)).not.toContain('supplement');
    office.now = minute(95);
    expect((await act({ act: 'closed', outcome: 'explained' })).status).toBe(200);
    const { body } = await li.get<CaseFileRow>(`incidents/${incident}/acts`);
    expect(body.events.map(({ act: done }) => done)).toEqual(['raised', 'answered', 'closed']);
  });
});
