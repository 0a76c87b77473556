import type { FeedMark } from './feed-marks.ts';

/** What came of asking for a feed; `because` is a sentence for people that holds no query of an address. */
export type FeedAnswer =
  | {
      readonly kind: 'body';
      /** Unpacked. */
      readonly body: Uint8Array;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'failed';
      readonly because: string;
      /** As long as the other side asks to be left alone, ms. */
      readonly retryAfterMs?: number;
    };

/** Asks for a feed by its address, with what is remembered of it. Resolves in any case, within its own limit of time. */
export type FeedFetch = (
  url: string,
  mark: Pick<FeedMark, 'etag' | 'lastModified'>,
  signal: AbortSignal,
) => Promise<FeedAnswer>;
