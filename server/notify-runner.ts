import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Account } from '../pipelines/domain/account.ts';
import { EVERYTHING } from '../pipelines/domain/person.ts';
import type { RegionCode } from '../pipelines/domain/region.ts';
import { mask } from '../pipelines/1-intake/mask.ts';
import type { NoticeWords } from '../pipelines/5-respond/notice-of-alert.ts';
import type { Wording } from '../pipelines/5-respond/word-notice.ts';
import type { CaseBook } from '../pipelines/ports/case-book.ts';
import type { Clock } from '../pipelines/ports/clock.ts';
import type { DeskStore } from '../pipelines/ports/desk-store.ts';
import type { RefutationOutlet } from '../pipelines/ports/refutation-outlet.ts';
import type { SourceBook } from '../pipelines/ports/source-book.ts';
import type { CaseTimer } from '../pipelines/ports/timer-book.ts';
import { openChannel } from './adapters/notify/open-channel.ts';
import type { Outbound } from './adapters/notify/post-json.ts';
import { openNotifyBook, type NotifyBook } from './adapters/notify-book/open-notify-book.ts';
import { namedHosts } from './adapters/outbound/address.ts';
import { openSecretBox } from './adapters/secrets/secret-box.ts';
import type { Config } from './config.ts';
import type { NotifiedFiles } from './notified-files.ts';
import { Auditor } from './notify/auditor.ts';
import { Caller } from './notify/caller.ts';
import { aboutOf, NoticeFeed } from './notify/notice-feed.ts';
import { Sender } from './notify/sender.ts';
import { ShiftNotes } from './notify/shift-notes.ts';
import { refutationChannel } from './notify/refutation-channel.ts';
import type { Steady } from './notify/steady-alarm.ts';

export interface RunnerParts {
  readonly config: Pick<Config, 'varDir' | 'notifyHosts' | 'publicUrl'>;
  readonly clock: Clock;
  /** Left out: the machine's own, which only runs forward. */
  readonly steady?: Steady;
  readonly desk: DeskStore;
  readonly cases?: Pick<CaseBook, 'after' | 'events'>;
  /** Where files keep what telling people changes in them; absent where nobody keeps any. */
  readonly files?: NotifiedFiles;
  readonly sources: Pick<SourceBook, 'silences' | 'list'>;
  readonly account: (id: string) => Account | undefined;
  readonly regionName: (code: RegionCode) => string;
  readonly drill: boolean;
  readonly log: { warn(message: string): void };
}

