import type { Scope, Viewer } from '../../pipelines/domain/person.ts';
import type * as settings from '../contract/settings.ts';
import type * as keeping from '../contract/settings-keeping.ts';

/** What came of a change: kept, not possible in words for people, or somebody was quicker. */
export type SettingOutcome =
  { readonly kept: settings.VersionKept } | { readonly refused: string } | { readonly meanwhile: settings.VersionRow };

interface Versioned<Ask> {
  save(viewer: Viewer, ask: Ask): Promise<SettingOutcome>;
  /** Puts an earlier version in force, as a new one; 0 is what was before the first. */
  restore(viewer: Viewer, ask: settings.RestoreAsk): Promise<SettingOutcome>;
}

/** What an office sets about its own deployment. Whatever it lists is cut to the viewer's scope. */
export interface SettingsServices {
  readonly taxonomy: Versioned<settings.TaxonomyAsk> & {
    page(viewer: Viewer): settings.TaxonomyPage;
    try(ask: settings.TaxonomyTry): Promise<settings.TaxonomyTried>;
  };
  readonly places: Versioned<settings.PlacesAsk> & {
    page(viewer: Viewer): settings.PlacesPage;
    try(viewer: Viewer, ask: settings.PlacesTry): Promise<settings.PlacesTried>;
    /** Divisions whose name or code holds this, nearest first. */
    regions(scope: Scope, text: string): readonly settings.RegionHit[];
  };
  readonly retention: Versioned<keeping.RetentionAsk> & {
    page(viewer: Viewer): keeping.RetentionPage;
    preview(days: number): Promise<keeping.RetentionPreview>;
    /** undefined: neither an address nor an author with a platform was named. */
    found(ask: keeping.EraseTry): Promise<keeping.EraseFound | undefined>;
    erase(viewer: Viewer, ask: keeping.EraseAsk): Promise<keeping.EraseFound | undefined>;
  };
  readonly models: Versioned<keeping.CalibrationAsk> & {
    page(viewer: Viewer): keeping.ModelsPage;
    cases(scope: Scope, query: keeping.CasesQuery): keeping.CasesList;
    csv(scope: Scope, query: Pick<keeping.CasesQuery, 'head' | 'same'>): string;
    preview(precision: number): Promise<keeping.CalibrationPreview>;
  };
}
