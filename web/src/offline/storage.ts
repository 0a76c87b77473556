const PREFIX = 'wenbida-desk-';

/** What the desk keeps on this device, each under a key of its own; a device that keeps nothing (full, or forbidden) is no fault of the page. */
export function readKey<T>(key: string): T | undefined {
  try {
    const text = localStorage.getItem(PREFIX + key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof DOMException) return undefined;
    throw cause;
  }
}

/** Answers whether it was kept. */
export function writeKey(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
    return true;
  } catch (cause) {
    if (cause instanceof DOMException) return false;
    throw cause;
  }
}

export function dropKey(key: string): void {
  localStorage.removeItem(PREFIX + key);
}

export const keysOf = (start: string): readonly string[] =>
  Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? '')
    .filter((key) => key.startsWith(PREFIX + start))
    .map((key) => key.slice(PREFIX.length));

/** Another page of this browser has changed it. Returns its own undo. */
export function onOtherPage(key: string, changed: () => void): () => void {
  const listen = (event: StorageEvent): void => {
    if (event.key === PREFIX + key || event.key === null) changed();
  };
  addEventListener('storage', listen);
  return () => removeEventListener('storage', listen);
}
