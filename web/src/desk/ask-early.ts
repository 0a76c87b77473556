import { askerHeaders } from '../live/asker.ts';
import { parseRoute } from '../route.ts';

/**
 * What a link to an incident will ask for goes out with the first script, before the desk's own is there. Each answer is taken once, by
 * whoever asks the same.
 */
const asked = new Map<string, Promise<Response>>();

/** Of how many ms an early answer is still news. */
const FRESH_MS = 10_000;

export function askEarly(): void {
  const route = parseRoute(location.hash);
  if (!location.pathname.endsWith('/desk') || route.name !== 'incident') return;
  const incident = `incidents/${encodeURIComponent(route.id)}`;
  for (const path of [`${incident}/acts`, incident]) {
    const answer = fetch(`api/v1/${path}`, {
      headers: { accept: 'application/json', ...askerHeaders() },
      cache: 'no-store',
      signal: AbortSignal.timeout(FRESH_MS * 2),
    });
    // Whoever takes it hears of its failure; where nobody does, nobody minds.
    answer.catch(() => undefined);
    asked.set(path, answer);
    setTimeout(() => asked.delete(path), FRESH_MS);
  }
}

/** The answer that is on its way already; undefined where none is. */
export function takeEarly(path: string): Promise<Response> | undefined {
  const answer = asked.get(path);
  asked.delete(path);
  return answer;
}
