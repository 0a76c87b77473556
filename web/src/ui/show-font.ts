/**
 * On a phone the font of the device does for the first moments: each slice of ours that comes draws the page anew, and on a slow CPU that
 * is longer than all the rest. Elsewhere it is there from the start.
 */
export const isPhone = (): boolean => matchMedia('(max-width: 860px)').matches;

/** Answers the family's name once its slices are known; each is fetched when a character of it is shown. */
export const showFont = async (): Promise<string> => (await import('./letterforms.ts')).FAMILY;