/** Everything that tells people, running. */
export interface NotifyRunner {
  readonly book: NotifyBook;
  readonly sender: Sender;
  readonly caller: Caller;
  readonly auditor: Auditor;
  readonly words: NoticeWords;
  readonly wording: Wording;
  readonly outbound: Outbound;
  /** Where a confirmed refutation goes. */
  readonly refutations: RefutationOutlet;
  /** A timer of a file of an incident did not fire: told by the way of the auditor. */
  missedTimer(missed: CaseTimer): void;
  start(): void;
  /** Something happened: look at once. */
  wake(): void;
  /** One round of everything but the auditor; resolves when what was due has left. For tests. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

/** What its services are made of. */
export interface NotifyServiceParts extends RunnerParts {
  readonly runner: NotifyRunner;
}

const TIMER_NAMES: Readonly<Record<CaseTimer['kind'], string>> = {
  half: '时限过半',
  eighty: '时限八成',
  due: '时限到期',
};
const ROUND_MS = 500;
const AUDIT_MS = 15_000;
const FORGET_MS = 3_600_000;
const SENT_LOOKED_AT = 500;
const KEPT_FOR = 90 * 86_400_000;
/** So that what stops rounds is said once a while, not twice a second. */
const SAY_AGAIN_MS = 60_000;

export const withoutSlash = (url: string): string => (url.endsWith('/') ? url.slice(0, -1) : url);

/** The outbox and its secrets, as the command line and the server open them. */
export const openBook = (varDir: string): NotifyBook =>
  openNotifyBook(join(varDir, 'notify.sqlite'), openSecretBox(join(varDir, 'keys', 'notify.secret')));

/** @throws Error where its file or its key can't be used */
export function buildNotifyRunner(parts: RunnerParts): NotifyRunner {
  const { clock, desk, cases, sources, log, config } = parts;
  const steady = parts.steady ?? ((): number => performance.now());
  const book = openBook(config.varDir);
  const { channels, deliveries, mutes, duty } = book;
  const words: NoticeWords = {
    region: parts.regionName,
    account: (id) => parts.account(id)?.name ?? id,
    mask,
  };
  const wording: Wording = {
    drill: parts.drill,
    ...(config.publicUrl === undefined ? {} : { publicUrl: withoutSlash(config.publicUrl) }),
  };
  const outbound: Outbound = { clock, named: namedHosts(config.notifyHosts) };
  const about = (id: Parameters<typeof aboutOf>[2]): ReturnType<typeof aboutOf> => aboutOf(desk, words, id);
  const caller = new Caller({ duty, clock, steady, about });
  const feed = new NoticeFeed({
    ...{ desk, sources, channels, deliveries, mutes, caller, words, clock },
    ...(cases === undefined ? {} : { cases }),
  });
  const notes = new ShiftNotes({
    ...{ desk, duty, channels, deliveries, words, clock },
    ...(cases === undefined ? {} : { cases }),
  });
  const sender = new Sender({
    ...{ channels, deliveries, clock, log },
    open: (target) => openChannel(target, outbound),
    wording: () => wording,
    random: () => randomInt(1_000_000) / 1_000_000,
    onDelivered: ({ name }, sent) => sent.forEach(({ notice }) => trying(() => parts.files?.delivered(notice, name))),
  });
  const fed = (): { last: number; read: number } => ({ last: desk.lastSeq(EVERYTHING), read: feed.read });
  const auditor = new Auditor({ duty, deliveries, channels, clock, steady, about, fed, log });

  const refutations = refutationChannel({ channels, deliveries, sender, clock, about, account: words.account });

  const timers: NodeJS.Timeout[] = [];
  let saidAt = -Infinity;
  /** A disk that is full is no reason to stop trying: what could not be written is written in a later round. */
  const trying = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (steady() - saidAt < SAY_AGAIN_MS) return;
      saidAt = steady();
      log.warn(`通知暂停：${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const look = (): void => {
    feed.round();
    caller.round();
    notes.round();
  };
  const send = (): void =>
    void sender.round().catch((error: unknown) => {
      trying(() => {
        throw error;
      });
    });
  const wake = (): void => {
    trying(look);
    send();
  };
  return {
    ...{ book, sender, caller, auditor, words, wording, outbound, refutations, wake },
    missedTimer({ incident, kind, at, handoff }) {
      const key = `timer-${incident}-${handoff === undefined ? '' : `${handoff}-`}${kind}-${at}`;
      const of = handoff === undefined ? '' : '交办的回传';
      trying(() => auditor.report(incident, key, `${of}${TIMER_NAMES[kind]}的定时没有响`));
    },
    start() {
      // What was delivered just before a kill may not be in its file yet.
      const names = new Map(channels.list().map(({ id, name }) => [id, name]));
      for (const { notice, channel } of deliveries.list({ state: 'sent', limit: SENT_LOOKED_AT }))
        trying(() => parts.files?.delivered(notice, names.get(channel) ?? '已删除'));
      timers.push(
        setInterval(wake, ROUND_MS),
        setInterval(() => trying(() => auditor.round()), AUDIT_MS),
        setInterval(() => trying(() => deliveries.forget(clock.now() - KEPT_FOR)), FORGET_MS),
      );
    },
    async round() {
      look();
      await sender.round();
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await sender.stop();
      book.close();
    },
  };
}
