import type { Scope, Viewer } from '../../pipelines/domain/person.ts';
import type {
  PlacesAsk,
  PlacesPage,
  PlacesTried,
  PlacesTry,
  RegionHit,
  RestoreAsk,
  TaxonomyAsk,
  TaxonomyPage,
  TaxonomyTried,
  TaxonomyTry,
  VersionKept,
  VersionRow,
} from '../contract/settings.ts';
import type {
  CalibrationAsk,
  CalibrationPreview,
  CasesList,
  CasesQuery,
  EraseAsk,
  EraseFound,
  EraseTry,
  ModelsPage,
  RetentionAsk,
  RetentionPage,
  RetentionPreview,
} from '../contract/settings-keeping.ts';

/** What came of a change: kept, not possible in words for people, or somebody was quicker. */
export type SettingOutcome =
  { readonly kept: VersionKept } | { readonly refused: string } | { readonly meanwhile: VersionRow };

interface Versioned<Ask> {
  save(viewer: Viewer, ask: Ask): Promise<SettingOutcome>;
  /** Puts an earlier version in force, as a new one; 0 is what was before the first. */
  restore(viewer: Viewer, ask: RestoreAsk): Promise<SettingOutcome>;
}

/** What an office sets about its own deployment. Whatever it lists is cut to the viewer's scope. */
export interface SettingsServices {
  readonly taxonomy: Versioned<TaxonomyAsk> & {
    page(viewer: Viewer): TaxonomyPage;
    try(ask: TaxonomyTry): Promise<TaxonomyTried>;
  };
  readonly places: Versioned<PlacesAsk> & {
    page(viewer: Viewer): PlacesPage;
    try(viewer: Viewer, ask: PlacesTry): Promise<PlacesTried>;
    /** Divisions whose name or code holds this, nearest first. */
    regions(scope: Scope, text: string): readonly RegionHit[];
  };
  readonly retention: Versioned<RetentionAsk> & {
    page(viewer: Viewer): RetentionPage;
    preview(days: number): Promise<RetentionPreview>;
    /** undefined: neither an address nor an author with a platform was named. */
    found(ask: EraseTry): Promise<EraseFound | undefined>;
    erase(viewer: Viewer, ask: EraseAsk): Promise<EraseFound | undefined>;
  };
  readonly models: Versioned<CalibrationAsk> & {
    page(viewer: Viewer): ModelsPage;
    cases(scope: Scope, query: CasesQuery): CasesList;
    csv(scope: Scope, query: Pick<CasesQuery, 'head' | 'same'>): string;
    preview(precision: number): Promise<CalibrationPreview>;
  };
}
