import { join } from 'node:path';
import type { CaseEvent } from '../pipelines/domain/case-event.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import { openLinks } from './adapters/links/sqlite-links.ts';
import { openWatches } from './adapters/watches/sqlite-watches.ts';
import type { BatchFollower } from './batch-follower.ts';
import type { Config } from './config.ts';
import { IncidentProjector } from './incident-projector.ts';
import type { IndexerLog } from './indexer.ts';
import type { LiveHub } from './live-hub.ts';
import { openIncidentStore } from './open-store.ts';
import { PrecedentDesk } from './precedent-desk.ts';
import type { Services } from './services.ts';
import { SpreadDesk } from './spread-desk.ts';
import type { UnderstandPool } from './understand-pool.ts';
import type { Names } from './views.ts';
import { WatchFollower, type HitListener } from './watch-follower.ts';
import { buildWatchServices } from './watch-services.ts';
import { buildWatchTrial } from './watch-trial.ts';
import { hitRow } from './watch-views.ts';

export interface HistoryParts {
  readonly config: Config;
  readonly clock: Clock;
  readonly home: RegionCode;
  readonly names: Names;
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly pool: UnderstandPool;
  readonly live: LiveHub;
  readonly idOf: (platform: string, nativeId: string) => PostId;
  /** The file of an incident. */
  readonly eventsOf: (incident: IncidentId) => readonly CaseEvent[];
  readonly drill: boolean;
  readonly log: IndexerLog;
}

export interface History {
  /** What goes along with the flow. */
  readonly followers: Readonly<Record<string, BatchFollower>>;
  /** What the edges ask. `behind`: accepted posts that are not searchable yet. */
  services(behind: () => number): Pick<Services, 'standing' | 'history'>;
  /** Tells a listener of each hit of a watch, with its channel and until when it is to be silent. Answers its own undo. */
  onHit(listener: HitListener): () => void;
  /** Watches are asked from here on, and incidents brought into the search store. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Standing watches, the spread picture and precedents: all that follows the flow and none of which it waits for. */
export async function buildHistory(parts: HistoryParts): Promise<History> {
  const { config, clock, desk, store, pool, names, log } = parts;
  const cut = (text: string): Promise<string[]> => pool.cut(text);
  const book = openWatches(join(config.varDir, 'watches.sqlite'));
  const links = openLinks(join(config.varDir, 'links.sqlite'));
  const incidents = await openIncidentStore(config);
  const follower = new WatchFollower(book, cut);
  const projector = new IncidentProjector({ desk, store: incidents, stamp: pool.stamp, cut, log });
  const precedents = new PrecedentDesk({
    ...{ desk, projector, cut, clock, store: incidents, eventsOf: parts.eventsOf },
    account: names.account,
  });
  const spread = new SpreadDesk({ desk, store, links, idOf: parts.idOf });
  follower.listen((hit, watch) => parts.live.watchHit(hitRow(hit, watch)));

  return {
    followers: { watches: follower, links: spread, precedents },
    services: (behind) => ({
      standing: buildWatchServices({
        ...{ book, follower, clock, home: parts.home, names: names.regions, drill: parts.drill },
        trial: buildWatchTrial({ store, desk, follower, clock, behind }),
      }),
      history: {
        spread: (id, scope) => spread.of(id, scope),
        precedents: (id, scope) => precedents.of(id, scope),
      },
    }),
    onHit: (listener) => follower.listen(listener),
    async start() {
      await follower.refresh();
      projector.start();
    },
    async stop() {
      await projector.stop();
      await precedents.settled();
      await incidents.close();
      links.close();
      book.close();
    },
  };
}
