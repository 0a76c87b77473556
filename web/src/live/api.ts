import type { FileAsk, FilePreview, FileState, ImportAsk } from '../../../server/contract/files.ts';
import type {
  DropAnswer,
  DropAsk,
  LetterRow,
  PauseAsk,
  ReplayAnswer,
  ReplayAsk,
  SignedAsk,
  SourceAskBody,
  SourceDone,
  SourcesPage,
  TokenAnswer,
} from '../../../server/contract/sources.ts';
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

/** A question, or with something to say a POST: a file goes as its bytes, all else as JSON. */
async function read<T>(path: string, ask?: unknown): Promise<T> {
  const body = ask instanceof Blob ? ask : JSON.stringify(ask);
  const type = ask instanceof Blob ? 'application/octet-stream' : 'application/json';
  let answer: Response;
  try {
    answer = await fetch(`api/v1/${path}`, {
      headers: { accept: 'application/json', ...(ask === undefined ? {} : { 'content-type': type }) },
      cache: 'no-store',
      ...(ask === undefined ? {} : { method: 'POST', body }),
    });
  } catch (cause) {
    throw new ReadFailed(0, '服务器没有应答', { cause });
  }
  let said: unknown;
  try {
    said = await answer.json();
  } catch (cause) {
    throw new ReadFailed(answer.status, `服务器的回答读不懂（${answer.status}）`, { cause });
  }
  if (!answer.ok) {
    throw new ReadFailed(answer.status, isErrorBody(said) ? said.error.message : `服务器答 ${answer.status}`);
  }
  return said as T;
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
  dropLetters: (ask: DropAsk) => read<DropAnswer>('dead-letters/drop', ask),
  describeSource: (ask: SourceAskBody) => read<SourceDone>('sources/describe', ask),
  pauseSource: (ask: PauseAsk) => read<PauseAsk>('sources/pause', ask),
  removeSource: (ask: SignedAsk) => read<DropAnswer>('sources/remove', ask),
  newToken: (ask: SignedAsk) => read<TokenAnswer>('sources/token', ask),
  bringFile: (file: File) => read<FilePreview>(`files?name=${encodeURIComponent(file.name)}`, file),
  previewFile: (ask: FileAsk) => read<FilePreview>('files/preview', ask),
  importFile: (ask: ImportAsk) => read<FileState>('files/import', ask),
  fileState: (id: string) => read<FileState>(`files/${encodeURIComponent(id)}`),
  dropFile: (id: string) => read<DropAnswer>('files/drop', { id }),
};
