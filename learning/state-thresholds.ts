import { shareOf } from '../pipelines/2-understand/measure-scores.ts';
import type { StatedThreshold, StatedThresholds } from '../server/adapters/models/stated-thresholds.ts';
import { fitAtZero } from './fit-at-zero.ts';
import { readRumors, type RumorRow } from './data-sets.ts';
import type { Parts } from './train-replies.ts';
import { claimShare, gatedLogit, rumorLogit } from './train-rumor.ts';

const LEARNT_SHARE = 0.7;
const RELEASED = 0.5;

/**
 * What the released needs-check threshold keeps, on CED: learnt on the first 70 % of time, judged on the last 30 %, at 0 h and
 * through the gate. Once with what is known of the source and once without.
 */
export function stateThresholds(data: string, parts: Parts): StatedThresholds['thresholds'] {
  const rows = readRumors(data);
  const cut = Math.floor(rows.length * LEARNT_SHARE);
  const [train, test] = [rows.slice(0, cut), rows.slice(cut)];
  const { extract, cues, vocabulary, rumor, claim } = fitAtZero(data, train, parts);
  const stated = (asked: readonly RumorRow[]): StatedThreshold => {
    const called = asked.map((row) => {
      const features = extract.of(row.text);
      const own = claimShare(row, features, vocabulary, claim, cues);
      return gatedLogit(rumorLogit(row, features, vocabulary, rumor, cues), own) >= 0;
    });
    const hits = called.filter((each, at) => each && asked[at]?.label === 1).length;
    const precision = shareOf(hits, called.filter(Boolean).length);
    const recall = shareOf(hits, asked.filter((row) => row.label === 1).length);
    return { threshold: RELEASED, precision, recall };
  };
  return {
    'rumor.known': stated(test),
    'rumor.unknown': stated(test.map((row) => ({ ...row, author_verified: null, author_followers_log10: null }))),
  };
}
