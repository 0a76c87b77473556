/** What heat is made of. */
export interface HeatParts {
  /** Distinct posts so far. */
  readonly posts: number;
  /** Distinct posts of the last hour (decayed count). */
  readonly lastHour: number;
  /** Likes + 2 × comments + 3 × reposts over its posts. */
  readonly interaction: number;
  /** Official and media posts. */
  readonly media: number;
  /** Hours since the last post. */
  readonly quietHours: number;
}

/**
 * 热度, 0…100: volume, interaction, growth and media weight, each on a log scale as the public indices of the field have them
 * (BCI and its kin), fading with a half-life of twelve quiet hours. Our own index; the weights are these lines.
 */
export function heatOf(parts: HeatParts): number {
  const volume = 12 * Math.log2(1 + parts.posts);
  const interaction = 2.5 * Math.log2(1 + parts.interaction / 10);
  const growth = 5 * Math.log2(1 + parts.lastHour);
  const media = 4 * Math.log2(1 + parts.media);
  const fade = 0.5 ** (Math.max(0, parts.quietHours) / 12);
  return Math.round(Math.min(100, (volume + interaction + growth + media) * 0.72 * fade) * 10) / 10;
}
