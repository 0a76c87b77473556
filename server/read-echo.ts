import type { Word } from '../pipelines/domain/case-state.ts';
import type { Incident } from '../pipelines/domain/incident.ts';
import type { Scope } from '../pipelines/domain/person.ts';
import {
  ECHO_RULES,
  echoJudge,
  measureEcho,
  type EchoPost,
  type EchoReport,
} from '../pipelines/5-respond/measure-echo.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore, StoredPost } from '../pipelines/ports/post-store.ts';
import { readAround, readIncidentPosts } from './incident-posts.ts';

export interface ReadEcho {
  /** Undefined where nothing was answered yet. */
  readonly report: EchoReport | undefined;
  /** What was judged: the incident's posts, and those around that quote an answer or repeat the claim. */
  readonly texts: readonly EchoPost[];
  /** There are more posts than were read. */
  readonly cut: boolean;
}

export const echoPost = ({ id, group, text, title, time, region }: StoredPost): EchoPost => ({
  ...{ id, group, time, region },
  text: title === undefined ? text : `${title}\n${text}`,
});

/** Whether an answer landed, from what the asker may see: what the incident's file shows and what the weekly report says. @throws StoreUnavailable */
export async function readEcho(
  parts: { readonly desk: Pick<DeskStore, 'evidence'>; readonly store: Pick<PostStore, 'find'> },
  scope: Scope,
  incident: Incident,
  words: readonly Word[],
  now: number,
): Promise<ReadEcho> {
  const { posts, cut } = await readIncidentPosts(parts, scope, incident);
  const answers = words.map(({ word }) => ({ text: word.text, at: word.publishedAt }));
  const claims = claimsBefore(incident, Math.min(...answers.map(({ at }) => at)));
  const around = await readAround(parts, scope, incident, echoSpan(answers, now));
  const judge = echoJudge(
    claims,
    answers.map(({ text }) => text),
  );
  const evidence = new Set(posts.map((post) => post.id));
  // Of what the watch did not count, only what holds the words of the claim or of an answer is about it.
  const more = around.posts.filter(
    (post) => !evidence.has(post.id) && ['quotes', 'repeats'].includes(judge(echoPost(post).text)),
  );
  const texts = [...posts, ...more].map(echoPost);
  return { report: measureEcho({ claims, answers, posts: texts, now }), texts, cut: cut || around.cut };
}

/** How the claim was worded up to an answer. Whoever quotes the answer later is heard too, and says no wording of the claim. */
function claimsBefore({ claim }: Incident, answeredAt: number): readonly string[] {
  if (claim === undefined) return [];
  const before = [claim, ...claim.variants].filter(({ firstAt }) => firstAt < answeredAt);
  return (before.length > 0 ? before : [claim]).map(({ text }) => text);
}

/** From a window before the first answer to two days after it: all that an echo looks at. Empty where nothing was answered. */
function echoSpan(answers: readonly { readonly at: number }[], now: number): { from: number; to: number } {
  const first = Math.min(...answers.map(({ at }) => at));
  if (answers.length === 0) return { from: now, to: now };
  return { from: first - ECHO_RULES.window, to: Math.min(now + 1, first + 2 * 86_400_000) };
}
