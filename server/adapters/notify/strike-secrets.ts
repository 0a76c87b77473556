const SHORTEST = 4;
const LONGEST_ANSWER = 2_000;

/** What a receiver answered, as it may be shown: without the secrets it was asked with, whichever way they were written, and not too long. */
export function strikeSecrets(text: string, secrets: readonly string[]): string {
  let shown = text.toWellFormed().slice(0, LONGEST_ANSWER);
  for (const secret of secrets.flatMap((one) => [one, encodeURIComponent(one), Buffer.from(one).toString('base64')]))
    if (secret.length >= SHORTEST) shown = shown.replaceAll(secret, '…');
  return shown;
}

/** The parts of an address that are secrets: every value of its query, and the last part of its path. */
export function secretsOf(url: URL): readonly string[] {
  const last = url.pathname.split('/').at(-1) ?? '';
  return [`${url.pathname}${url.search}`, url.search, ...url.searchParams.values(), last].filter(
    (part) => part.length >= SHORTEST && part !== 'send',
  );
}
