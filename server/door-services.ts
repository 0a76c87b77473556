import { streamRows } from '../pipelines/0-source/file.ts';
import { SourceFault } from '../pipelines/0-source/bytes.ts';
import { showRow } from '../pipelines/1-intake/show-row.ts';
import type { IncidentId } from '../pipelines/domain/incident.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { seesIncident, type Viewer } from '../pipelines/domain/person.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { KeptLetter } from '../pipelines/ports/dead-letters.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { PostStore } from '../pipelines/ports/post-store.ts';
import type { RawRow } from '../pipelines/ports/source.ts';
import type { LetterRow } from './contract/sources.ts';
import type { FrontDoor } from './front-door.ts';
import { THIS_MACHINE } from './http/policy.ts';
import { seesPost } from './sees-post.ts';
import { replayLetters } from './replay-letters.ts';
import type { DoorServices, FileDesk, SourceDesk } from './services/door.ts';
import { silenceEventRow, sourcesPage, type SourcesPageParts } from './sources-page.ts';

export interface DoorParts extends Omit<SourcesPageParts, 'front' | 'clock'> {
  readonly front: FrontDoor;
  readonly desk: DeskStore;
  readonly store: PostStore;
  readonly clock: Clock;
  readonly sourceDesk: SourceDesk;
  readonly files: FileDesk;
  /** Something was accepted: look at once. */
  readonly wake: () => void;
}

const EVIDENCE_SEARCHED = 20_000;
const iso = (at: number): string => new Date(at).toISOString();

/** What the edges may ask of the way in. */
export function buildDoorServices(parts: DoorParts): DoorServices {
  const { front, desk, store, clock } = parts;
  const { inbox, door } = front;
  return {
    page: () => sourcesPage(parts),
    isPaused: (name) => door.book.list().some((about) => about.name === name && about.paused),
    rowsOfPush: (body) => rowsOfPush(body, clock.now()),
    letters: ({ limit, source, before }) =>
      inbox.letters
        .list({ limit, ...(source !== undefined && { source }), ...(before !== undefined && { before }) })
        .map(letterRow),
    async replay(ask) {
      const answer = await replayLetters(front, ask, clock);
      if (answer.accepted > 0) parts.wake();
      return answer;
    },
    drop(viewer, { seqs, who, why }) {
      door.accesses.add({
        at: clock.now(),
        who: nameOf(viewer, who),
        why,
        what: 'letters',
        subject: `drop ${seqs.join(',')}`.slice(0, 500),
      });
      return { dropped: inbox.letters.remove(seqs) };
    },
    async counts(scope, post) {
      if (!(await seesPost({ desk, store }, scope, post as PostId))) return undefined;
      return door.counts.history(post as PostId).map(({ at, counts }) => ({ at: iso(at), ...counts }));
    },
    async contact(viewer, id, { post, who, why }) {
      const incident = desk.incident(id as IncidentId);
      if (incident?.lifeAtRisk !== true || !seesIncident(viewer.scope, incident)) return undefined;
      if (!desk.evidence(incident.id, EVIDENCE_SEARCHED).includes(post as PostId)) return undefined;
      // Written down first: where that fails, nothing is shown.
      door.accesses.add({
        at: clock.now(),
        who: nameOf(viewer, who),
        why,
        what: 'contact',
        subject: `${incident.id} ${post}`,
      });
      const [found] = (await store.find({ ids: [post as PostId], limit: 1 })).posts;
      if (found === undefined) return undefined;
      return { text: found.text, ...(found.title === undefined ? {} : { title: found.title }) };
    },
    accesses: (limit) => door.accesses.list(limit).map(({ at, ...row }) => ({ at: iso(at), ...row })),
    silences: (after, limit) => door.book.silenceEvents(after, limit).map(silenceEventRow),
    desk: parts.sourceDesk,
    files: parts.files,
  };
}

/** Who signed in is known; only at this machine people say it themselves. */
const nameOf = (viewer: Viewer, said: string): string => (viewer.id === THIS_MACHINE.id ? said : viewer.name);

async function rowsOfPush(body: Uint8Array, now: number): Promise<readonly RawRow[] | undefined> {
  const bytes = (async function* () {
    yield Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  })();
  const rows: RawRow[] = [];
  try {
    for await (const row of streamRows('push.json', bytes, { format: 'weibo-crawler', now, until: now }))
      rows.push(row);
  } catch (error) {
    if (error instanceof SourceFault) return undefined;
    throw error;
  }
  return rows;
}

export const letterRow = ({ raw, at, seq, source, row, because, door, times }: KeptLetter): LetterRow => ({
  seq,
  at: iso(at),
  source,
  row,
  because,
  shown: raw === undefined ? null : showRow(raw).slice(0, 4_000),
  door,
  times,
});
