import type { Page } from 'playwright-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PostRow } from '../../server/contract/http.ts';
import { describeLane } from '../lane.ts';
import { browserPages } from './browser-pages.ts';
import { builtWeb } from './built-web.ts';
import { missingChromium } from './chromium.ts';
import { FixtureServer } from './fixture-server.ts';
import { aFile, ago, aPost, dam, elder } from './invented-city.ts';
import { axeFaults } from './page-faults.ts';
import { readLayout } from './read-layout.ts';

const RUMOR = '听说锦川水库今晚泄洪，沿河的都要连夜转移，速转给家里人。';
const refutation = {
  id: 'r1',
  claim: '锦川水库今晚泄洪',
  verdict: '没有泄洪安排，水位正常。',
  source: '宜阳县水利局',
  url: 'https://example.org/r1',
  publishedAt: ago(20),
};
const suggested: NonNullable<PostRow['refutations']>[number] = {
  kind: 'suggested',
  ...refutation,
  score: 0.82,
  because: ['都提到锦川、泄洪'],
};
const flood = (seed: Partial<PostRow> = {}): PostRow =>
  aPost({ id: 'dam-p0', text: RUMOR, copies: 97, needsCheck: true, rumor: 0.81, lifeAtRisk: false, ...seed });

describeLane('a judgement corrected in a browser', missingChromium(), () => {
  const web = builtWeb();
  const pages = browserPages();
  let server: FixtureServer;
  let page: Page;

  beforeEach(async () => {
    server = await FixtureServer.start(web.dir);
    page = await pages.open();
  });
  afterEach(async () => {
    await pages.close();
    await server.stop();
  });

  const openFile = async (id: string) => {
    await page.goto(`${server.url}/#/incident/${id}`);
    const dialog = page.getByRole('dialog');
    await dialog
      .getByRole('button', { name: /^核对这一帖/u })
      .first()
      .waitFor();
    return dialog;
  };

  test('by keyboard alone: a rumor is confirmed with its source, kept, and shown as 已核', async () => {
    server.files.set('dam', aFile(dam, [flood()]));
    server.onReview = () => {
      const review: PostRow['review'] = {
        rumor: { finding: 'confirmed-rumor', source: '宜阳县水利局通报' },
        need: null,
        last: 1,
        at: ago(0),
        cases: 1,
      };
      server.files.set('dam', aFile(dam, [flood({ review })]));
      return { status: 201, answer: {} };
    };
    const dialog = await openFile('dam');
    await dialog.getByRole('button', { name: /^核对这一帖/u }).focus();
    await page.keyboard.press('Enter');
    const form = dialog.getByRole('form', { name: '核对判断' });
    await form.waitFor();
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('SELECT');
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('核对');
    await page.keyboard.press('Enter');
    await form.getByRole('combobox', { name: '传言' }).selectOption('confirmed-rumor');
    await page.keyboard.press('Tab');
    await page.keyboard.type('宜阳县水利局通报');
    await form.getByRole('combobox', { name: '诉求' }).selectOption('none');
    await form.getByRole('button', { name: '存为已核' }).focus();
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await dialog.getByText('已确认是谣言（来源：宜阳县水利局通报）').waitFor();
    await expect.poll(() => dialog.getByText('没有诉求').count()).toBe(1);
    expect(server.reviews).toEqual([
      {
        post: 'dam-p0',
        body: { need: null, rumor: { finding: 'confirmed-rumor', source: '宜阳县水利局通报' }, seen: 0 },
      },
    ]);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('核对');
  });

  test('nothing chosen, or a finding without a source, is said and not sent', async () => {
    server.files.set('dam', aFile(dam, [flood()]));
    const dialog = await openFile('dam');
    await dialog.getByRole('button', { name: /^核对这一帖/u }).click();
    const form = dialog.getByRole('form', { name: '核对判断' });
    await form.getByRole('button', { name: '存为已核' }).click();
    await form.getByRole('alert').getByText('还没有选任何一项').waitFor();
    await form.getByRole('combobox', { name: '传言' }).selectOption('confirmed-true');
    await form.getByRole('textbox', { name: '依据的来源' }).fill('  ');
    await form.getByRole('button', { name: '存为已核' }).click();
    await form.getByRole('alert').getByText('认定传言须写明来源').waitFor();
    expect(server.reviews).toEqual([]);
  });

  test('what was not kept is said: refused with the reason, or forestalled with what the other person found', async () => {
    server.files.set('dam', aFile(dam, [flood()]));
    server.onReview = () => ({ status: 503, answer: { error: { code: 'store_unavailable', message: '存储不在' } } });
    const dialog = await openFile('dam');
    await dialog.getByRole('button', { name: /^核对这一帖/u }).click();
    const form = dialog.getByRole('form', { name: '核对判断' });
    await form.getByRole('combobox', { name: '情绪' }).selectOption('fear');
    await form.getByRole('button', { name: '存为已核' }).click();
    await form.getByRole('alert').getByText('没有存下：存储不在').waitFor();
    server.onReview = () => {
      server.files.set('dam', aFile(dam, [flood({ review: { mood: 'angry', last: 4, at: ago(0), cases: 1 } })]));
      return { status: 409, answer: { error: { code: 'reviewed_meanwhile', message: 'x' } } };
    };
    await form.getByRole('button', { name: '存为已核' }).click();
    await form.getByRole('alert').getByText('刚有别人核过这一帖').waitFor();
    await dialog.getByText('情绪：怒').waitFor();
    server.onReview = () => ({ status: 201, answer: {} });
    await form.getByRole('button', { name: '存为已核' }).click();
    await form.waitFor({ state: 'detached' });
    expect(server.reviews.at(-1)?.body).toEqual({ mood: 'fear', seen: 4 });
  });

  test('a suggested refutation is a guess until a person confirms it, and looks and reads so', async () => {
    server.files.set('dam', aFile(dam, [flood({ refutations: [suggested] })]));
    server.onReview = () => {
      const confirmed = { kind: 'confirmed' as const, ...refutation, confirmedAt: ago(0), review: 1 };
      const review = { last: 1, at: ago(0), cases: 1 };
      server.files.set('dam', aFile(dam, [flood({ refutations: [confirmed], review })]));
      return { status: 201, answer: {} };
    };
    const dialog = await openFile('dam');
    const match = dialog.getByRole('list', { name: '辟谣匹配' }).getByRole('listitem');
    await expect.poll(() => match.getAttribute('data-kind')).toBe('suggested');
    expect(await match.innerText()).toContain('可能对应这条辟谣，待人确认');
    expect(await match.innerText()).toContain('相近0.82');
    const link = match.getByRole('link', { name: '原文' });
    expect([await link.getAttribute('href'), await link.getAttribute('rel')]).toEqual([
      'https://example.org/r1',
      'noopener noreferrer',
    ]);
    await match.getByRole('button', { name: '确认是这条' }).click();
    await match.getByText('已由人确认对应这条辟谣').waitFor();
    await expect.poll(() => match.getAttribute('data-kind')).toBe('confirmed');
    await expect.poll(() => match.getByRole('button').count()).toBe(0);
    expect(server.reviews).toEqual([
      { post: 'dam-p0', body: { refutations: [{ id: 'r1', finding: 'confirmed' }], seen: 0 } },
    ]);
  });

  test('beside every plea for a life stand the needs-check score and the copies, on the wall and in the file', async () => {
    const plea = aPost({ id: 'elder-p0', text: '石槐村老人走失，求助', need: '求助', rumor: 0.37, lifeAtRisk: true });
    const copied = aPost({ ...plea, id: 'elder-p1', copies: 8, rumor: 0.64 });
    server.files.set('elder', aFile(elder, [plea, copied]));
    await page.goto(server.url);
    const row = page.getByRole('region', { name: '求助待答', exact: true }).getByRole('link', { name: /老人/u });
    await row.waitFor();
    expect(await row.innerText()).toContain('需核实0.10，3份副本');
    const dialog = await openFile('elder');
    await expect.poll(() => dialog.getByText('需核实0.10，3份副本').count()).toBe(1);
    const posts = dialog.getByRole('listitem').filter({ hasText: '石槐村老人走失，求助' });
    expect(await posts.nth(0).innerText()).toMatch(/没有副本[\s\S]*需核实0\.37/u);
    expect(await posts.nth(1).innerText()).toMatch(/8份近似[\s\S]*需核实0\.64/u);
  });

  test('hostile claims, sources and comments are shown as text and run nothing', async () => {
    const payload = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
    const hostile = { ...suggested, claim: payload, verdict: payload, source: payload, because: [payload] };
    const review = {
      rumor: { finding: 'confirmed-true' as const, source: payload },
      comment: payload,
      last: 1,
      at: ago(0),
      cases: 2,
    };
    server.files.set('dam', aFile(dam, [flood({ refutations: [hostile], review })]));
    const dialog = await openFile('dam');
    await dialog.getByText(payload).first().waitFor();
    expect(await page.evaluate('window.pwned')).toBeUndefined();
    await expect.poll(() => page.locator('#app img, #app script').count()).toBe(0);
  });

  test('axe finds nothing on an open form beside a suggested match, nothing is cut off', async () => {
    const review = { mood: 'fear' as const, last: 1, at: ago(0), cases: 1 };
    server.files.set('dam', aFile(dam, [flood({ refutations: [suggested], review })]));
    const dialog = await openFile('dam');
    await dialog.getByRole('button', { name: /^核对这一帖/u }).click();
    await dialog.getByRole('combobox', { name: '传言' }).selectOption('confirmed-rumor');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await axeFaults(page)).toEqual([]);
    const { faults, least } = await readLayout(page);
    expect(faults).toEqual([]);
    expect(least).toBeGreaterThanOrEqual(20);
  });
});
