import { join } from 'node:path';
import type { Actor, CaseDraft, CaseEvent } from '../pipelines/domain/case-event.ts';
import type { CaseState } from '../pipelines/domain/case-state.ts';
import type { Incident, IncidentId } from '../pipelines/domain/incident.ts';
import { EVERYTHING, seesIncident, type Viewer } from '../pipelines/domain/person.ts';
import type { PostId } from '../pipelines/domain/post.ts';
import { foldCase } from '../pipelines/5-respond/fold-case.ts';
import { listActs } from '../pipelines/5-respond/list-acts.ts';
import { AHEAD_MS } from '../pipelines/5-respond/may-act.ts';
import type { Matrix } from '../pipelines/5-respond/matrix.ts';
import { pendingTimers } from '../pipelines/5-respond/run-clock.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { CaseTimer } from '../pipelines/ports/timer-book.ts';
import { openCases } from './adapters/cases/sqlite-cases.ts';
import { openLinkSigner } from './adapters/secrets/link-signer.ts';
import { CaseDesk, type CaseDeskParts, type Acted } from './case-desk.ts';
import { caseFileRow, fileBrief, fileEvents } from './case-views.ts';
import type { CaseFileRow, FileBrief } from './contract/case-file.ts';
import { fireDue } from './fire-due.ts';
import { heedSetBack } from './heed-set-back.ts';
import { TimerAudit } from './jobs/audit-timers.ts';
import { Timers } from './jobs/timers.ts';
import { ledgerOf } from './ledger.ts';
import { buildPublicDesk } from './public-desk.ts';
import type { ActOutcome, CaseServices } from './services/cases.ts';
import type { Services } from './services.ts';
import { buildUnitDesk } from './unit-desk.ts';

export interface CaseParts {
  readonly varDir: string;
  readonly clock: Clock;
  readonly desk: DeskStore;
  readonly matrix: () => Matrix;
  readonly suggest: NonNullable<CaseDeskParts['suggest']>;
  readonly regionName: (code: Incident['region']) => string;
  /** The office, as pages for others name it. */
  readonly office: string;
  readonly drill: boolean;
  readonly publicPage: boolean;
  readonly contact: Services['door']['contact'];
  /** A file changed: whoever shows the incident is told. */
  readonly onFile: (incident: Incident) => void;
  readonly log: { warn(message: string): void };
}

export interface Cases {
  readonly services: CaseServices;
  readonly desk: CaseDesk;
  /** What was done, for those who tell people of it. */
  readonly book: Pick<CaseBook, 'after' | 'events'>;
  /** What lists show of a file, and where its clock began. */
  brief(about: Incident): { readonly file: FileBrief; readonly startAt: number } | undefined;
  /** Every act of every file in the order kept, for folds over all of them. */
  events(): Iterable<CaseEvent>;
  /** Called where the auditor finds a timer that did not fire; returns its own undo. */
  onMissed(listener: (missed: CaseTimer) => void): () => void;
  start(): void;
  stop(): Promise<void>;
  close(): void;
}

const EVIDENCE_SEARCHED = 1_000;
const EVENTS_READ = 1_000;

