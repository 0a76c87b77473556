/** How one score is read after calibration: logit(calibrated) = slope × logit(score) + shift; a check is called for from `threshold` on. */
export interface ScoreCalibration {
  /** Above 0, so that the order of scores never changes. */
  readonly slope: number;
  readonly shift: number;
  /** Of the calibrated score, 0…1. */
  readonly threshold: number;
  /** Distinct reviewed texts it rests on. */
  readonly n: number;
}

/** What `wenbida calibrate` learned from the office's own reviewed cases, for one set of weights. A null part stays as released. */
export interface Calibration {
  /** sha256 of the file, 8 hex digits. */
  readonly version: string;
  /** Version of the weights it belongs to. */
  readonly weights: string;
  /** The precision that the thresholds were chosen for, 0…1. */
  readonly precision: number;
  readonly rumor: {
    /** Where the kind of the account is known, and where it is not. */
    readonly known: ScoreCalibration | null;
    readonly unknown: ScoreCalibration | null;
  };
  /** Added to the lean towards "asks for nothing": above 0 fewer posts count as needs. */
  readonly need: { readonly lean: number; readonly n: number } | null;
}
