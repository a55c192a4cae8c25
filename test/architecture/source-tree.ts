import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A source file as text; `path` is relative to the checkout, with slashes. */
export type SourceFile = { readonly path: string; readonly text: string };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SKIPPED = new Set(['node_modules', 'dist', 'cases', '.git']);

/** Every `.ts` and `.tsx` file below these folders of the checkout. */
export function readTree(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => filesBelow(join(ROOT, folder))).map(readFile);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return /\.tsx?$/.test(entry.name) ? [path] : [];
    });
}

function readFile(path: string): SourceFile {
  return { path: relative(ROOT, path).split('\\').join('/'), text: readFileSync(path, 'utf8') };
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

/** What a file imports, as written. */
export function importsOf({ text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** The path in the checkout that an import leads to; undefined for packages and built-in modules. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('#web/')) return `web/src/${specifier.slice('#web/'.length)}`;
  if (/^#(test|tools)\//.test(specifier)) return specifier.slice(1);
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}`;
  if (specifier.startsWith('.')) return posix.normalize(posix.join(dirname(from), specifier));
  return undefined;
}
