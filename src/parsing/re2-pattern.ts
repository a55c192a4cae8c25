import { RE2JS } from 're2js';

/**
 * A pattern of an operator or a user as RE2, which takes time linear in the text. Throws Error saying what RE2 has not:
 * look-arounds and back-references.
 */
export function compileRe2(pattern: string, flags = 0): RE2JS {
  const lacking = lackingIn(pattern);
  if (lacking !== undefined) throw new Error(`pattern ${shorten(pattern)}: ${lacking} are not supported (RE2 syntax)`);
  try {
    return RE2JS.compile(pattern.replace(/\(\?<(?=[A-Za-z_])/g, '(?P<'), flags);
  } catch (error) {
    throw new Error(`pattern ${shorten(pattern)}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

function lackingIn(pattern: string): string | undefined {
  const plain = pattern.replace(/\\[^\d]|\[\^?\]?(?:\\.|[^\]])*\]/g, 'x');
  if (/\(\?(?:=|!|<=|<!)/.test(plain)) return 'look-arounds';
  if (/\\[1-9]|\\k</.test(plain) || /\\k<|\(\?P=/.test(pattern)) return 'back-references';
  if (/\(\?>|[*+?}]\+/.test(plain)) return 'atomic groups and possessive quantifiers';
  return undefined;
}

const shorten = (pattern: string): string => (pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern);
