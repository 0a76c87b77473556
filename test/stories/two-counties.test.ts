import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweringBody } from '../../server/contract/answering.ts';
import type { ClaimList } from '../../server/contract/refutation.ts';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import { BEYOND, IN_YIYANG } from './child-rumor.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { EVENING, everydayTalk, MINUTE, type Sent } from './running-app.ts';

const minute = (at: number): number => EVENING + at * MINUTE;
const YIYANG = '宜阳县公安局核实：11月20日16时在青石湾小学门口接报2起争执，无人受伤，没有抢孩子的事。';
const YICHUAN = '伊川县核实：青石湾小学门口11月20日接报3起争执，没有抢孩子的事。';
const RIGHT = '伊川县更正：经与宜阳县核对，接报为2起争执，此前所说3起有误。';

let office: Office;
let city: AtDesk;
beforeAll(async () => {
  office = await openOffice([{ name: '市值班', roles: ['responder'], regions: ['410300'] }]);
  city = await office.signIn('市值班');
});
beforeEach(() => city.get('session'));
afterAll(() => office.close());
const tell = async (posts: readonly Sent[]): Promise<void> => {
  office.now = Math.max(office.now, ...posts.map((post) => post.at));
  await office.running.post(posts);
  await office.running.app.flow.drained();
};

/** Tests of one story: each begins where the one before it ended. */
describe('two counties contradict each other, from post to closed file', () => {
  let incident: string;
  const file = async (): Promise<CaseFileRow> => (await city.get<CaseFileRow>(`incidents/${incident}/acts`)).body;
  const act = async (what: Record<string, unknown>, why?: string): Promise<CaseFileRow> => {
    const { seq } = (await file()).brief;
    const { status, body } = await city.post<CaseFileRow>(`incidents/${incident}/acts`, {
      ...{ expected: seq, act: what },
      ...(why === undefined ? {} : { why }),
    });
    if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body;
  };
  const answering = async (): Promise<AnsweringBody> =>
    (await city.get<AnsweringBody>(`incidents/${incident}/answering`)).body;
  const word = (account: string, text: string) => ({ account, text, publishedAt: office.now });

  test('a rumor of one county is answered by that county', async () => {
    await tell(everydayTalk(600));
    await tell(IN_YIYANG);
    const { body } = await city.get<ClaimList>('refutations/claims');
    incident = body.claims[0]!.incident;
    office.now = minute(12);
    await act({ act: 'answered', word: word('yiyang', YIYANG) });
    expect((await answering()).suggestion.first).toBe('yiyang');
  });

  test('it spreads to the city: the first answer stays the county’s, and the city relays', async () => {
    await tell(BEYOND);
    const { suggestion } = await answering();
    expect(suggestion.first).toBe('yiyang');
    expect(suggestion.then).toContainEqual(expect.objectContaining({ account: 'ly', act: 'relay' }));
    expect(suggestion.because.join()).toContain('已先回应');
  });

  test('the other county says another number: it is marked, and their common upper is asked to settle it', async () => {
    office.now = minute(30);
    const first = (await file()).words[0]!.seq;
    await act({ act: 'supplemented', word: word('yichuan', YICHUAN), of: first });
    const { versions, suggestion } = await answering();
    expect(versions.comparisons[0]?.differs.map(({ a, b }) => [a.text, b.text])).toEqual([['2起', '3起']]);
    const acts = suggestion.then.map(({ act: does, account }) => `${does} ${account}`);
    expect(acts).toEqual(expect.arrayContaining(['correct yiyang', 'giveFacts yichuan', 'coordinate ly']));
    const settled = suggestion.then.find(({ act: does, account }) => does === 'coordinate' && account === 'ly');
    expect(settled?.because).toContain('共同上级');
  });

  test('the one that was wrong corrects itself, nothing contradicts any more, and it is closed', async () => {
    office.now = minute(40);
    await act({ act: 'assigned', account: 'yichuan', mode: 'whistle' }, '请与宜阳核对争执起数');
    const theirs = (await file()).words.at(-1)!.seq;
    await act({ act: 'corrected', word: word('yichuan', RIGHT), of: theirs });
    const { versions, suggestion } = await answering();
    expect(versions.comparisons.flatMap(({ differs }) => differs)).toEqual([]);
    expect(suggestion.then.map(({ act: does }) => does)).not.toContain('correct');
    const closed = await act({ act: 'closed', outcome: 'explained' });
    expect(closed.brief.status).toBe('closed');
    expect(closed.words.map(({ kind, account }) => `${kind} ${account.account}`)).toEqual([
      ...['answered yiyang', 'supplemented yichuan', 'corrected yichuan'],
    ]);
  });
});
