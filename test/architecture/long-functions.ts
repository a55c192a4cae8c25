import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const Report = z.object({
  diagnostics: z.array(z.object({ message: z.string(), filename: z.string() })),
  number_of_files: z.number(),
});

/** Functions beyond the limits of `function-sizes.oxlintrc.json`, found by the linter's parser, and files it read. */
export function findLongFunctions(folders: readonly string[]): Promise<{ long: string[]; files: number }> {
  const args = ['-c', 'test/architecture/function-sizes.oxlintrc.json', '--format', 'json', ...folders];
  return new Promise((resolve, reject) => {
    execFile('node_modules/.bin/oxlint', args, { cwd: ROOT, maxBuffer: 2 ** 26 }, (error, stdout) => {
      const report = Report.safeParse(stdout === '' ? undefined : JSON.parse(stdout));
      if (!report.success) return reject(error ?? new Error(`oxlint answered: ${stdout.slice(0, 200)}`));
      const { diagnostics, number_of_files: files } = report.data;
      resolve({ long: diagnostics.map(({ filename, message }) => `${filename}: ${message}`), files });
    });
  });
}
