import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './setup.mjs';

const FOLDER = join(root, 'tmp', 'quick-tests');
const BATCH_FILES = 40;
/** Hooks of a whole file would run for all files of a batch. */
const FILE_HOOK = /^(before|after)(Each)?\(/m;

/**
 * Quick test files, many to a process: half of the time of one is the start of its process. Gives the files to run instead,
 * each of which imports some of them; a file with hooks of its own stays alone.
 */
export function batched(files) {
  const isAlone = (file) => FILE_HOOK.test(readFileSync(join(root, file), 'utf8'));
  const together = files.filter((file) => !isAlone(file));
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const batches = [];
  for (let at = 0; at < together.length; at += BATCH_FILES) {
    const imports = together
      .slice(at, at + BATCH_FILES)
      .map((file) => `import '${pathToFileURL(join(root, file))}';\n`);
    const batch = join(FOLDER, `quick-${batches.length + 1}.test.mjs`);
    writeFileSync(batch, imports.join(''));
    batches.push(batch);
  }
  return [...batches, ...files.filter(isAlone)];
}
