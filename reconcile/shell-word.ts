/** Characters that no POSIX shell interprets. */
const PLAIN_WORD = /^[\w@%+=:,./][\w@%+=:,./-]*$/;

/** Writes a text so that a POSIX shell reads it as one word. */
export function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