/** Everything about files of incidents, over cases.sqlite: acts, clocks, hand-offs, signed links, the public page. */
export function buildCases(parts: CaseParts): Cases {
  const { clock, desk: incidents, matrix, suggest, log } = parts;
  const book = openCases(join(parts.varDir, 'cases.sqlite'), clock);
  const incident = (id: IncidentId): Incident | undefined => incidents.incident(id);
  const shared = { book, timers: book.timers, clock, matrix, suggest, incident };
  const desk = new CaseDesk(shared);
  const accountOf = (id: string) => matrix().byId.get(id);
  const missedListeners = new Set<(missed: CaseTimer) => void>();

  const pleaOf = (about: Incident): PostId | undefined =>
    about.lifeAtRisk ? (about.steps[0]?.evidence[0] ?? incidents.evidence(about.id, 1)[0]) : undefined;
  const fileRow = (about: Incident, state: CaseState, viewer: Viewer): CaseFileRow | undefined => {
    const running = desk.clockOf(state, about);
    if (running === undefined) return undefined;
    const context = { account: accountOf, lifeAtRisk: about.lifeAtRisk, now: clock.now() };
    const allowed = listActs(state, actorOf(viewer), context, pleaOf(about));
    return caseFileRow(
      { state, clock: running, events: desk.events(about.id), allowed, next: desk.nextFor(about, state) },
      accountOf,
    );
  };
  const seen = (id: string, viewer: Viewer): Incident | undefined => {
    const about = incident(id as IncidentId);
    return about !== undefined && seesIncident(viewer.scope, about) ? about : undefined;
  };
  const outcomeOf = (about: Incident, acted: Acted, viewer: Viewer): ActOutcome => {
    if ('refused' in acted) return acted;
    const state = desk.state(about.id);
    const file = state === undefined ? undefined : fileRow(about, state, viewer);
    if (file === undefined) return { missing: true };
    return 'meanwhile' in acted ? { meanwhile: fileEvents(acted.meanwhile, accountOf), file } : { file };
  };
  const pending = (events: readonly CaseEvent[]): readonly CaseTimer[] => {
    const state = foldCase(events);
    const running = state === undefined ? undefined : desk.clockOf(state);
    return state === undefined || running === undefined ? [] : pendingTimers(state, running);
  };

  desk.listen((_events, state) => {
    const about = incident(state.incident);
    if (about !== undefined) parts.onFile(about);
  });
  const timers = new Timers({
    ...shared,
    fire: (now) => fireDue({ ...shared, cases: desk }, now),
    onSetBack: (now) => heedSetBack(desk, now),
    log,
  });
  const audit = new TimerAudit({
    ...{ book, clock, pending, log },
    onMissed: (missed) => missedListeners.forEach((listener) => listener(missed)),
  });
  const units = buildUnitDesk({ ...parts, cases: desk, incident, accountOf, signer: openLinkSigner(parts.varDir) });

  const services: CaseServices = {
    file(id, viewer) {
      const about = seen(id, viewer);
      const state = about && desk.state(about.id);
      return about === undefined || state === undefined ? undefined : fileRow(about, state, viewer);
    },
    act(id, body, viewer) {
      const about = seen(id, viewer);
      if (about === undefined) return { missing: true };
      const draft = {
        ...body.act,
        // A phone's clock may be a little ahead; nothing is done after it came in.
        at: body.at === undefined ? clock.now() : aheadOf(Date.parse(body.at), clock.now()),
        by: actorOf(viewer),
        ...(body.why === undefined ? {} : { why: body.why.trim() }),
        ...(body.key === undefined ? {} : { key: body.key }),
      } as CaseDraft;
      return outcomeOf(about, desk.act(about.id, body.expected, draft), viewer);
    },
    dispatch(id, { expected, plea: given }, viewer) {
      const about = seen(id, viewer);
      if (about === undefined) return { missing: true };
      const plea = (given as PostId | undefined) ?? pleaOf(about);
      if (plea === undefined || !incidents.evidence(about.id, EVIDENCE_SEARCHED).includes(plea))
        return { refused: { where: 'plea', because: '没有可派的求助帖：此事没有人身危险的判断，或帖子不是它的证据' } };
      const to = desk.suggestion(about).then.flatMap(({ act, account }) => (act === 'dispatch' ? [account] : []));
      const draft: CaseDraft = { act: 'dispatched', to, plea, at: clock.now(), by: actorOf(viewer) };
      const outcome = outcomeOf(about, desk.act(about.id, expected, draft), viewer);
      if (!('file' in outcome) || 'meanwhile' in outcome) return outcome;
      return { ...outcome, links: to.flatMap((account) => units.link(about, account) ?? []) };
    },
    link(id, account, viewer) {
      const about = seen(id, viewer);
      return about === undefined ? undefined : units.link(about, account);
    },
    ledger: (viewer) =>
      ledgerOf({
        states: desk.states(),
        incident: (id) => seen(id, viewer),
        accountOf,
        regionName: parts.regionName,
        now: clock.now(),
      }),
    accounts: () =>
      [...matrix().byId.values()].map(({ id, name, unit, tier, region, public: open }) => {
        return { id, name, unit, tier, region, public: open };
      }),
    sheet(id, account, viewer) {
      const about = seen(id, viewer);
      return about === undefined ? undefined : units.sheet(about, account);
    },
    units: units.services,
    publicPage: parts.publicPage ? buildPublicDesk({ ...parts, cases: desk, incident, accountOf }) : undefined,
  };

  return {
    services,
    desk,
    brief(about) {
      const state = desk.state(about.id);
      const running = state === undefined ? undefined : desk.clockOf(state, about);
      if (state === undefined || running === undefined) return undefined;
      return { file: fileBrief(state, running, accountOf), startAt: running.startAt };
    },
    *events() {
      for (let n = 0; ;) {
        const page = book.after(n, EVENTS_READ);
        for (const { event } of page) yield event;
        const last = page.at(-1);
        if (last === undefined || page.length < EVENTS_READ) return;
        n = last.n;
      }
    },
    book,
    onMissed(listener) {
      missedListeners.add(listener);
      return () => missedListeners.delete(listener);
    },
    start() {
      // An incident whose file a kill prevented gets it now; one that merged meanwhile is closed.
      for (const state of desk.states()) {
        const about = state.status === 'closed' ? undefined : incident(state.incident);
        if (about?.state === 'merged') desk.follow(about);
      }
      for (const about of incidents.incidents({ state: 'open', limit: 100_000, scope: EVERYTHING })) desk.follow(about);
      timers.start();
      audit.start();
    },
    async stop() {
      timers.stop();
      await audit.stop();
    },
    close: () => book.close(),
  };
}

/** Within what mayAct allows, the moment it came in; beyond, as it is, so that it is refused with its reason. */
const aheadOf = (at: number, now: number): number => (at > now && at <= now + AHEAD_MS ? now : at);

const actorOf = ({ id, name, account }: Viewer): Actor => ({
  kind: 'person',
  id,
  name,
  ...(account === undefined ? {} : { account }),
});
