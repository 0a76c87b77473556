/** Waited for: the desk's own pages, and what it has loaded already. Only where the browser allows it: https, or this machine. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./shell-worker.js', { scope: './desk' });
    const { active } = await navigator.serviceWorker.ready;
    // The slices of the font that this desk needs are known only now.
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    active?.postMessage({ keep: loaded.filter((name) => name.includes('/assets/')) });
  } catch (cause) {
    // A browser that forbids it still shows the desk; it only needs a connection to open it.
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause;
  }
}

/** Browsers that do not heed clear-site-data are told again. */
export async function forgetShell(): Promise<void> {
  localStorage.clear();
  if (!('serviceWorker' in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}
