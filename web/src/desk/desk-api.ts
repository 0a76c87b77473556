import type {
  ActBody,
  ActConflict,
  DispatchAnswer,
  DispatchBody,
  LinkRow,
} from '../../../server/contract/case-acts.ts';
import type { CaseFileRow, Ledger } from '../../../server/contract/case-file.ts';
import type { ErrorBody } from '../../../server/contract/http.ts';
import { askerHeaders, toSignIn } from '../live/asker.ts';
import { takeEarly } from './ask-early.ts';

export interface AccountChoice {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly tier: string;
  readonly region: string;
  readonly public: boolean;
}

/** What came of an act: kept, somebody was quicker, or not allowed, in words. `status` is 0 where no answer came. */
export type Sent<T> =
  { readonly kept: T } | { readonly conflict: ActConflict } | { readonly failed: string; readonly status: number };

/** On a slow line an answer takes seconds; after this one it is taken for lost, and asked for again. */
const PATIENCE = 20_000;

async function call(path: string, ask?: unknown): Promise<{ status: number; body: unknown }> {
  try {
    const early = ask === undefined ? takeEarly(path) : undefined;
    const answer = await (early ??
      fetch(`api/v1/${path}`, {
        headers: {
          accept: 'application/json',
          ...askerHeaders(),
          ...(ask === undefined ? {} : { 'content-type': 'application/json' }),
        },
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE),
        ...(ask === undefined ? {} : { method: 'POST', body: JSON.stringify(ask) }),
      }));
    const body: unknown = await answer.json();
    if (answer.status === 401 && (body as Partial<ErrorBody> | null)?.error?.code === 'sign_in') toSignIn();
    return { status: answer.status, body };
  } catch {
    return { status: 0, body: { error: { message: '服务器没有应答，操作没有记入，请再试' } } };
  }
}

const messageOf = (body: unknown, status: number): string =>
  (body as Partial<ErrorBody> | null)?.error?.message ?? `服务器答${status}`;

async function send<T>(path: string, ask: unknown): Promise<Sent<T>> {
  const { status, body } = await call(path, ask);
  if (status === 200) return { kept: body as T };
  return status === 409 ? { conflict: body as ActConflict } : { failed: messageOf(body, status), status };
}

/** @throws Error in words for people */
async function read<T>(path: string): Promise<T> {
  const { status, body } = await call(path);
  if (status === 200) return body as T;
  throw new Error(messageOf(body, status));
}

const of = (incident: string): string => `incidents/${encodeURIComponent(incident)}`;

/** The files of incidents, one function a question. */
export const deskApi = {
  file: (incident: string) => read<CaseFileRow>(`${of(incident)}/acts`),
  act: (incident: string, body: ActBody) => send<CaseFileRow>(`${of(incident)}/acts`, body),
  dispatch: (incident: string, body: DispatchBody) => send<DispatchAnswer>(`${of(incident)}/dispatch`, body),
  link: (incident: string, account: string) =>
    send<LinkRow>(`${of(incident)}/links/${encodeURIComponent(account)}`, {}),
  ledger: () => read<Ledger>('handoffs'),
  choices: () => read<readonly AccountChoice[]>('accounts/choices'),
};
