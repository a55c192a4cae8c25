import { RE2JS } from 're2js';
import { z } from 'zod';

/** An option that is a regular expression of RE2. */
export const patternOption = z.string().min(1).refine(isPattern, 'this is no regular expression of RE2');

function isPattern(text: string): boolean {
  try {
    RE2JS.compile(text);
    return true;
  } catch {
    return false;
  }
}
