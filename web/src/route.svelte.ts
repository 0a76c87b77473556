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

export class Router {
  route = $state.raw<Route>(parseRoute(location.hash));

  follow(): () => void {
    const read = (): void => {
      this.route = parseRoute(location.hash);
    };
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }

  /** Back to the wall, without leaving an entry that "back" would reopen. */
  toWall(): void {
    history.replaceState(history.state, '', `${location.pathname}${location.search}#/`);
    this.route = { name: 'wall' };
  }
}
