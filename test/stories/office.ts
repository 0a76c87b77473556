import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Role } from '../../pipelines/domain/person.ts';
import { openPasswords } from '../../server/adapters/argon2/hash-password.ts';
import { aPeopleArea, PASSWORD } from '../seeds/people.ts';
import { EVENING, runApp, type RunningApp } from './running-app.ts';

/** Somebody at their own browser. Every answer with its status. */
export interface AtDesk {
  get<T>(path: string): Promise<{ readonly status: number; readonly body: T }>;
  post<T>(path: string, body: unknown): Promise<{ readonly status: number; readonly body: T }>;
}

export interface PersonSeed {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly regions: 'all' | readonly string[];
  readonly account?: string;
}

/** A deployment whose people sign in, with a clock that a story moves. */
export interface Office {
  readonly running: RunningApp;
  /** Epoch ms. */
  now: number;
  signIn(name: string): Promise<AtDesk>;
  close(): Promise<void>;
}

export async function openOffice(
  people: readonly PersonSeed[],
  env: Readonly<Record<string, string>> = {},
): Promise<Office> {
  const dir = mkdtempSync(join(tmpdir(), 'story-office-'));
  const time = { now: EVENING };
  const clock = { now: () => time.now };
  const passwords = openPasswords();
  const seeded = aPeopleArea({ clock, path: join(dir, 'people.sqlite'), passwords });
  for (const { name, roles, regions, account } of people) await seeded.person(name, roles, regions, account);
  seeded.store.close();
  const running = await runApp({ dir, clock, env: { ...env, WENBIDA_SIGN_IN: 'on' } });
  const ask = async <T>(path: string, cookie: string, body?: unknown): Promise<{ status: number; body: T }> => {
    const answer = await fetch(`${running.url}/api/v1/${path}`, {
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  return {
    running,
    get now() {
      return time.now;
    },
    set now(at: number) {
      time.now = at;
    },
    async signIn(name) {
      const answer = await fetch(`${running.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, password: PASSWORD }),
      });
      if (!answer.ok) throw new Error(`${name} can't sign in: ${await answer.text()}`);
      const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
      return {
        get: <T>(path: string) => ask<T>(path, cookie),
        post: <T>(path: string, body: unknown) => ask<T>(path, cookie, body),
      };
    },
    async close() {
      await running.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
