import type { LetterRow, ReplayAnswer, ReplayAsk, SourcesPage } from '../../../server/contract/sources.ts';
import { askerHeaders, toSignIn } from './asker.ts';
import type {
  AlertRow,
  ErrorBody,
  IncidentFile,
  IncidentRow,
  Pulse,
  SourceRow,
} from '../../../server/contract/http.ts';
import type { ReviewBody } from '../../../server/contract/review.ts';

/** What could not be read, in words for people. `status` is 0 where no answer came. */
export class ReadFailed extends Error {
  override readonly name = 'ReadFailed';
  readonly status: number;

  /** The server's own word for it; empty where it said none. */
  readonly code: string;

  constructor(status: number, message: string, options: ErrorOptions & { readonly code?: string } = {}) {
    super(message, options);
    this.status = status;
    this.code = options.code ?? '';
  }
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof (body as { error: { message?: unknown } }).error.message === 'string';

/** What the server says in English to programs, in words for people. */
const REFUSALS: Readonly<Record<string, string>> = {
  sign_in: '请先登录',
  not_your_role: '您的角色不能看这里，需要的话请找安全管理员',
  not_your_region: '这里是全部属地的内容，超出您的属地范围',
};

const typeOf = (ask: unknown): string => (ask instanceof Blob ? 'application/octet-stream' : 'application/json');

/**
 * One question to the server; with a body it is a POST, unless said otherwise. A file (Blob) is sent as it is, anything else as
 * JSON. @throws ReadFailed
 */
export async function read<T>(path: string, ask?: unknown, method = ask === undefined ? 'GET' : 'POST'): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`api/v1/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...askerHeaders(),
        ...(ask === undefined ? {} : { 'content-type': typeOf(ask) }),
      },
      cache: 'no-store',
      ...(ask === undefined ? {} : { body: ask instanceof Blob ? ask : JSON.stringify(ask) }),
    });
  } catch (cause) {
    throw new ReadFailed(0, '服务器没有应答', { cause });
  }
  let body: unknown;
  try {
    body = await answer.json();
  } catch (cause) {
    throw new ReadFailed(answer.status, `服务器的回答读不懂（${answer.status}）`, { cause });
  }
  if (!answer.ok) {
    const { code, message } = isErrorBody(body) ? body.error : { code: '', message: `服务器答 ${answer.status}` };
    if (code === 'sign_in') toSignIn();
    throw new ReadFailed(answer.status, REFUSALS[code] ?? message, { code });
  }
  return body as T;
}

/** The HTTP side of the contract, one function a question. @throws ReadFailed */
export const api = {
  incidents: () => read<IncidentRow[]>('incidents'),
  incident: (id: string) => read<IncidentFile>(`incidents/${encodeURIComponent(id)}`),
  alerts: (after: number) => read<AlertRow[]>(`alerts?after=${after}`),
  pulse: () => read<Pulse>('pulse'),
  sources: () => read<SourceRow[]>('sources'),
  review: (post: string, body: ReviewBody) => read<unknown>(`posts/${encodeURIComponent(post)}/review`, body),
  sourcesPage: () => read<SourcesPage>('sources/page'),
  letters: ({ limit, source }: { readonly limit: number; readonly source?: string }) =>
    read<LetterRow[]>(
      `dead-letters?limit=${limit}${source === undefined ? '' : `&source=${encodeURIComponent(source)}`}`,
    ),
  replayLetters: (ask: ReplayAsk) => read<ReplayAnswer>('dead-letters/replay', ask),
};
