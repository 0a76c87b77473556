import type { Viewer } from '../../pipelines/domain/person.ts';
import type { SuggestionRow } from '../contract/http.ts';
import type {
  AccuracyBody,
  ChangeRow,
  ChangesAnswer,
  ChangesAsk,
  ImportAnswer,
  MatrixPage,
  StartAsk,
  TryAsk,
} from '../contract/matrix.ts';

/** Why nothing was kept: what somebody else changed meanwhile, or a sentence for people. */
export type MatrixRefusal = { readonly meanwhile: ChangeRow[] } | { readonly refused: string };

/** The matrix, cut to who asks. Whether they may change it at all is for the route's policy. */
export interface MatrixServices {
  /** `at`: the accounts as they were then, epoch ms. */
  page(viewer: Viewer, at?: number): MatrixPage;
  history(viewer: Viewer, account: string): ChangeRow[];
  change(viewer: Viewer, ask: ChangesAsk): ChangesAnswer | MatrixRefusal;
  undo(viewer: Viewer, batch: number): ChangesAnswer | MatrixRefusal;
  import(
    viewer: Viewer,
    given: {
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly why: string | undefined;
      readonly retireAbsent: boolean;
      readonly preview: boolean;
    },
  ): Promise<ImportAnswer | MatrixRefusal>;
  startFrom(viewer: Viewer, ask: StartAsk): Promise<ImportAnswer | MatrixRefusal>;
  export(viewer: Viewer, format: 'csv' | 'json'): string;
  /** A dry run: nothing is raised, handed over or kept. */
  try(viewer: Viewer, ask: TryAsk): SuggestionRow | { readonly refused: string };
  accuracy(viewer: Viewer): AccuracyBody;
}
