import type { SuggestionRow } from '../../../server/contract/http.ts';
import type {
  AccuracyBody,
  ChangeRow,
  ChangesAnswer,
  ChangesAsk,
  ImportAnswer,
  MatrixPage,
  StartAsk,
  TryAsk,
} from '../../../server/contract/matrix.ts';
import { read } from '../live/api.ts';

/** The matrix over HTTP, one function a question. @throws ReadFailed */
export const matrixApi = {
  page: () => read<MatrixPage>('matrix'),
  accuracy: () => read<AccuracyBody>('matrix/accuracy'),
  history: (account: string) => read<ChangeRow[]>(`matrix/accounts/${encodeURIComponent(account)}/history`),
  change: (ask: ChangesAsk) => read<ChangesAnswer>('matrix/changes', ask),
  undo: (batch: number) => read<ChangesAnswer>('matrix/undo', { batch }),
  startFrom: (ask: StartAsk) => read<ImportAnswer>('matrix/start-from', ask),
  import: (file: File, given: { readonly preview: boolean; readonly retireAbsent: boolean; readonly why?: string }) => {
    const query = new URLSearchParams({
      name: file.name.slice(0, 200),
      preview: String(given.preview),
      retireAbsent: String(given.retireAbsent),
      ...(given.why === undefined ? {} : { why: given.why }),
    });
    return read<ImportAnswer>(`matrix/import?${query.toString()}`, file);
  },
  try: (ask: TryAsk) => read<SuggestionRow>('matrix/try', ask),
};
