import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweringBody, EchoRow } from '../../server/contract/answering.ts';
import type { ClaimFile, ClaimList } from '../../server/contract/refutation.ts';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { claims, FIRST, minute, quotes, SECOND } from './reservoir-talk.ts';
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
describe('the answer that does not land, from post to closed file', () => {
  let incident: string;
  let first: number;
  const answering = async (): Promise<AnsweringBody> =>
    (await li.get<AnsweringBody>(`incidents/${incident}/answering`)).body;
  const act = async (what: Record<string, unknown>) => {
    const { seq } = (await li.get<ClaimFile>(`incidents/${incident}/refutation`)).body;
    return li.post<CaseFileRow>(`incidents/${incident}/acts`, { expected: seq, act: what });
  };

  test('a claim goes round, and the public asks for the level and whether to leave', async () => {
    await tell(everydayTalk(600));
    await tell(claims(24, 1, 1, 'before'));
    const { body } = await li.get<ClaimList>('refutations/claims');
    expect(body.claims).toHaveLength(1);
    incident = body.claims[0]!.incident;
    const { missing, echo } = await answering();
    expect(missing.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['当前水位', '是否转移']));
    expect(missing.every(({ asked, posts }) => asked >= 3 && posts.length === asked)).toBe(true);
    expect(echo).toBeNull();
  });

  test('the first word only says that it is not so: right after it there are too few posts to tell', async () => {
    office.now = minute(27);
    const word = { account: 'yiyang', text: FIRST, publishedAt: minute(26) };
    const kept = await act({ act: 'answered', word });
    expect(kept.status).toBe(200);
    const { echo, versions } = await answering();
    expect(echo).toMatchObject({ verdict: 'tooFew', after: { n: 0 } });
    first = versions.versions[0]!.seq;
  });

  test('the claim goes on: not landed, with the figures, and the upper tier is asked to add what is missing', async () => {
    await tell(claims(13, 28, 1, 'after'));
    const { echo, missing, suggestion } = await answering();
    expect(echo?.verdict).toBe('notYet');
    expect(echo!.before.n).toBeGreaterThanOrEqual(10);
    expect(echo!.after.unsettled.share).toBeGreaterThan(0.5);
    expect(echo?.because).toMatch(/^重复或追问由\d+%到\d+%/u);
    expect(missing.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['当前水位', '是否转移']));
    const supplement = suggestion.then.find(({ act: does }) => does === 'supplement');
    expect(supplement?.because).toContain('公众在问而首发没有说明');
    expect(supplement?.because).toContain('当前水位');
    expect(supplement?.account).toMatch(/^ly/);
  });

  test('the city adds the facts; nothing asked is missing, and nothing contradicts', async () => {
    office.now = minute(50);
    const word = { account: 'ly', text: SECOND, publishedAt: minute(49) };
    expect((await act({ act: 'supplemented', word, of: first })).status).toBe(200);
    const { missing, versions } = await answering();
    expect(missing.map(({ fact }) => fact)).not.toContain('当前水位');
    expect(missing.map(({ fact }) => fact)).not.toContain('是否转移');
    expect(versions.comparisons[0]?.differs).toEqual([]);
    expect(versions.comparisons[0]?.onlyB.map(({ at }) => at.text)).toContain('287.4米');
  });

  test('people pass the facts on: the share falls, and the reach of the correction is counted by texts and counties', async () => {
    await tell(quotes(110, 52));
    const { status, body: echo } = await li.get<EchoRow>(`incidents/${incident}/echo`);
    expect(status).toBe(200);
    // Copies of one wording are one voice, so 110 posts are far fewer texts.
    expect(echo.after.by.find((each) => each.echo === 'quotes')!.share.of).toBeGreaterThanOrEqual(15);
    expect(echo.after.unsettled.share).toBeLessThan(0.6);
    expect(echo.fall!.fall).toBeGreaterThan(0);
    expect(echo.correctionReach).toMatchObject({ places: 1 });
    expect(echo.correctionReach.posts).toBeGreaterThan(60);
    expect(echo.lag).toBeGreaterThan(0);
    expect(echo.residual).toBeNull();
  });

  test('it is closed with what became of it', async () => {
    office.now = minute(95);
    expect((await act({ act: 'closed', outcome: 'explained' })).status).toBe(200);
    const { body } = await li.get<CaseFileRow>(`incidents/${incident}/acts`);
    expect(body.brief.status).toBe('closed');
  });
});
