import type { Viewer } from '../../pipelines/domain/person.ts';
import type { ActBody, DispatchBody, LinkRow } from '../contract/case-acts.ts';
import type { CaseFileRow, FileEventRow, Ledger } from '../contract/case-file.ts';
import type { PublicCase, PublicList } from '../contract/public.ts';
import type { UnitForm, UnitView } from '../contract/unit.ts';

/** Why an act is not allowed, for the person who tried it. */
export interface Refused {
  readonly where: string;
  readonly because: string;
}

/** What became of an act. `missing`: there is no such incident, or the viewer may not know of it. */
export type ActOutcome =
  | { readonly file: CaseFileRow }
  | { readonly meanwhile: readonly FileEventRow[]; readonly file: CaseFileRow }
  | { readonly refused: Refused }
  | { readonly missing: true };

/** The files of incidents, for those who work with them. Everything is cut to the viewer's scope. */
export interface CaseServices {
  file(incident: string, viewer: Viewer): CaseFileRow | undefined;
  act(incident: string, body: ActBody, viewer: Viewer): ActOutcome;
  /** 派警: the nearest station and the command centre, by the suggestion. */
  dispatch(incident: string, body: DispatchBody, viewer: Viewer): ActOutcome & { readonly links?: readonly LinkRow[] };
  /** The signed link and the sheet for an account that has been asked; undefined where it has not. */
  link(incident: string, account: string, viewer: Viewer): LinkRow | undefined;
  ledger(viewer: Viewer): Ledger;
  /** Every account of the matrix, for choosing. */
  accounts(): readonly AccountChoice[];
  /** What is printed for a unit, or undefined where it was not asked or the viewer may not know. */
  sheet(incident: string, account: string, viewer: Viewer): UnitView | undefined;
  readonly units: UnitServices;
  /** Undefined where the public page is switched off. */
  readonly publicPage: PublicServices | undefined;
}

export interface AccountChoice {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly tier: string;
  readonly region: string;
  readonly public: boolean;
}

/** One case by a signed link, without sign-in. */
export interface UnitServices {
  /** Undefined: the link is none of ours. */
  view(token: string): UnitView | undefined;
  give(token: string, form: UnitForm): { readonly done: string } | { readonly refused: Refused } | undefined;
  /** The plea as it was written, for those sent out, and a line in the log. @throws StoreUnavailable */
  contact(token: string): Promise<string | undefined>;
}

/** What anybody may see. */
export interface PublicServices {
  list(): PublicList;
  one(incident: string): PublicCase | undefined;
  say(
    incident: string,
    solved: boolean,
    comment: string | undefined,
  ): { readonly refused: Refused } | { readonly kept: true } | undefined;
}
