import { CollectError } from './collect-error.ts';
import type { CollectionProblem } from './collector.ts';

/**
 * Collects one part of several. What the target refuses of it (a right that is missing, a view that its release does not
 * have) is a problem of that part, and the others go on. Throws all else.
 */
export async function attemptPart(
  part: string,
  problems: CollectionProblem[],
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof CollectError) || error.kind !== 'answer') throw error;
    problems.push({ part, message: error.message });
  }
}
