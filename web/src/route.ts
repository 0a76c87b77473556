/** What the address names: the wall alone, one incident over it, or the list of all. The address is the only state. */
export type Route =
  { readonly name: 'wall' } | { readonly name: 'all' } | { readonly name: 'incident'; readonly id: string };

const INCIDENT = /^#\/incident\/(.+)$/u;

export function parseRoute(hash: string): Route {
  if (hash === '#/incidents') return { name: 'all' };
  const id = INCIDENT.exec(hash)?.[1];
  if (id === undefined) return { name: 'wall' };
  try {
    return { name: 'incident', id: decodeURIComponent(id) };
  } catch (cause) {
    // A percent sign that stands for nothing: the address names no incident of ours.
    if (cause instanceof URIError) return { name: 'incident', id };
    throw cause;
  }
}
