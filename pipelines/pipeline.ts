import type { FoldedPost, Post, UnderstoodPost } from './domain/post.ts';
import type { Incident, IncidentEvent } from './domain/incident.ts';
import type { Suggestion } from './domain/suggestion.ts';
import type { Weights } from './ports/weights.ts';
import type { Watched } from './ports/desk-store.ts';
import type { Offset } from './ports/inbox.ts';
import { signaturesOf } from './1-intake/signature.ts';
import type { FoldIndex } from './1-intake/fold.ts';
import { mask, withoutPersonal } from './1-intake/mask.ts';
import { foldPosts } from './1-intake/fold-posts.ts';
import { classify, type Reasoned } from './2-understand/classify.ts';
import { locate, type Gazetteer, type LocateOptions } from './2-understand/locate.ts';
import { tokenise } from './2-understand/tokenise.ts';
import type { Detector } from './4-watch/detect.ts';
import type { PulseCounter } from './4-watch/pulse.ts';
import { shouldAlert } from './5-respond/raise-alert.ts';
import { pipe, withMembers, type Stage } from './stage.ts';

/**
 * The whole order, on one screen.
 *
 *   0-source   rows from HTTP, files and drills
 *   1-intake   parse → pseudonymise → the durable inbox                     (accepted: on disk, answered)
 *   2-understand   tokenise → locate → classify → sign                      (worker threads, `understanding`)
 *   1-intake   fold: copies join their first post                           (one thread, in order, `watching`)
 *   4-watch    detect → cluster → grade the spread
 *   5-respond  suggest who answers → raise the alert through the outbox
 *   3-record   index into the post store                                    (its own pace; may be hours behind)
 *   6-report   reads what the others kept
 */
export interface UnderstandingParts {
  readonly cut: (text: string) => string[];
  readonly gazetteer: Gazetteer;
  readonly place: LocateOptions;
  readonly weights: Weights;
  /** Default: all. */
  readonly reasoned?: Reasoned;
}

/** What a worker thread does to a batch: pure, so any thread may do it, and a replay gives the same. */
export const understanding = (parts: UnderstandingParts): Stage<Post, UnderstoodPost> =>
  pipe(
    pipe(
      pipe(tokenise(parts.cut), locate(parts.gazetteer, parts.place)),
      classify(parts.weights, parts.cut, parts.reasoned),
    ),
    sign,
  );

const sign: Stage<ReturnType<ReturnType<typeof classify>>[number], UnderstoodPost> = (posts) => {
  const signatures = signaturesOf(posts.map(({ text }) => text));
  return posts.map((post, at) =>
    withMembers(post, {
      // Numbers that lead to a person are neither searched for nor learned as words of an incident.
      tokens: withoutPersonal(post.text, post.tokens),
      signature: signatures[at]!,
    }),
  );
};

export interface WatchingParts {
  readonly folds: FoldIndex;
  readonly detector: Detector;
  readonly pulse: PulseCounter;
  /** Who should answer an incident as it stands; where it is left out (`wenbida detect`), no alerts are made. */
  readonly suggest?: (incident: Incident) => Suggestion;
  readonly idOf: (platform: string, nativeId: string) => FoldedPost['id'];
}

/** What one thread does to understood posts, in order: fold, count, detect, suggest. Answers the folded posts and what to keep. */
export function watching(
  parts: WatchingParts,
): (posts: readonly UnderstoodPost[], upTo: Offset) => { folded: FoldedPost[]; watched: Watched } {
  const folding = foldPosts(parts.folds, parts.idOf);
  return (posts, upTo) => {
    const folded = folding(posts);
    parts.pulse.watch(folded);
    const { events, incidents, evidence } = parts.detector.watch(folded.map(forOthers));
    const now = new Map(incidents.map((incident) => [incident.id, incident]));
    const { suggest } = parts;
    const alerts = events.filter(shouldAlert).flatMap((event) => {
      const incident = now.get(event.incident);
      if (incident === undefined || suggest === undefined) return [];
      return [{ event, suggestion: suggest(asItStood(incident, event)) }];
    });
    return { folded, watched: { upTo, events, incidents, evidence, alerts } };
  };
}

/** What watching keeps and shows of a post for as long as its incident lasts: titles are cut from it. */
function forOthers(post: FoldedPost): FoldedPost {
  const text = mask(post.text);
  const title = post.title === undefined ? undefined : mask(post.title);
  if (text === post.text && title === post.title) return post;
  return { ...post, text, ...(title === undefined ? {} : { title }) };
}

/** The incident at the moment of the event: posts that came after it in the same batch must not change what its alert says. */
function asItStood(incident: Incident, event: IncidentEvent): Incident {
  const { region, regionName, rung, title, kind, duty, urgent, lifeAtRisk } = event;
  return { ...incident, region, regionName, rung, title, kind, duty, urgent, lifeAtRisk };
}
