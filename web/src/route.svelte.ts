import { parseRoute, type Route } from './route.ts';

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
