/** What every request says of who asks, beside the cookie that the browser keeps. */
const DISPLAY = 'wenbida-display';
const AWAKE_MS = 60_000;

let lastTouch = performance.now();
for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
  addEventListener(kind, () => (lastTouch = performance.now()), { passive: true, capture: true });

/** The token of a wall screen comes once in the address and is kept by the screen; the address forgets it. */
export function keepDisplayToken(): void {
  const token = /^#display=([\w-]{1,128})$/u.exec(location.hash)?.[1];
  if (token === undefined) return;
  localStorage.setItem(DISPLAY, token);
  history.replaceState(history.state, '', `${location.pathname}${location.search}`);
}

export const displayToken = (): string | undefined => localStorage.getItem(DISPLAY) ?? undefined;

/** A page that asks by itself keeps nobody signed in: only somebody who touches it does. */
export function askerHeaders(): Record<string, string> {
  const display = displayToken();
  return {
    ...(performance.now() - lastTouch > AWAKE_MS ? { 'x-wenbida-background': '1' } : {}),
    ...(display === undefined ? {} : { 'x-wenbida-display': display }),
  };
}

/** To the page 登录, and back here afterwards. A page that is there already stays. */
export function toSignIn(): void {
  const here = location.pathname.split('/').at(-1) ?? '';
  if (here === 'sign-in') return;
  location.assign(`./sign-in?next=${encodeURIComponent(`${here}${location.search}${location.hash}`)}`);
}
