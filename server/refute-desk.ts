import type { Account } from '../pipelines/domain/account.ts';
import type { CaseState, DraftedClaim } from '../pipelines/domain/case-state.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Viewer } from '../pipelines/domain/person.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { standingOf } from '../pipelines/domain/review.ts';
import { FINDING_NAMES } from '../pipelines/domain/refutation-draft.ts';
import type { Refutation } from '../pipelines/domain/refutation.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import { checkDraft, draftRefutation, textOf } from '../pipelines/5-respond/draft-refutation.ts';
import { ASKED_FACTS, findMissing } from '../pipelines/5-respond/find-missing.ts';
import { knownFrom } from '../pipelines/5-respond/known-from.ts';
import { echoJudge } from '../pipelines/5-respond/measure-echo.ts';
import { alertCase } from '../pipelines/5-respond/raise-alert.ts';
import { suggestTier } from '../pipelines/5-respond/suggest-tier.ts';
import type { RefutationOutlet } from '../pipelines/ports/refutation-outlet.ts';
import type { StoredPost } from '../pipelines/ports/post-store.ts';
import type { ReviewStore } from '../pipelines/ports/review-store.ts';
import { actorOf, seenBy, type AnsweringParts } from './answering-desk.ts';
import { echoPost } from './read-echo.ts';
import { claimState, draftBody, draftRow, missingRow, versionsBody, writtenOf } from './answering-views.ts';
import type { ClaimFile, ClaimListRow, EvidenceRow, MatchRow } from './contract/refutation.ts';
import { readIncidentPosts } from './incident-posts.ts';
import type { RefutationBook } from './refutation-book.ts';
import type { Done, FollowUpServices } from './services/follow-up.ts';

export interface RefuteParts extends AnsweringParts {
  readonly reviews: Pick<ReviewStore, 'of'>;
  readonly refutations: RefutationBook;
  readonly outlet: RefutationOutlet;
}

type RefuteServices = Pick<FollowUpServices, 'claims' | 'claim' | 'compose' | 'draft' | 'decide' | 'send'>;

const SHOWN = 120;

