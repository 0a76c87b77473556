import { parseFeed } from 'feedsmith';
import type { Feed, FeedItem } from '../../../pipelines/ports/source.ts';

type Parsed = ReturnType<typeof parseFeed>;

/**
 * RSS, RDF, Atom and JSON Feed as one shape. The caller refuses what must not be parsed first (`refusedFeed` of
 * pipelines/0-source/feed.ts); feedsmith itself expands no declared entity and fetches nothing.
 * @throws Error with a sentence for people where the text is none of them
 */
export function readFeed(text: string): Feed {
  let parsed: Parsed;
  try {
    parsed = parseFeed(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`不是可以读的 RSS、Atom 或 JSON Feed（${why}）`, { cause });
  }
  return shapeOf(parsed);
}

function shapeOf(parsed: Parsed): Feed {
  switch (parsed.format) {
    case 'rss':
      return {
        title: parsed.feed.title,
        link: parsed.feed.link,
        items: (parsed.feed.items ?? []).map((item) => ({
          id: item.guid?.value,
          title: item.title,
          link: item.link ?? (item.guid?.isPermaLink === true ? item.guid.value : undefined),
          content: item.content?.encoded ?? item.description,
          time: dateOf(item.pubDate ?? item.dc?.dates?.[0]),
        })),
      };
    case 'rdf':
      return {
        title: parsed.feed.title,
        link: parsed.feed.link,
        items: (parsed.feed.items ?? []).map((item) => ({
          id: item.rdf?.about,
          title: item.title,
          link: item.link,
          content: item.content?.encoded ?? item.description,
          time: dateOf(item.dc?.dates?.[0]),
        })),
      };
    case 'atom':
      return {
        title: parsed.feed.title?.value,
        link: alternate(parsed.feed.links),
        items: (parsed.feed.entries ?? []).map((entry): FeedItem => ({
          id: entry.id,
          title: entry.title?.value,
          link: alternate(entry.links),
          content: entry.content?.value ?? entry.summary?.value,
          time: dateOf(entry.published ?? entry.updated),
        })),
      };
    case 'json':
      return {
        title: parsed.feed.title,
        link: parsed.feed.home_page_url,
        items: (parsed.feed.items ?? []).map((item) => ({
          id: item.id,
          title: item.title,
          link: item.url,
          content: item.content_text ?? item.content_html ?? item.summary,
          time: dateOf(item.date_published ?? item.date_modified),
        })),
      };
  }
}

/** Dates stay as they are written; intake reads them. */
const dateOf = (date: unknown): string | undefined => (typeof date === 'string' ? date : undefined);

/** The link to the page itself: the one that says so, or says nothing. */
function alternate(
  links: readonly { readonly href?: string; readonly rel?: string }[] | undefined,
): string | undefined {
  return links?.find(({ rel }) => rel === undefined || rel === 'alternate')?.href;
}
