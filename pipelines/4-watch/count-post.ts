import { hashOf } from '../domain/hash.ts';
import type { Tier } from '../domain/tier.ts';
import { countClaim } from './claims.ts';
import type { Concern } from './concern.ts';
import type { Counted } from './counted.ts';
import { countPlaces } from './count-places.ts';
import { bump } from './counts.ts';
import { noteMember } from './members.ts';
import { TEXT_KEPT } from './part.ts';
import { AUTHORS, lastHourAt, MEMBERS, TEXTS, type Tally } from './tally.ts';

/** Which tier an official or media voice reaches, by its followers (log10) where it says them. */
export function tierOfVoice(post: Counted): Tier | null {
  const author = post.author;
  if (author === undefined || (author.kind !== 'media' && author.kind !== 'official')) return null;
  const followers = author.followersLog10;
  if (followers === undefined) return null;
  if (followers >= 7) return 'nation';
  if (followers >= 6) return 'province';
  return followers >= 5 ? 'city' : null;
}

/** The scope of a hot list, by its own name; a list that names none is a national one. */
export function scopeOfHotlist(post: Counted): Tier | null {
  if (post.kind !== 'hotlist') return null;
  const name = `${post.platform}${post.source}`;
  if (/同城|本地|市/u.test(name)) return 'city';
  return /省/u.test(name) ? 'province' : 'nation';
}

/** Counts one distinct post. */
export function countPost(tally: Tally, post: Counted, concern: Concern): void {
  tally.firstAt = Math.min(tally.firstAt, post.time);
  tally.lastAt = Math.max(tally.lastAt, post.time);
  tally.count++;
  const author = hashOf(post.author?.key ?? post.id);
  if (tally.authors.size < AUTHORS && !tally.authors.has(author)) {
    tally.authors.add(author);
    tally.voices++;
  }
  const most = tally.opened === null ? MEMBERS.before : MEMBERS.open;
  noteMember(tally.members, post.id, post.time, most);
  if (tally.texts.length < TEXTS) tally.texts.push(post.title ?? post.text.slice(0, TEXT_KEPT));
  tally.concern += concern.score;
  if (post.sentiment.label === 'negative') tally.negative++;
  if (post.sentiment.label === 'positive') tally.glad++;
  tally.rumor += post.rumor.score;
  const heard = concern.hearsay && post.rumor.needsCheck;
  if (heard) tally.hearsay++;
  countClaim(tally.claims, post, heard);
  // “听说要溃坝，真的假的” asks whether there is a danger; only who asks for help says that somebody is in it.
  const firstHand = !heard || post.need.kind === '求助';
  if (post.need.urgent && firstHand) tally.urgent++;
  if (post.need.lifeAtRisk && firstHand && tally.lifeAtRisk.length < 20) tally.lifeAtRisk.push(post.id);
  if (concern.kind !== null) bump(tally.kinds, concern.kind);
  if (post.need.kind !== null) bump(tally.needs, post.need.kind);
  for (const duty of post.duty) bump(tally.duties, duty);
  countPlaces(tally, post);
  const voice = tierOfVoice(post);
  if (voice !== null && !tally.spoken.has(voice)) tally.spoken.set(voice, post.id);
  if (post.author?.kind === 'media' || post.author?.kind === 'official') tally.media++;
  const list = scopeOfHotlist(post);
  if (list !== null && !tally.hotlists.has(list)) tally.hotlists.set(list, post.id);
  const counts = post.counts;
  if (counts !== undefined)
    tally.interaction += (counts.like ?? 0) + 2 * (counts.comment ?? 0) + 3 * (counts.repost ?? 0);
  tally.lastHour = lastHourAt(tally, post.time) + 1;
  tally.lastHourAt = Math.max(tally.lastHourAt, post.time);
}
