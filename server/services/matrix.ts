import type { Viewer } from '../../pipelines/domain/person.ts';
import type { SuggestionRow } from '../contract/http.ts';
import type * as contract from '../contract/matrix.ts';

/** Why nothing was kept: what somebody else changed meanwhile, or a sentence for people. */
export type MatrixRefusal = { readonly meanwhile: contract.ChangeRow[] } | { readonly refused: string };

/** The matrix, cut to who asks. Whether they may change it at all is for the route's policy. */
export interface MatrixServices {
  /** `at`: the accounts as they were then, epoch ms. */
  page(viewer: Viewer, at?: number): contract.MatrixPage;
  history(viewer: Viewer, account: string): contract.ChangeRow[];
  change(viewer: Viewer, ask: contract.ChangesAsk): contract.ChangesAnswer | MatrixRefusal;
  undo(viewer: Viewer, batch: number): contract.ChangesAnswer | MatrixRefusal;
  import(
    viewer: Viewer,
    given: {
      readonly bytes: Uint8Array;
      readonly name: string;
      readonly why: string | undefined;
      readonly retireAbsent: boolean;
      readonly preview: boolean;
    },
  ): Promise<contract.ImportAnswer | MatrixRefusal>;
  startFrom(viewer: Viewer, ask: contract.StartAsk): Promise<contract.ImportAnswer | MatrixRefusal>;
  export(viewer: Viewer, format: 'csv' | 'json'): string;
  /** A dry run: nothing is raised, handed over or kept. */
  try(viewer: Viewer, ask: contract.TryAsk): SuggestionRow | { readonly refused: string };
  accuracy(viewer: Viewer): contract.AccuracyBody;
}
