import type { LetterRow, ReplayAnswer, ReplayAsk, SourcesPage } from '../../../server/contract/sources.ts';
import type {
  AlertRow,
  ErrorBody,
  IncidentFile,
  IncidentRow,
  Pulse,
  SourceRow,
} from '../../../server/contract/http.ts';
import type { ReportList, ReportVersionRow } from '../../../server/contract/report.ts';
import type { ReviewBody } from '../../../server/contract/review.ts';

/** What could not be read, in words for people. `status` is 0 where no answer came. */
export class ReadFailed extends Error {
  override readonly name = 'ReadFailed';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const isErrorBody = (body: unknown): body is ErrorBody =>
  typeof body === 'object' &&
  body !== null &&
  'error' in body &&
  typeof (body as { error: { message?: unknown } }).error.message === 'string';

async function read<T>(path: string, ask?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`api/v1/${path}`, {
      headers: { accept: 'application/json', ...(ask === undefined ? {} : { 'content-type': 'application/json' }) },
      cache: 'no-store',
      ...(ask === undefined ? {} : { method: 'POST', body: JSON.stringify(ask) }),
    });
  } catch (cause) {
    throw new ReadFailed(0, '服务器没有应答', { cause });
  }
  if (answer.status === 204) return undefined as T;
  let body: unknown;
  try {
    body = await answer.json();
  } catch (cause) {
    throw new ReadFailed(answer.status, `服务器的回答读不懂（${answer.status}）`, { cause });
  }
  if (!answer.ok) {
    throw new ReadFailed(answer.status, isErrorBody(body) ? body.error.message : `服务器答 ${answer.status}`);
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
  reports: (week: string | undefined) => read<ReportList>(`reports${week === undefined ? '' : `?week=${week}`}`),
  makeReport: (week: string) => read<ReportVersionRow>(`reports/${encodeURIComponent(week)}`, {}),
  signReport: (week: string, version: number) => read<unknown>(`reports/${week}/sign`, { version }),
  commentReport: (week: string, ask: { readonly slot: string; readonly text: string }) =>
    read<unknown>(`reports/${week}/comments`, ask),
  sourcesPage: () => read<SourcesPage>('sources/page'),
  letters: ({ limit, source }: { readonly limit: number; readonly source?: string }) =>
    read<LetterRow[]>(
      `dead-letters?limit=${limit}${source === undefined ? '' : `&source=${encodeURIComponent(source)}`}`,
    ),
  replayLetters: (ask: ReplayAsk) => read<ReplayAnswer>('dead-letters/replay', ask),
};
