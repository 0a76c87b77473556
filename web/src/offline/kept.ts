import type { CaseFileRow } from '../../../server/contract/case-file.ts';
import type { IncidentFile, IncidentRow } from '../../../server/contract/http.ts';
import type { AccountChoice } from '../desk/desk-api.ts';
import { dropKey, keysOf, readKey, writeKey } from './storage.ts';

/**
 * The last known inbox and the files that were opened on this device, for a desk without a connection. What is here was already cut to
 * the person's scope and masked by the server; it belongs to one person, lies at most a day, and goes with their session.
 */
export interface KeptInbox {
  /** Epoch ms of the deployment, when it was read. */
  readonly at: number;
  readonly rows: readonly IncidentRow[];
  readonly drill: boolean;
  /** The name that all places here begin with. */
  readonly home: string;
}

export interface KeptFile {
  readonly at: number;
  readonly file: CaseFileRow;
  readonly evidence: IncidentFile | null;
}

const OWNER = 'owner';
const INBOX = 'inbox';
const CLOCK = 'clock';
const CHOICES = 'choices';
const FILE = 'file-';
const FILES_KEPT = 12;
const POSTS_KEPT = 20;
const ROWS_KEPT = 200;
const LASTS = 24 * 60 * 60_000;

/** This device's own clock, epoch ms: right or wrong, it runs on while no page is open. */
export const deviceNow = (): number => performance.timeOrigin + performance.now();

const fileKeys = (): readonly string[] => keysOf(FILE);
const isFresh = ({ at }: { readonly at: number }, now: number): boolean => Math.abs(now - at) < LASTS;

export function keepInbox(inbox: KeptInbox): void {
  writeKey(INBOX, { ...inbox, rows: inbox.rows.slice(0, ROWS_KEPT) });
}

export function keptInbox(now: number): KeptInbox | undefined {
  const kept = readKey<KeptInbox>(INBOX);
  return kept !== undefined && isFresh(kept, now) ? kept : undefined;
}

/** The newest twelve; the one that was opened longest ago makes room. */
export function keepFile(id: string, kept: KeptFile): void {
  const evidence =
    kept.evidence === null ? null : { ...kept.evidence, posts: kept.evidence.posts.slice(0, POSTS_KEPT) };
  const others = fileKeys().filter((key) => key !== FILE + id);
  const byAge = others.map((key) => ({ key, at: readKey<KeptFile>(key)?.at ?? 0 })).sort((a, b) => b.at - a.at);
  for (const { key } of byAge.slice(FILES_KEPT - 1)) dropKey(key);
  writeKey(FILE + id, { ...kept, evidence });
}

export function keptFile(id: string, now: number): KeptFile | undefined {
  const kept = readKey<KeptFile>(FILE + id);
  return kept !== undefined && isFresh(kept, now) ? kept : undefined;
}

/** The deployment's now beside this device's, so that a desk opened without a connection knows the time, also in a drill. */
export function keepClock(now: number, speed: number): void {
  writeKey(CLOCK, { now, speed, device: deviceNow() });
}

/** Epoch ms of the deployment, as far as this device's own clock can be trusted since; 0 where it never was told. */
export function keptClock(): { readonly now: number; readonly speed: number } {
  const kept = readKey<{ now: number; speed: number; device: number }>(CLOCK);
  if (kept === undefined) return { now: 0, speed: 1 };
  return { now: kept.now + Math.max(0, deviceNow() - kept.device) * kept.speed, speed: kept.speed };
}

/** Names to hand over to: a form without a connection offers the same. */
export function keepChoices(choices: readonly AccountChoice[]): void {
  writeKey(CHOICES, choices);
}

export const keptChoices = (): readonly AccountChoice[] => readKey<readonly AccountChoice[]>(CHOICES) ?? [];

/** What was kept for somebody else, or for a session that is over, goes. Acts that wait stay with whoever did them (waiting-acts). */
export function keepFor(owner: string | null): void {
  if (owner !== null && ownerOfKept() === owner) return;
  for (const key of [INBOX, CHOICES, ...fileKeys()]) dropKey(key);
  if (owner !== null) writeKey(OWNER, owner);
}

/** Whose desk this was last; the empty name where nobody signs in. */
export const ownerOfKept = (): string => readKey<string>(OWNER) ?? '';
