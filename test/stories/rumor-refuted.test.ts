import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnsweringBody } from '../../server/contract/answering.ts';
import type { ClaimFile, ClaimList, DraftBody, SendAnswer } from '../../server/contract/refutation.ts';
import type { AssessmentBody } from '../../server/contract/assessment.ts';
import type { CaseFileRow } from '../../server/contract/case-file.ts';
import type { ErrorBody, FoundPostsBody, IncidentRow } from '../../server/contract/http.ts';
import { signWebhook } from '../../server/adapters/notify/webhook/webhook.ts';
import type { ChannelIs, ChannelsPage } from '../../server/contract/notify.ts';
import { httpReceiver, type Receiver } from '../seeds/notify-receiver.ts';
import { BEYOND, IN_YIYANG } from './child-rumor.ts';
import { openOffice, type AtDesk, type Office } from './office.ts';
import { EVENING, everydayTalk, MINUTE, until } from './running-app.ts';

const POLICE = {
  id: 's1',
  name: '宜阳县公安局锦屏派出所出警记录',
  says: '20日21时20分到场核查，青石湾小学门口的白色面包车是接送学生的校车，没有抢孩子，全校326名学生均已安全离校',
  at: '2026-11-20T13:25:00.000Z',
  tells: '孩子是否安全',
};

const HOOK_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;

let office: Office;
let program: Receiver;
let [li, wang, luoning, editor]: readonly AtDesk[] = [];
beforeEach(() => awake());
beforeAll(async () => {
  program = await httpReceiver({ good: '{"kept":true}', coded: '{"kept":false}' });
  const people: Parameters<typeof openOffice>[0] = [
    { name: '李', roles: ['responder'], regions: ['410300'] },
    { name: '王', roles: ['responder', 'analyst'], regions: ['410300'] },
    { name: '洛宁值班', roles: ['responder', 'analyst'], regions: ['410328'] },
    { name: '编辑', roles: ['editor'], regions: 'all' },
  ];
  office = await openOffice(people, { WENBIDA_NOTIFY_HOSTS: program.host });
  [li, wang, luoning, editor] = await Promise.all(['李', '王', '洛宁值班', '编辑'].map((name) => office.signIn(name)));
});
afterAll(async () => {
  await office.close();
  await program.close();
});

const at = (minute: number): number => EVENING + minute * MINUTE;
/** Sessions end after half an hour at rest. */
const awake = (): Promise<unknown> => Promise.all([li, wang, luoning, editor].map((desk) => desk!.get('session')));
const tell = async (posts: Parameters<Office['running']['post']>[0]): Promise<void> => {
  office.now = Math.max(office.now, ...posts.map((post) => post.at));
  await office.running.post(posts);
  await office.running.app.flow.drained();
};

/** A program of the office that takes refutations and nothing else. */
const taker = {
  ...{ name: '发布系统', quiet: null, second: null, paused: false },
  subscription: {
    ...{ regions: [], kinds: [], fromRung: 'nation', lifeAtRisk: false, progress: false, reminders: false },
    ...{ overdue: false, sourceSilence: false, refutations: true },
  },
};

