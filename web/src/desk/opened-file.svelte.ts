import type { ActBody, ActConflict, LinkRow, PersonAct } from '../../../server/contract/case-acts.ts';
import type { CaseFileRow } from '../../../server/contract/case-file.ts';
import type { IncidentFile } from '../../../server/contract/http.ts';
import { api } from '../live/api.ts';
import { keepChoices, keepFile, keptChoices, keptFile } from '../offline/kept.ts';
import { newKey, type WaitingAct, type WaitingActs } from '../offline/waiting-acts.svelte.ts';
import { deskApi, type AccountChoice } from './desk-api.ts';
import { nameOfAct } from './forms.ts';
import { words } from './words.ts';

const UNDO_SECONDS = 5;

/** What a file at the desk needs to know of the desk. */
export interface DeskAround {
  readonly waiting: WaitingActs;
  /** Epoch ms of the deployment, also without a connection; this device's own where it was never told. */
  now(): number;
  /** The same, and 0 where it was never told. */
  known(): number;
  /** The incident's title, for the list of what waits. */
  title(id: string): string;
}

/** The file that is open at the desk: read again when its row says it has changed, and what this person does to it. */
export class OpenedFile {
  file = $state.raw<CaseFileRow | null>(null);
  evidence = $state.raw<IncidentFile | null>(null);
  failed = $state('');
  /** When what is shown was read, epoch ms, where it is only what this device kept; 0 where it is the server's. */
  keptAt = $state(0);
  /** The act whose form is open; empty where none is. */
  form = $state('');
  preset: Readonly<Record<string, string>> = {};
  sending = $state(false);
  /** Why the last act was not kept, in words. */
  refused = $state('');
  conflict = $state.raw<ActConflict | null>(null);
  /** What was just kept, for as long as it can be taken back with one tap. */
  kept = $state.raw<{ readonly seq: number; readonly said: string; readonly left: number } | null>(null);
  links = $state.raw<readonly LinkRow[]>([]);
  dispatched = $state(false);
  choices = $state.raw<readonly AccountChoice[]>(keptChoices());

