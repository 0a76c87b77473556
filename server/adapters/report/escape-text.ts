const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What XML can't hold at all, and marks that turn the reading order around. */
// eslint-disable-next-line no-control-regex -- these are what is taken out
const NEVER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** Any text as text, in an element or in a quoted attribute. */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(NEVER, '')
    .replace(/[&<>"']/gu, (sign) => SIGNS[sign]!);

/** Text for formats that escape by themselves but choke on the same signs. */
export const printable = (text: string): string => text.toWellFormed().replace(NEVER, '');
