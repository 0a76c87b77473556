import { mergeBurst } from './burst-signs.ts';
import { mergeClaims } from './claims.ts';
import { joined } from './members.ts';
import { PARTS } from './part.ts';
import { AUTHORS, lastHourAt, MEMBERS, TEXTS, type Tally } from './tally.ts';

/** Pours one tally into another. */
export function mergeTally(into: Tally, from: Tally): void {
  into.firstAt = Math.min(into.firstAt, from.firstAt);
  into.lastAt = Math.max(into.lastAt, from.lastAt);
  into.count += from.count;
  into.copies += from.copies;
  for (const author of from.authors) if (into.authors.size < AUTHORS) into.authors.add(author);
  into.voices = Math.max(into.voices, into.authors.size);
  into.members = joined(into.members, from.members, into.opened === null ? MEMBERS.before : MEMBERS.open);
  into.texts = [...into.texts, ...from.texts].slice(0, TEXTS);
  into.concern += from.concern;
  into.negative += from.negative;
  into.glad += from.glad;
  into.rumor += from.rumor;
  into.hearsay += from.hearsay;
  into.urgent += from.urgent;
  into.lifeAtRisk = [...into.lifeAtRisk, ...from.lifeAtRisk].slice(0, 20);
  for (const [key, count] of from.kinds) into.kinds.set(key, (into.kinds.get(key) ?? 0) + count);
  for (const [key, count] of from.needs) into.needs.set(key, (into.needs.get(key) ?? 0) + count);
  for (const [key, count] of from.duties) into.duties.set(key, (into.duties.get(key) ?? 0) + count);
  for (const [code, place] of from.places) {
    const mine = into.places.get(code);
    if (mine === undefined) into.places.set(code, { posts: place.posts, sample: [...place.sample] });
    else {
      mine.posts += place.posts;
      mine.sample = [...mine.sample, ...place.sample].slice(0, 8);
    }
  }
  into.placed += from.placed;
  for (const [name, count] of from.villages) into.villages.set(name, (into.villages.get(name) ?? 0) + count);
  into.villageSaid += from.villageSaid;
  for (const [province, post] of from.hintProvinces)
    if (!into.hintProvinces.has(province)) into.hintProvinces.set(province, post);
  for (const [tier, post] of from.spoken) if (!into.spoken.has(tier)) into.spoken.set(tier, post);
  for (const [tier, post] of from.hotlists) if (!into.hotlists.has(tier)) into.hotlists.set(tier, post);
  into.media += from.media;
  into.interaction += from.interaction;
  into.lastHour = lastHourAt(into, from.lastHourAt) + lastHourAt(from, into.lastHourAt);
  into.lastHourAt = Math.max(into.lastHourAt, from.lastHourAt);
  const most = into.opened === null ? PARTS.before : PARTS.open;
  const parts = into.parts === null || from.parts === null ? null : [...into.parts, ...from.parts];
  into.parts = parts === null || parts.length > most ? null : parts;
  into.apart = [...new Set([...into.apart, ...from.apart])];
  mergeBurst(into.burst, from.burst);
  mergeClaims(into.claims, from.claims);
}
