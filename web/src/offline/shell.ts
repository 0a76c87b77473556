/** The desk's own pages on this device, so that it opens without a connection. Only where the browser allows it: https, or this machine. */
export async function keepShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('./shell-worker.js', { scope: './desk' });
  } catch (cause) {
    // A browser that forbids it still shows the desk; it only needs a connection to open it.
    if (!(cause instanceof TypeError || cause instanceof DOMException)) throw cause;
  }
}

/** Browsers that do not heed clear-site-data are told again. */
export async function forgetShell(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
  localStorage.clear();
}
