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
} from '../../../server/contract/settings.ts';
import type {
  CalibrationAsk,
  CalibrationPreview,
  CasesList,
  EraseAsk,
  EraseFound,
  EraseTry,
  ModelsPage,
  RetentionAsk,
  RetentionPage,
  RetentionPreview,
} from '../../../server/contract/settings-keeping.ts';
import { read } from '../live/api.ts';

/** The settings over HTTP, one function a question. @throws ReadFailed */
export const settingsApi = {
  taxonomy: () => read<TaxonomyPage>('settings/taxonomy'),
  tryTaxonomy: (ask: TaxonomyTry) => read<TaxonomyTried>('settings/taxonomy/try', ask),
  saveTaxonomy: (ask: TaxonomyAsk) => read<VersionKept>('settings/taxonomy', ask),
  restoreTaxonomy: (ask: RestoreAsk) => read<VersionKept>('settings/taxonomy/restore', ask),
  places: () => read<PlacesPage>('settings/places'),
  regions: (text: string) => read<RegionHit[]>(`settings/regions?q=${encodeURIComponent(text)}`),
  tryPlaces: (ask: PlacesTry) => read<PlacesTried>('settings/places/try', ask),
  savePlaces: (ask: PlacesAsk) => read<VersionKept>('settings/places', ask),
  restorePlaces: (ask: RestoreAsk) => read<VersionKept>('settings/places/restore', ask),
  retention: () => read<RetentionPage>('settings/retention'),
  previewRetention: (days: number) => read<RetentionPreview>('settings/retention/preview', { days }),
  saveRetention: (ask: RetentionAsk) => read<VersionKept>('settings/retention', ask),
  restoreRetention: (ask: RestoreAsk) => read<VersionKept>('settings/retention/restore', ask),
  findToErase: (ask: EraseTry) => read<EraseFound>('settings/erase/preview', ask),
  erase: (ask: EraseAsk) => read<EraseFound>('settings/erase', ask),
  models: () => read<ModelsPage>('settings/models'),
  cases: (query: string) => read<CasesList>(`settings/models/cases?${query}`),
  previewCalibration: (precision: number) =>
    read<CalibrationPreview>('settings/models/calibration/preview', { precision }),
  saveCalibration: (ask: CalibrationAsk) => read<VersionKept>('settings/models/calibration', ask),
  restoreCalibration: (ask: RestoreAsk) => read<VersionKept>('settings/models/calibration/restore', ask),
};
