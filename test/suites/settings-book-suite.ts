import { expect, test } from 'vitest';
import type { SettingDraft } from '../../pipelines/domain/settings.ts';
import type { SettingsBook } from '../../pipelines/ports/settings-book.ts';

const draft = (given: Partial<SettingDraft> = {}): SettingDraft => ({
  ...{ kind: 'places', at: 1_000, by: '安岚', why: '新区命名', body: '410311 科创谷\n', restores: null },
  ...given,
});

/** What every book of settings does. @param open on the same place each time, so that it can be closed and opened again */
export function settingsBookSuite(open: () => SettingsBook): void {
  test('keeps versions, newest first, over a restart', () => {
    const book = open();
    expect(book.newest('places')).toBeUndefined();
    book.keep(0, [draft({ by: '文件', body: null }), draft()]);
    book.keep(2, [draft({ body: null, restores: 1 })]);
    book.close();
    const again = open();
    expect(again.list('places', 10).map(({ n, body, restores }) => [n, body, restores])).toEqual([
      [3, null, 1],
      [2, '410311 科创谷\n', null],
      [1, null, null],
    ]);
    expect(again.get(2)).toEqual({ ...draft(), n: 2 });
    again.close();
  });

  test('of two people at once one wins and the other is shown what stands', () => {
    const book = open();
    book.keep(0, [draft()]);
    expect(book.keep(0, [draft({ why: '晚了一步' })])).toEqual({ meanwhile: { ...draft(), n: 1 } });
    expect(book.list('places', 10)).toHaveLength(1);
    book.close();
  });

  test('kinds do not stand in each other’s way', () => {
    const book = open();
    book.keep(0, [draft()]);
    expect(book.keep(0, [draft({ kind: 'retention', body: '60' })])).toHaveProperty('kept');
    expect(book.newest('retention')?.body).toBe('60');
    expect(book.newest('taxonomy')).toBeUndefined();
    book.close();
  });
}
