/**
 * The desk opens without a connection: its pages, scripts and styles are kept here, one cache a version. Nothing that the server says of
 * anybody's incidents goes through this file: requests to the API are left to the browser. Signing out removes it all.
 */
const CACHE = `desk-shell-${'VERSION'}`;
const FILES = ['FILES'];
/** A page that is open keeps loading its own version's parts. */
const VERSIONS_KEPT = 2;
const PAGE = './desk';

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll([
        new Request(PAGE, { cache: 'reload' }),
        './icon.svg',
        './app.webmanifest',
        ...FILES.map((file) => `./${file}`),
      ]);
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      // In the order they were made.
      const versions = (await caches.keys()).filter((name) => name.startsWith('desk-shell-') && name !== CACHE);
      await Promise.all(
        versions.slice(0, Math.max(0, versions.length - VERSIONS_KEPT + 1)).map((name) => caches.delete(name)),
      );
      await self.clients.claim();
    })(),
  );
});

/** Files the page had before this worker was there, such as the slices of its font. */
self.addEventListener('message', ({ data }) => {
  if (Array.isArray(data?.keep)) for (const url of data.keep) void kept(new Request(url));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname.endsWith('/desk')) event.respondWith(page(request));
  } else if (pathname.includes('/assets/')) event.respondWith(kept(request));
});

/** What is kept at once, so that the desk is there before the line is; a new version comes with the next opening. */
async function page(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE)) ?? fetch(request);
}

/** The name of a file under assets/ is a hash of what is in it: it never changes. */
async function kept(request) {
  const found = await caches.match(request);
  if (found !== undefined) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}
