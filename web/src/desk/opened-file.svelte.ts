import type { ActBody, ActConflict, LinkRow, PersonAct } from '../../../server/contract/case-acts.ts';
import type { CaseFileRow } from '../../../server/contract/case-file.ts';
import { deskApi, type AccountChoice } from './desk-api.ts';

const UNDO_SECONDS = 5;

/** The file that is open at the desk: read again when its row says it has changed, and what this person does to it. */
export class OpenedFile {
  file = $state.raw<CaseFileRow | null>(null);
  failed = $state('');
  /** The act whose form is open; empty where none is. */
  form = $state('');
  sending = $state(false);
  /** Why the last act was not kept, in words. */
  refused = $state('');
  conflict = $state.raw<ActConflict | null>(null);
  /** What was just kept, for as long as it can be taken back with one tap. */
  kept = $state.raw<{ readonly seq: number; readonly said: string; readonly left: number } | null>(null);
  links = $state.raw<readonly LinkRow[]>([]);
  dispatched = $state(false);
  choices = $state.raw<readonly AccountChoice[]>([]);

  readonly id: string;
  /** The file as it was when the form was opened: what comes while somebody writes must be shown to them before theirs is kept. */
  #seen: number | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(id: string) {
    this.id = id;
  }

  async read(): Promise<void> {
    try {
      this.file = await deskApi.file(this.id);
      this.failed = '';
      if (this.choices.length === 0) this.choices = await deskApi.choices();
    } catch (cause) {
      this.failed = cause instanceof Error ? cause.message : String(cause);
    }
  }

  stop(): void {
    clearInterval(this.#ticking);
  }

  open(act: string): void {
    this.refused = '';
    this.#seen = this.file?.brief.seq;
    this.form = act;
  }

  async act(act: PersonAct, why?: string): Promise<boolean> {
    const expected = this.form === '' ? this.file?.brief.seq : this.#seen;
    if (expected === undefined || this.sending) return false;
    const reason = why?.trim() ?? '';
    return this.#send({ expected, act, ...(reason === '' ? {} : { why: reason }) });
  }

  async #send(body: ActBody): Promise<boolean> {
    this.sending = true;
    this.refused = '';
    const sent = await deskApi.act(this.id, body);
    this.sending = false;
    if ('failed' in sent) {
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

  /** 派警: one action, no second person. */
  async dispatch(): Promise<void> {
    const expected = this.file?.brief.seq;
    if (expected === undefined || this.sending) return;
    this.sending = true;
    this.refused = '';
    const sent = await deskApi.dispatch(this.id, { expected });
    this.sending = false;
    if ('failed' in sent) this.refused = sent.failed;
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

  /** Sends what was lost to somebody quicker again, onto the file as it is now. */
  async redo(): Promise<void> {
    const { conflict, file } = this;
    if (conflict === null || file === null) return;
    this.conflict = null;
    await this.#send({ ...conflict.yours, expected: file.brief.seq });
  }

  async undo(): Promise<void> {
    const of = this.kept?.seq;
    if (of === undefined) return;
    this.kept = null;
    await this.act({ act: 'undone', of });
  }

  #take(file: CaseFileRow, undoable: boolean): void {
    this.file = file;
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
}