export function buildRefuteDesk(parts: RefuteParts): RefuteServices {
  const { clock, desk, cases, names, refutations, reviews } = parts;
  const account = (id: string): Account | undefined => names.account(id);
  const iso = (at: number): string => new Date(at).toISOString();
  const rowOf = ({
    id,
    claim,
    verdict,
    source,
    url,
    publishedAt,
  }: Refutation): Omit<MatchRow, 'confirmedPosts' | 'because'> => ({
    ...{ id, claim, verdict, source, ...(url === undefined ? {} : { url }), publishedAt: iso(publishedAt) },
  });

  // However it was confirmed, by whichever route: what stands confirmed is in the store, also after a kill between the two.
  for (const state of cases.states()) for (const drafted of state.claims) publish(state, drafted);
  cases.listen((events, state) => {
    for (const event of events)
      if (event.act === 'claimConfirmed')
        for (const drafted of state.claims) if (drafted.seq === event.draft) publish(state, drafted);
  });

  function publish(state: CaseState, { seq, text, draft, confirmed }: DraftedClaim): void {
    if (draft === undefined || confirmed === undefined) return;
    // What is true or still open refutes nothing.
    if (draft.finding !== 'untrue' && draft.finding !== 'partly') return;
    refutations.put({
      ...{ id: `${state.incident}-${seq}`, claim: draft.claim, verdict: text },
      source: draft.sources.map(({ name }) => name).join('、'),
      publishedAt: confirmed.at,
    });
  }

  const claimsOf = ({ claim, title }: Incident): readonly string[] =>
    claim === undefined ? [title] : [claim.text, ...claim.variants.map(({ text }) => text)];

  /** Matches that people confirmed for posts of the incident, and the machine's for its claim: never mixed. */
  function matchesOf(incident: Incident, posts: readonly StoredPost[]): Pick<ClaimFile, 'suggested' | 'confirmed'> {
    const confirmed = new Map<string, { match: Refutation; n: number }>();
    const rejected = new Set<string>();
    for (const cases_ of reviews.of(posts.map(({ id }) => id)).values())
      for (const match of standingOf(cases_)?.matches ?? []) {
        if (match.finding === 'rejected') rejected.add(match.id);
        else confirmed.set(match.id, { match, n: (confirmed.get(match.id)?.n ?? 0) + 1 });
      }
    const own = `${incident.id}-`;
    const suggested = claimsOf(incident)
      .flatMap((text) => refutations.match(text))
      .filter(({ id }, at, all) => all.findIndex((each) => each.id === id) === at)
      .filter(({ id }) => !confirmed.has(id) && !rejected.has(id) && !id.startsWith(own));
    return {
      confirmed: [...confirmed.values()].map(({ match, n }) => ({ ...rowOf(match), confirmedPosts: n, because: [] })),
      suggested: suggested.flatMap(({ id, score, because }) => {
        const match = refutations.get(id);
        return match === undefined ? [] : [{ ...rowOf(match), confirmedPosts: 0, score, because: [...because] }];
      }),
    };
  }

  async function read(viewer: Viewer, incident: Incident): Promise<ClaimFile> {
    await refutations.ready();
    const state = cases.state(incident.id);
    const { posts } = await readIncidentPosts(parts, viewer.scope, incident);
    const words = state?.words ?? [];
    const said = words.map(({ word }) => word.text);
    const { claim } = incident;
    const rule = suggestTier(
      alertCase({ ...incident, kind: '谣言' }, state === undefined ? {} : knownFrom(state)),
      parts.matrix(),
    );
    return {
      ...{ now: iso(clock.now()), incident: incident.id, title: incident.title, rung: incident.rung },
      regionName: incident.region === null ? '地点未定' : names.regions.regionName(incident.region),
      seq: state?.seq ?? 0,
      state: claimState(state),
      claim:
        claim === undefined
          ? null
          : {
              ...{ text: mask(claim.text), posts: claim.posts, firstAt: iso(claim.firstAt) },
              variants: claim.variants.map(({ text, posts: n }) => ({ text: mask(text), posts: n })),
            },
      evidence: evidenceRows(incident, posts, said),
      asked: findMissing(posts.map(echoPost), said).map(missingRow),
      facts: [...ASKED_FACTS],
      drafts: (state?.claims ?? []).flatMap((drafted) => draftRow(drafted, viewer, account) ?? []).reverse(),
      ...matchesOf(incident, posts),
      publisher: {
        account: rule.first,
        name: rule.first === null ? null : (account(rule.first)?.name ?? rule.first),
        because: [...rule.because],
      },
      versions: versionsBody(words, account),
      canSend: parts.outlet.isSet(),
    };
  }

  /** One row a text, those that say or ask of the claim first, each with what it does about it. */
  function evidenceRows(incident: Incident, posts: readonly StoredPost[], said: readonly string[]): EvidenceRow[] {
    const judge = echoJudge(claimsOf(incident), said);
    const groups = new Map<PostId, { head: StoredPost; copies: number }>();
    for (const post of posts) {
      const known = groups.get(post.group);
      const head = known === undefined || post.time < known.head.time ? post : known.head;
      groups.set(post.group, { head, copies: (known?.copies ?? 0) + 1 });
    }
    const order = ['repeats', 'asks', 'denies', 'quotes', 'other'];
    return [...groups.values()]
      .map(({ head, copies }) => ({
        ...{ id: head.id, platform: head.platform, text: mask(head.text), time: iso(head.time) },
        ...{ regionName: head.regionName, copies, echo: judge(echoPost(head).text) },
      }))
      .sort((a, b) => order.indexOf(a.echo) - order.indexOf(b.echo) || (a.time < b.time ? -1 : 1))
      .slice(0, SHOWN);
  }

  /** Texts of the posts that a draft may rest on. */
  const textsOf = (posts: readonly StoredPost[]): ReadonlyMap<PostId, string> =>
    new Map(posts.map((post) => [post.id, mask(echoPost(post).text)]));

  async function acted(
    viewer: Viewer,
    incident: Incident,
    seen: number,
    act: Parameters<AnsweringParts['cases']['act']>[2],
  ): Promise<Done<ClaimFile>> {
    const answer = cases.act(incident.id, seen, act);
    if ('meanwhile' in answer) return { meanwhile: cases.state(incident.id)?.seq ?? 0 };
    return 'kept' in answer ? { done: await read(viewer, incident) } : answer;
  }

  return {
    async claims(viewer) {
      await refutations.ready();
      const rows = desk
        .incidents({ scope: viewer.scope })
        .filter(({ kind, claim, state }) => state !== 'merged' && (kind === '谣言' || claim !== undefined))
        .map((incident): ClaimListRow => {
          const { suggested, confirmed } = matchesOf(incident, []);
          return {
            ...{ incident: incident.id, title: incident.title, rung: incident.rung },
            regionName: incident.region === null ? '地点未定' : names.regions.regionName(incident.region),
            claim: mask(incident.claim?.text ?? incident.title),
            posts: incident.claim?.posts ?? incident.count,
            firstAt: iso(incident.claim?.firstAt ?? incident.firstPostAt),
            state: claimState(cases.state(incident.id)),
            ...{ suggested: suggested.length, confirmed: confirmed.length },
          };
        });
      const order = ['unchecked', 'drafted', 'confirmed', 'published'];
      rows.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.firstAt < b.firstAt ? 1 : -1));
      return { now: iso(clock.now()), claims: rows };
    },
    async claim(viewer, id) {
      const incident = seenBy(desk, viewer, id);
      return incident === undefined ? undefined : read(viewer, incident);
    },
    async compose(viewer, id, { finding, sources }) {
      const incident = seenBy(desk, viewer, id);
      if (incident === undefined) return { missing: true };
      const { posts } = await readIncidentPosts(parts, viewer.scope, incident);
      const said = (cases.state(incident.id)?.words ?? []).map(({ word }) => word.text);
      const claim = incident.claim?.text ?? incident.title;
      const judge = echoJudge(claimsOf(incident), said);
      const saying = posts.filter((post) => ['repeats', 'asks'].includes(judge(echoPost(post).text)));
      const [first, ...others] = [...(saying.length > 0 ? saying : posts)].reverse().map((post) => post.id);
      if (first === undefined)
        return { refused: { where: 'posts', because: '还没有可以引用的帖文，检索库可能落后，稍候再试' } };
      const { sources: own } = writtenOf({ claim, finding, sources, sentences: [] });
      const asked = findMissing(posts.map(echoPost), said);
      return {
        done: draftBody(
          draftRefutation({ claim: mask(claim), claimPosts: [first, ...others], finding, sources: own, asked }),
        ),
      };
    },
    async draft(viewer, id, { seen, draft }) {
      const incident = seenBy(desk, viewer, id);
      if (incident === undefined) return { missing: true };
      const { posts } = await readIncidentPosts(parts, viewer.scope, incident);
      const checked = checkDraft(writtenOf(draft), textsOf(posts), claimsOf(incident).map(mask));
      if ('wrong' in checked) {
        const { sentence, because } = checked.wrong[0]!;
        const where = sentence < 0 ? 'draft' : `draft.sentences.${sentence}`;
        return { refused: { where, because: sentence < 0 ? because : `第${sentence + 1}句：${because}` } };
      }
      const { claim, sentences, sources } = checked.draft;
      return acted(viewer, incident, seen, {
        act: 'claimDrafted',
        claim,
        text: textOf(checked.draft),
        evidence: [...new Set(sentences.flatMap((sentence) => sentence.posts))],
        sources: sources.map(({ name }) => name),
        draft: checked.draft,
        why: `核查结论：${FINDING_NAMES[checked.draft.finding]}`,
        ...{ at: clock.now(), by: actorOf(viewer) },
      });
    },
    async decide(viewer, id, { seen, draft, confirm, why }) {
      const incident = seenBy(desk, viewer, id);
      if (incident === undefined) return { missing: true };
      const drafted = cases.state(incident.id)?.claims.find(({ seq }) => seq === draft);
      if (confirm && drafted !== undefined && drafted.draft === undefined)
        return { refused: { where: 'draft', because: '这份稿子没有逐句写明依据，不能确认' } };
      return acted(viewer, incident, seen, {
        act: confirm ? 'claimConfirmed' : 'claimRejected',
        draft,
        ...(why === undefined ? {} : { why }),
        ...{ at: clock.now(), by: actorOf(viewer) },
      });
    },
    async send(viewer, id, { draft }) {
      const incident = seenBy(desk, viewer, id);
      const state = incident === undefined ? undefined : cases.state(incident.id);
      if (incident === undefined || state === undefined) return { missing: true };
      const drafted = state.claims.find(({ seq }) => seq === draft);
      if (drafted?.draft === undefined) return { refused: { where: 'draft', because: '没有这份稿子' } };
      if (drafted.confirmed === undefined)
        return { refused: { where: 'draft', because: '还没有第二人确认，不能送出' } };
      const { first } = suggestTier(alertCase({ ...incident, kind: '谣言' }, knownFrom(state)), parts.matrix());
      const sent = await parts.outlet.deliver({
        ...{ incident: incident.id, draft, account: first, text: drafted.text, confirmedAt: drafted.confirmed.at },
      });
      return sent === undefined
        ? { refused: { where: 'draft', because: '没有渠道接收辟谣稿：请在“渠道”里加一个签名回调并勾选，或复制后发布' } }
        : { done: sent };
    },
  };
}