  readonly id: string;
  readonly #around: DeskAround;
  /** The file as it was when the form was opened: what comes while somebody writes must be shown to them before theirs is kept. */
  #seen: number | undefined;
  #choicesRead = false;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(id: string, around: DeskAround) {
    this.id = id;
    this.#around = around;
    const kept = keptFile(id, around.now());
    if (kept === undefined) return;
    this.file = kept.file;
    this.evidence = kept.evidence;
    this.keptAt = kept.at;
  }

  get waiting(): readonly WaitingAct[] {
    return this.#around.waiting.of(this.id);
  }

  /** The first reading; the list of accounts is for whoever acts, and comes last. */
  async begin(): Promise<void> {
    await Promise.all([this.read(), this.readEvidence()]);
  }

  async read(): Promise<void> {
    try {
      this.file = await deskApi.file(this.id);
      this.keptAt = 0;
      this.failed = '';
      this.keep();
      if (this.#choicesRead) return;
      this.choices = await deskApi.choices();
      this.#choicesRead = true;
      keepChoices(this.choices);
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  async readEvidence(): Promise<void> {
    try {
      this.evidence = await api.incident(this.id);
      this.keep();
    } catch (cause) {
      // The file says that the server does not answer; what was read before stays.
      if (!(cause instanceof Error)) throw cause;
    }
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  /** @param preset what the form begins with, by field */
  open(act: string, preset: Readonly<Record<string, string>> = {}): void {
    this.refused = '';
    this.preset = preset;
    this.#seen = this.file?.brief.seq;
    this.form = act;
  }

  /** A file that changed because an act that waited has come in. */
  take(file: CaseFileRow): void {
    this.file = file;
    this.keptAt = 0;
    this.keep();
  }

  async act(act: PersonAct, why?: string): Promise<boolean> {
    const expected = this.form === '' ? this.file?.brief.seq : this.#seen;
    if (expected === undefined || this.sending) return false;
    const reason = why?.trim() ?? '';
    return this.#send({ expected, act, ...(reason === '' ? {} : { why: reason }) });
  }

  async #send(ask: Omit<ActBody, 'key' | 'at'>): Promise<boolean> {
    const at = new Date(this.#around.now()).toISOString();
    const body = { ...ask, key: newKey() };
    this.refused = '';
    // What waits goes first: whatever is done now was done after it.
    if (this.waiting.some(({ stuck }) => stuck === undefined)) return this.#wait({ ...body, at }, false);
    this.sending = true;
    const sent = await deskApi.act(this.id, body);
    this.sending = false;
    if ('failed' in sent) {
      if (sent.status === 0 && body.act.act !== 'undone') return this.#wait({ ...body, at }, navigator.onLine);
      this.refused = sent.failed;
      return false;
    }
    this.form = '';
    if ('conflict' in sent) {
      this.conflict = sent.conflict;
      this.file = sent.conflict.file;
      return false;
    }
    this.conflict = null;
    this.#take(sent.kept, body.act.act !== 'undone');
    return true;
  }

  /** 待发送. `tried`: it may have reached the server, and only its answer was lost. */
  #wait(body: WaitingAct['body'], tried: boolean): boolean {
    const { act } = body.act;
    if (act === 'undone') {
      this.refused = words.noUndoOffline;
      return false;
    }
    this.form = '';
    const around = this.#around;
    around.waiting.add({
      key: body.key ?? newKey(),
      incident: this.id,
      title: around.title(this.id),
      name: nameOfAct(act).replace(/^我来/u, ''),
      body,
      tried,
    });
    return true;
  }

  /** 派警: one action, no second person. Never left waiting: where no answer comes, somebody has to telephone. */
  async dispatch(): Promise<void> {
    const expected = this.file?.brief.seq;
    if (expected === undefined || this.sending) return;
    this.sending = true;
    this.refused = '';
    const sent = await deskApi.dispatch(this.id, { expected });
    this.sending = false;
    if ('failed' in sent) this.refused = sent.status === 0 ? words.noDispatchOffline : sent.failed;
    else if ('conflict' in sent) {
      this.conflict = sent.conflict;
      this.file = sent.conflict.file;
    } else {
      this.file = sent.kept.file;
      this.links = sent.kept.links;
      this.dispatched = true;
    }
  }

  async link(account: string): Promise<void> {
    const sent = await deskApi.link(this.id, account);
    if ('kept' in sent) {
      this.links = [sent.kept];
      this.dispatched = false;
    } else this.refused = 'failed' in sent ? sent.failed : '';
  }

  /** Sends what was lost to somebody quicker again, onto the file as it is now: a new decision, made now. */
  async redo(): Promise<void> {
    const { conflict, file } = this;
    if (conflict === null || file === null) return;
    this.conflict = null;
    const { act, why } = conflict.yours;
    await this.#send({ act, ...(why === undefined ? {} : { why }), expected: file.brief.seq });
  }

  /** The same for an act that waited: it leaves the line, and comes back to it only where nobody answers. */
  async redoWaiting({ key, body: { act, why } }: WaitingAct): Promise<void> {
    await this.read();
    if (this.file === null || this.failed !== '') return;
    this.#around.waiting.drop(key);
    await this.#send({ act, ...(why === undefined ? {} : { why }), expected: this.file.brief.seq });
  }

  dropWaiting({ key }: WaitingAct): void {
    this.#around.waiting.drop(key);
  }

  async undo(): Promise<void> {
    const of = this.kept?.seq;
    if (of === undefined) return;
    this.kept = null;
    await this.act({ act: 'undone', of });
  }

  #take(file: CaseFileRow, undoable: boolean): void {
    this.take(file);
    const last = file.events.at(-1);
    clearInterval(this.#ticking);
    const allowed = file.allowed.some(({ act, ok }) => act === 'undone' && ok);
    if (!undoable || last === undefined || !allowed) {
      this.kept = null;
      return;
    }
    this.kept = { seq: last.seq, said: last.said, left: UNDO_SECONDS };
    this.#ticking = setInterval(() => {
      const left = (this.kept?.left ?? 1) - 1;
      this.kept = this.kept === null || left <= 0 ? null : { ...this.kept, left };
      if (this.kept === null) clearInterval(this.#ticking);
    }, 1_000);
  }

  /** On this device, as what was so at this moment. */
  keep(): void {
    const at = this.#around.known();
    if (at > 0 && this.file !== null && this.keptAt === 0)
      keepFile(this.id, { at, file: this.file, evidence: this.evidence });
  }
}
