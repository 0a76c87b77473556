import type { SuggestionRow } from '../../../server/contract/http.ts';
import type * as contract from '../../../server/contract/matrix.ts';
import { read } from '../live/api.ts';

/** The matrix over HTTP, one function a question. @throws ReadFailed */
export const matrixApi = {
  page: () => read<contract.MatrixPage>('matrix'),
  accuracy: () => read<contract.AccuracyBody>('matrix/accuracy'),
  history: (account: string) => read<contract.ChangeRow[]>(`matrix/accounts/${encodeURIComponent(account)}/history`),
  change: (ask: contract.ChangesAsk) => read<contract.ChangesAnswer>('matrix/changes', ask),
  undo: (batch: number) => read<contract.ChangesAnswer>('matrix/undo', { batch }),
  startFrom: (ask: contract.StartAsk) => read<contract.ImportAnswer>('matrix/start-from', ask),
  import: (file: File, given: { readonly preview: boolean; readonly retireAbsent: boolean; readonly why?: string }) => {
    const query = new URLSearchParams({
      name: file.name.slice(0, 200),
      preview: String(given.preview),
      retireAbsent: String(given.retireAbsent),
      ...(given.why === undefined ? {} : { why: given.why }),
    });
    return read<contract.ImportAnswer>(`matrix/import?${query.toString()}`, file);
  },
  try: (ask: contract.TryAsk) => read<SuggestionRow>('matrix/try', ask),
};
