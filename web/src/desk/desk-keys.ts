export interface DeskKeys {
  readonly go: (step: number) => void;
  readonly open: (act: string) => void;
  readonly undo: () => void;
  readonly close: () => void;
  readonly help: () => void;
}

const ACTS: Readonly<Record<string, string>> = { a: 'acknowledged', h: 'assigned', r: 'answered', c: 'commented' };

/** Single keys, never while somebody types, never with a modifier. */
export const deskKeys =
  (keys: DeskKeys) =>
  (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') return keys.close();
    if (event.target instanceof Element && event.target.closest('input, textarea, select') !== null) return;
    const act = ACTS[event.key];
    if (event.key === 'j') keys.go(1);
    else if (event.key === 'k') keys.go(-1);
    else if (event.key === 'u') keys.undo();
    else if (event.key === '?') keys.help();
    else if (act !== undefined) keys.open(act);
    else return;
    event.preventDefault();
  };
