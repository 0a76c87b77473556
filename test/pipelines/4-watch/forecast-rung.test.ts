import { describe, expect, test } from 'vitest';
import { forecastRung, type SpreadSoFar } from '../../../pipelines/4-watch/forecast-rung.ts';
import { Detector } from '../../../pipelines/4-watch/detect.ts';
import { loadForecast } from '../../../server/adapters/models/load-forecast.ts';
import { aPost, codesAsNames, HOUR, MINUTE, MONDAY } from '../../seeds/posts.ts';

const model = loadForecast();
const fast: SpreadSoFar = { rung: 'town', posts: 12, lastHour: 10, hours: 1 };

describe('the forecast of the next rung', () => {
  test('names the rung, the hours, what is usual and how much it was judged on', () => {
    const found = forecastRung(fast, model)!;
    expect(found).toMatchObject({ to: 'county', within: 6, base: model.rungs.town!.base, n: model.rungs.town!.n });
    expect(found.probability).toBeGreaterThan(found.base);
  });

  test('is lower for what has been quiet for hours', () => {
    const quiet = forecastRung({ ...fast, lastHour: 0.1, hours: 12 }, model)!;
    expect(quiet.probability).toBeLessThan(forecastRung(fast, model)!.probability / 2);
  });

  test('is not made where it does no better than the base rate, or beyond what it was learnt on', () => {
    for (const [rung, { beatsBase, brier, baseBrier }] of Object.entries(model.rungs)) {
      const found = forecastRung({ ...fast, rung: rung as SpreadSoFar['rung'] }, model);
      expect(found !== undefined).toBe(beatsBase);
      if (beatsBase) expect(brier).toBeLessThan(baseBrier);
    }
    expect(forecastRung({ ...fast, rung: 'nation' }, model)).toBeUndefined();
    expect(forecastRung({ ...fast, posts: 2 }, model)).toBeUndefined();
    expect(forecastRung({ ...fast, hours: 49 }, model)).toBeUndefined();
  });

  test('stands on an open incident, and no longer once it has cooled', () => {
    const told = [0, 1, 2, 3, 4].map((at) =>
      aPost({
        words: `停水 水压 水管 旁人${at}`,
        at: '410325',
        need: '投诉',
        negative: true,
        time: MONDAY + at * 3 * MINUTE,
        author: { key: `a${at}`, kind: 'ordinary' },
      }),
    );
    const talk = Array.from({ length: 300 }, (_, at) =>
      aPost({ words: '早饭 豆腐汤', at: '410303', time: MONDAY - 5 * HOUR + at * MINUTE }),
    );
    const detector = new Detector({ names: codesAsNames, forecast: model });
    detector.watch(talk);
    const [open] = detector.watch(told).incidents;
    expect(open!.forecast).toMatchObject({ to: 'county', within: 6 });
    const [cooled] = detector.watch([aPost({ words: '早上 好', time: MONDAY + 60 * HOUR })]).incidents;
    expect(cooled).toMatchObject({ id: open!.id, state: 'cooled' });
    expect(cooled!.forecast).toBeUndefined();
  });
});