/** Tests of one story: each begins where the one before it ended. */
describe('the county rumor that becomes city-wide, from post to closed file', () => {
  let incident: string;
  let draft: DraftBody;
  let file: ClaimFile;
  const at_ = (path: string): string => `incidents/${incident}/${path}`;
  const read = async (): Promise<ClaimFile> => (await li!.get<ClaimFile>(at_('refutation'))).body;
  const seqNow = async (): Promise<number> => (await read()).seq;
  const act = async (what: Record<string, unknown>) =>
    li!.post<CaseFileRow>(at_('acts'), { expected: await seqNow(), act: what });

  test('it comes up as a claim to be checked, in the county', async () => {
    await tell(everydayTalk(600));
    await tell(IN_YIYANG);
    const { body } = await li!.get<ClaimList>('refutations/claims');
    expect(body.claims).toHaveLength(1);
    expect(body.claims[0]).toMatchObject({ state: 'unchecked', rung: 'county', suggested: 0, confirmed: 0 });
    incident = body.claims[0]!.incident;
    file = await read();
    expect(file.publisher.account).toMatch(/^yiyang/);
    expect(file.publisher.because.join()).toContain('基层首发：影响已到区县一级');
  });

  test('without a source the draft says 待核实, whatever one would like it to say', async () => {
    const { body } = await li!.post<DraftBody>(at_('refutation/compose'), { finding: 'untrue', sources: [] });
    expect(body.finding).toBe('unknown');
    expect(body.sentences.map(({ text }) => text)).toContain('该说法是否属实，目前待核实。');
    for (const { posts, sources } of body.sentences) expect(posts.length + sources.length).toBeGreaterThan(0);
  });

  test('with one it is drafted out of what the source says; a number of one’s own is refused', async () => {
    office.now = at(30);
    const { body } = await li!.post<DraftBody>(at_('refutation/compose'), { finding: 'untrue', sources: [POLICE] });
    draft = body;
    expect(draft.sentences.map(({ text }) => text)).toEqual([
      '网上流传“宜阳县锦屏镇青石湾小学门口有人开白色面包车抢孩子，家长都去接了”的说法。',
      '经核实，该说法不实。',
      `${POLICE.name}：${POLICE.says}。`,
    ]);
    const invented = { text: '已有12名家长前来道谢。', posts: [], sources: ['s1'] };
    const wrong = { ...draft, sentences: [...draft.sentences, invented] };
    const refused = await li!.post<ErrorBody>(at_('refutation/drafts'), { seen: file.seq, draft: wrong });
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      code: 'refused',
      message: '第4句：“12名”在所引来源中没有，数字和时间只能来自来源',
      where: 'draft.sentences.3',
    });
  });

  test('who drafted can’t confirm; the second person can', async () => {
    const kept = await li!.post<ClaimFile>(at_('refutation/drafts'), { seen: file.seq, draft });
    expect(kept.status).toBe(201);
    expect(kept.body).toMatchObject({ state: 'drafted' });
    const { seq, drafts } = kept.body;
    const decide = { seen: seq, draft: drafts[0]!.seq, confirm: true };
    const own = await li!.post<ErrorBody>(at_('refutation/decisions'), decide);
    expect([own.status, own.body.error.message]).toEqual([400, '起草人不能自己确认，请另一人核对后确认']);
    const free = await li!.post<ErrorBody>(at_('acts'), {
      expected: seq,
      act: { act: 'claimConfirmed', draft: drafts[0]!.seq },
    });
    expect(free.status).toBe(400);
    const second = await wang!.post<ClaimFile>(at_('refutation/decisions'), decide);
    expect(second.status).toBe(201);
    expect(second.body).toMatchObject({ state: 'confirmed', drafts: [{ own: false, confirmed: { by: '王' } }] });
    const late = await wang!.post<ErrorBody>(at_('refutation/decisions'), decide);
    expect(late.status).toBe(409);
  });

  test('without a program that takes it, it is copied by hand; only a webhook can be marked for it', async () => {
    const { drafts, canSend } = await read();
    expect(canSend).toBe(false);
    const sent = await li!.post<ErrorBody>(at_('refutation/deliveries'), { draft: drafts[0]!.seq });
    expect([sent.status, sent.body.error.message]).toEqual([400, expect.stringContaining('没有渠道接收辟谣稿')]);
    const robot = { kind: 'wecom', url: `http://${program.host}/send?key=abcdefgh` };
    const marked = await editor!.post<ErrorBody>('channels', { ...taker, name: '群', target: robot });
    expect([marked.status, marked.body.error.message]).toEqual([400, '只有签名回调可以接收辟谣稿']);
  });

  test('sent by a person to the office’s own program: a failing one is said in words, tried again, and has it once, signed', async () => {
    const target = { kind: 'webhook', url: `http://${program.host}/refutations`, secret: HOOK_SECRET };
    const made = await editor!.post<ChannelIs>('channels', { ...taker, target });
    expect(made.status).toBe(200);
    const { drafts, canSend, publisher } = await read();
    expect(canSend).toBe(true);
    expect(program.received).toEqual([]);
    const send = () => li!.post<SendAnswer>(at_('refutation/deliveries'), { draft: drafts[0]!.seq });
    program.mode = 'broken';
    const failed = await send();
    expect(failed.status).toBe(200);
    expect(failed.body).toMatchObject({ state: 'waiting', channel: '发布系统' });
    expect(failed.body.says).toContain('500');
    program.mode = 'works';
    office.now += 2 * MINUTE;
    await until(() => program.taken.length > 0);
    await until(async () => (await send()).body.state === 'sent');
    expect(program.taken).toHaveLength(1);
    const { headers, body } = program.taken[0]!;
    const { data } = JSON.parse(body) as { data: { notices: Record<string, unknown>[] } };
    expect(data.notices).toMatchObject([
      {
        ...{ id: `refutation-${incident}-${drafts[0]!.seq}`, kind: 'refutation', incident },
        refutation: { draft: drafts[0]!.seq, account: publisher.account, text: drafts[0]!.text },
      },
    ]);
    const [id, ts] = [String(headers['webhook-id']), Number(headers['webhook-timestamp'])];
    expect(headers['webhook-signature']).toBe(signWebhook(HOOK_SECRET, id, ts, body));
    const { channels, recent } = (await editor!.get<ChannelsPage>('channels')).body;
    expect(channels[0]?.subscription.refutations).toBe(true);
    expect(recent.filter(({ kind }) => kind === 'refutation')).toMatchObject([{ state: 'sent' }]);
  });

  test('it is published by the account that the rule names, and the file says so', async () => {
    office.now = at(40);
    const { publisher, drafts } = await read();
    const word = { account: publisher.account, text: drafts[0]!.text, publishedAt: at(38) };
    expect((await act({ act: 'answered', word })).status).toBe(200);
    expect((await read()).state).toBe('published');
  });

  test('a later copy is suggested to match, and is not confirmed by that', async () => {
    await tell([
      {
        id: 'later-copy',
        text: '网传宜阳县锦屏镇青石湾小学门口有人开白色面包车抢孩子，家长都去接了，大家小心',
        at: at(55),
      },
    ]);
    const { body } = await li!.get<FoundPostsBody>(`posts?q=${encodeURIComponent('抢孩子 小心')}`);
    const [match] = body.posts[0]?.refutations ?? [];
    expect(match).toMatchObject({ kind: 'suggested', id: expect.stringContaining(incident) as string });
  });

  test('it climbs to the city; the city’s word differs in two facts, and the rules ask for a correction', async () => {
    await tell(BEYOND.map((post) => ({ ...post, at: post.at + 40 * MINUTE })));
    const rows = await li!.get<IncidentRow[]>('incidents');
    expect(rows.body[0]).toMatchObject({ id: incident, rung: 'city' });
    const first = (await li!.get<AnsweringBody>(at_('answering'))).body.versions.versions[0]!;
    const word = {
      account: 'ly-police',
      text: '经洛阳市公安局核实，20日21时40分民警到场，青石湾小学门口的白色面包车是校车，全校362名学生均已安全离校，该说法不实。',
      publishedAt: at(70),
    };
    office.now = at(72);
    expect((await act({ act: 'supplemented', word, of: first.seq })).status).toBe(200);
    const { body } = await li!.get<AnsweringBody>(at_('answering'));
    expect(body.versions.comparisons[0]?.differs.map(({ fact, a, b }) => [fact, a.text, b.text])).toEqual([
      ['数量（人）', '326名', '362名'],
      ['到场时间', '20日21时20分', '20日21时40分'],
    ]);
    expect(body.suggestion.then.filter(({ act: does }) => does === 'correct').length).toBeGreaterThan(0);
    expect(body.suggestion.then.find(({ act: does }) => does === 'correct')?.because).toContain('不一致');
    const versions = await li!.get<AnsweringBody['versions']>(at_('versions'));
    expect(versions.body).toEqual(body.versions);
  });

  test('the corrected word takes the place of the wrong one', async () => {
    office.now = at(80);
    const { versions } = (await li!.get<AnsweringBody>(at_('answering'))).body.versions;
    const wrong = versions.find(({ account }) => account === 'ly-police')!;
    const word = { account: 'ly-police', text: POLICE.says, publishedAt: at(79) };
    expect((await act({ act: 'corrected', word, of: wrong.seq })).status).toBe(200);
    const { body } = await li!.get<AnsweringBody>(at_('answering'));
    expect(body.versions.versions.find(({ seq }) => seq === wrong.seq)?.supersededBy).toBeDefined();
    expect(body.versions.comparisons.flatMap(({ differs }) => differs)).toEqual([]);
  });

  test('the layers plan a joint publication; one declines, and nobody is made to', async () => {
    const layers = [
      { account: 'ly-police', does: 'publish', from: new Date(at(90)).toISOString() },
      { account: 'yiyang-police', does: 'relay', from: new Date(at(95)).toISOString() },
      { account: 'ly-edu', does: 'supplement', from: new Date(at(99)).toISOString(), text: '校车停靠点说明' },
    ];
    const planned = await li!.post<{ seq: number }[]>(at_('campaigns'), {
      seen: await seqNow(),
      title: '校车不是“抢孩子”',
      layers,
    });
    expect(planned.status).toBe(201);
    const declined = await li!.post(at_('campaigns/declines'), {
      ...{ seen: await seqNow(), plan: planned.body[0]!.seq, account: 'ly-edu', why: '学校已在家长群说明' },
    });
    expect(declined.status).toBe(201);
    const { body } = await li!.get<AnsweringBody['joints']>('campaigns');
    expect(body[0]?.layers.map(({ state }) => state)).toEqual(['later', 'later', 'declined']);
  });

  test('it is closed, and the assessment counts it for its unit, with too few to make a rate', async () => {
    office.now = at(100);
    expect((await act({ act: 'closed', outcome: 'explained' })).status).toBe(200);
    const { body } = await wang!.get<AssessmentBody>('assessment?days=7');
    const unit = body.units.find(({ answered }) => answered.counted.includes(incident))!;
    expect(unit).toMatchObject({ onTime: { of: 1, n: 1, rate: null }, participation: { voices: 0, fails: true } });
    expect(body.titles[incident]).toBeDefined();
  });

  test('another county sees none of it: no claim, no file, no unit, no campaign', async () => {
    expect((await luoning!.get<ClaimList>('refutations/claims')).body.claims).toEqual([]);
    for (const path of ['refutation', 'answering', 'echo', 'versions'])
      expect((await luoning!.get(at_(path))).status, path).toBe(404);
    const drafts = await luoning!.post(at_('refutation/drafts'), { seen: 1, draft });
    expect(drafts.status).toBe(404);
    expect((await luoning!.get<unknown[]>('campaigns')).body).toEqual([]);
    const { body } = await luoning!.get<AssessmentBody>('assessment?days=7');
    expect(Object.keys(body.titles)).toEqual([]);
    expect(body.units.every(({ unit }) => !unit.includes('宜阳'))).toBe(true);
  });
});
