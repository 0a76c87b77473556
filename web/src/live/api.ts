import { takeEarly } from '../desk/ask-early.ts';
import { askerHeaders, toSignIn } from './asker.ts';
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
import type { AlertRow, ErrorBody, IncidentFile, IncidentRow } from '../../../server/contract/http.ts';
import type { Pulse, SourceRow } from '../../../server/contract/pulse.ts';
import type { ChannelAsk, ChannelIs, ChannelsPage, ResendAnswer, TestAnswer } from '../../../server/contract/notify.ts';
import type {
  MuteAsk,
  MuteRow,
  NotePage,
  OnCallPage,
  RulesAsk,
  ShiftAsk,
  ShiftRow,
} from '../../../server/contract/on-call.ts';
import type { ReportList, ReportVersionRow } from '../../../server/contract/report.ts';
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
    const early = method === 'GET' ? takeEarly(path) : undefined;
    answer = await (early ??
      fetch(`api/v1/${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...askerHeaders(),
          ...(ask === undefined ? {} : { 'content-type': typeOf(ask) }),
        },
        cache: 'no-store',
        ...(ask === undefined ? {} : { body: ask instanceof Blob ? ask : JSON.stringify(ask) }),
      }));
  } catch (cause) {
    throw new ReadFailed(0, '服务器没有应答', { cause });
  }
  if (answer.status === 204) return undefined as T;
  let said: unknown;
  try {
    said = await answer.json();
  } catch (cause) {
    throw new ReadFailed(answer.status, `服务器的回答读不懂（${answer.status}）`, { cause });
  }
  if (!answer.ok) {
    const { code, message } = isErrorBody(said) ? said.error : { code: '', message: `服务器答 ${answer.status}` };
    if (code === 'sign_in') toSignIn();
    throw new ReadFailed(answer.status, REFUSALS[code] ?? message, { code });
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
  /** `region`: a division code, `all`, or undefined for the widest there is. */
  reports: (week: string | undefined, region: string | undefined) =>
    read<ReportList>(
      `reports?${new URLSearchParams({ ...(week === undefined ? {} : { week }), ...(region === undefined ? {} : { region }) })}`,
    ),
  makeReport: (week: string, region: string) =>
    read<ReportVersionRow>(`reports/${encodeURIComponent(week)}?region=${region}`, {}),
  signReport: (week: string, region: string, version: number) =>
    read<unknown>(`reports/${week}/sign?region=${region}`, { version }),
  commentReport: (week: string, region: string, ask: { readonly slot: string; readonly text: string }) =>
    read<unknown>(`reports/${week}/comments?region=${region}`, ask),
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
  channels: () => read<ChannelsPage>('channels'),
  saveChannel: (ask: ChannelAsk) => read<ChannelIs>('channels', ask),
  removeChannel: (id: string) => read<unknown>(`channels/${id}/remove`, {}),
  testChannel: (id: string) => read<TestAnswer>(`channels/${id}/test`, {}),
  resend: (ids: readonly number[]) => read<ResendAnswer>('deliveries/resend', { ids }),
  onCall: () => read<OnCallPage>('oncall'),
  note: () => read<NotePage>('oncall/note'),
  saveShift: (ask: ShiftAsk) => read<ShiftRow>('oncall/shifts', ask),
  removeShift: (id: number) => read<unknown>('oncall/shifts/remove', { id }),
  saveRules: (ask: RulesAsk) => read<unknown>('oncall/rules', ask),
  mute: (ask: MuteAsk) => read<MuteRow>('oncall/mutes', ask),
  endMute: (id: number) => read<unknown>('oncall/mutes/end', { id }),
  take: (incident: string) => read<unknown>('oncall/take', { incident }),
};
