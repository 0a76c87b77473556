import type { ActBody } from '../../../server/contract/case-acts.ts';
import type { CaseFileRow, FileEventRow } from '../../../server/contract/case-file.ts';
import type { Sent } from '../desk/desk-api.ts';
import { ownerOfKept } from './kept.ts';
import { onOtherPage, readKey, writeKey } from './storage.ts';

/** An act that was done without a connection, on its way into the file. No post is in it, only what the person did and wrote. */
export interface WaitingAct {
  /** Makes sending it again harmless. */
  readonly key: string;
  /** Who did it: only they send it. */
  readonly owner: string;
  readonly incident: string;
  readonly title: string;
  /** The act in a word: 接手. */
  readonly name: string;
  readonly body: ActBody & { readonly at: string };
  /** It left this device once and no answer came: perhaps it is in the file already, so it can't be taken back unseen. */
  readonly tried: boolean;
  /** Why it was not kept, and by whom the file was changed meanwhile; it waits for the person then, not for the connection. */
  readonly stuck?: { readonly because: string; readonly meanwhile: readonly FileEventRow[] };
}

/** What a sender may do with one act; the desk's own API is one. */
export type SendAct = (incident: string, body: ActBody) => Promise<Sent<CaseFileRow>>;

const KEY = 'waiting';
const LOCK = 'wenbida-desk-waiting';
const stored = (): readonly WaitingAct[] => readKey<readonly WaitingAct[]>(KEY) ?? [];

/**
 * 待发送: acts in the order they were done, kept over reloads, sent in that order once the server answers again. An act that is
 * refused or that somebody was quicker than stays here with the reason until its author decides; the others go on.
 */
export class WaitingActs {
  /** Everybody's on this device. */
  all = $state.raw<readonly WaitingAct[]>(stored());
  /** Those of whoever is at the desk. */
  readonly own = $derived.by(() => this.all.filter(({ owner }) => owner === this.#owner));
  readonly foreign = $derived.by(() => this.all.length - this.own.length);
  /** True where this device could not keep the last act: it is lost with the page. */
  fragile = $state(false);

  #owner = $state(ownerOfKept());
  #sending = false;

  /** Follows other pages of this browser until the answer is called. */
  follow(): () => void {
    return onOtherPage(KEY, () => (this.all = stored()));
  }

  atDesk(owner: string): void {
    this.#owner = owner;
  }

  of(incident: string): readonly WaitingAct[] {
    return this.own.filter((each) => each.incident === incident);
  }

  add(act: Omit<WaitingAct, 'owner'>): void {
    this.#write([...stored(), { ...act, owner: this.#owner }]);
  }

  drop(key: string): void {
    this.#write(stored().filter((each) => each.key !== key));
  }

  /** In order, one at a time, by one page of this browser at a time. `onKept` hears of each file that has changed. */
  async send(send: SendAct, onKept: (act: WaitingAct, file: CaseFileRow) => void): Promise<void> {
    if (this.#sending || this.own.length === 0) return;
    this.#sending = true;
    try {
      await alone(async () => {
        this.all = stored();
        for (const { key } of this.own) {
          const act = this.own.find((each) => each.key === key);
          if (act === undefined || act.stuck !== undefined) continue;
          if (!(await this.#sendOne(act, send, onKept))) return;
        }
      });
    } finally {
      this.#sending = false;
    }
  }

  /** False where no answer came: the rest waits too. */
  async #sendOne(
    act: WaitingAct,
    send: SendAct,
    onKept: (act: WaitingAct, file: CaseFileRow) => void,
  ): Promise<boolean> {
    this.#change(act.key, { tried: true });
    const sent = await send(act.incident, act.body);
    if ('kept' in sent) {
      this.#advance(act, sent.kept);
      this.drop(act.key);
      onKept(act, sent.kept);
      return true;
    }
    if ('conflict' in sent) {
      const { error, meanwhile } = sent.conflict;
      this.#change(act.key, { stuck: { because: error.message, meanwhile } });
      return true;
    }
    if (sent.status === 0 && !navigator.onLine) this.#change(act.key, { tried: act.tried });
    if (isPassing(sent.status)) return false;
    this.#change(act.key, { stuck: { because: sent.failed, meanwhile: [] } });
    return true;
  }

  /** What waits behind it was done on top of it; where somebody else's act lies between, that stays a conflict and is shown as one. */
  #advance(act: WaitingAct, file: CaseFileRow): void {
    const came = file.events.filter(({ seq, byKind }) => seq > act.body.expected && byKind !== 'rule');
    if (came.length > 1) return;
    this.#write(
      stored().map((each) =>
        each.incident === act.incident && each.owner === act.owner && each.body.expected === act.body.expected
          ? { ...each, body: { ...each.body, expected: file.brief.seq } }
          : each,
      ),
    );
  }

  #change(key: string, change: Partial<WaitingAct>): void {
    this.#write(stored().map((each) => (each.key === key ? { ...each, ...change } : each)));
  }

  #write(all: readonly WaitingAct[]): void {
    this.fragile = !writeKey(KEY, all);
    this.all = all;
  }
}

/** One a page: the frame of every page says what waits. */
export const waiting = new WaitingActs();

/** No answer, or one that will be another later: signed out, too many, restarting. */
const isPassing = (status: number): boolean => status === 0 || status === 401 || status === 429 || status >= 500;

async function alone(work: () => Promise<void>): Promise<void> {
  // Not there on plain http off this machine; the key of each act then still keeps it single.
  if (navigator.locks === undefined) return work();
  await navigator.locks.request(LOCK, work);
}

/** 122 bits, in the alphabet the contract asks for; randomUUID is not there on plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
