import { byColumnNames, canonical } from './canonical.ts';
import { containerOf } from './container.ts';
import { FORMAT_NAMES } from './format.ts';
import type { Detected, Format, FormatReader, Shape } from './format.ts';
import { hotlist } from './hotlist.ts';
import { mediacrawler } from './mediacrawler.ts';
import { mindspider } from './mindspider.ts';
import { sampleTables } from './sample.ts';
import { trendradar } from './trendradar.ts';
import { weiboCrawler } from './weibo-crawler.ts';
import { weiboSearch } from './weibo-search.ts';

/** Every format there is a reader for, the most particular first. Feeds are read as a whole (feed.ts), mappings are given. */
export const READERS: readonly FormatReader[] = [
  mindspider,
  weiboSearch,
  weiboCrawler,
  mediacrawler,
  trendradar,
  hotlist,
  byColumnNames,
  canonical,
];

/**
 * What a file is, by its name and its first bytes (unpacked; best 64 KiB), before anything is opened. Of a workbook the bytes say
 * nothing of its columns; then it is asked again once it is open.
 */
export function detectFormat(path: string, head: Uint8Array, mappings: readonly FormatReader[] = []): Detected {
  const container = containerOf(path, head);
  if (container === 'xlsx') {
    return { format: 'csv', container, confidence: 0.3, because: '是工作簿（xlsx），打开后按列名再认' };
  }
  return detectShape({ path, container, tables: sampleTables(container, head) }, mappings);
}

/** The same once the tables and columns are known. */
export function detectShape(shape: Shape, mappings: readonly FormatReader[] = []): Detected {
  const { container } = shape;
  if (container === 'feed') return { format: 'rss', container, confidence: 0.9, because: '内容是 XML 或 JSON Feed' };
  let best: Detected | undefined;
  for (const reader of [...mappings, ...READERS]) {
    const found = reader.recognise(shape);
    if (found !== undefined && found.confidence > (best?.confidence ?? 0)) {
      best = { format: reader.format, container, ...found };
    }
  }
  return best ?? { format: 'csv', container, confidence: 0, because: '没有认出任何格式的列名' };
}

/** 认作 MediaCrawler 导出（把握 95%）：有…… */
export const sayDetected = ({ format, confidence, because }: Detected): string =>
  `认作 ${FORMAT_NAMES[format]}（${format}，把握 ${Math.round(confidence * 100)}%）：${because}`;

export const readerNamed = (format: Format, mappings: readonly FormatReader[] = []): FormatReader | undefined =>
  [...mappings, ...READERS].find((reader) => reader.format === format);
