import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { findLongFunctions } from './architecture/long-functions.ts';
import { importsOf, readTree, resolveImport, type SourceFile } from './architecture/source-tree.ts';

const MAX_FILE_LINES = 300;
const MAX_COMPONENT_FILE_LINES = 150;

/** What each room may import, beside itself (design: "The rooms"). */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  io: ['core'],
  parsing: ['core'],
  storage: ['core', 'io'],
  pipeline: ['core', 'io', 'parsing', 'storage'],
  query: ['core', 'io', 'storage'],
  work: ['core', 'io'],
  features: ['core', 'io', 'parsing', 'storage', 'query'],
  plugins: ['core', 'io', 'parsing'],
  api: ['core', 'io', 'storage', 'query', 'features', 'pipeline'],
  server: ['core', 'io', 'parsing', 'storage', 'pipeline', 'query', 'work', 'features', 'plugins', 'api'],
  cli: ['core', 'io', 'storage', 'features', 'server'],
};

const FOLDERS = ['src', 'web', 'test', 'tools', 'bench'];
const tree = readTree(FOLDERS);
const isTest = ({ path }: SourceFile): boolean => path.endsWith('.test.ts');
const roomOf = (path: string): string => (path.startsWith('src/') ? (path.split('/')[1] ?? '') : '');
const links = (file: SourceFile): string[] =>
  importsOf(file).flatMap((specifier) => resolveImport(file.path, specifier) ?? []);

test('the tree is seen: every room has files, and their imports are read', () => {
  assert.deepEqual(new Set(tree.map(({ path }) => roomOf(path)).filter(Boolean)), new Set(Object.keys(MAY_IMPORT)));
  assert.ok(tree.length > 300, `only ${tree.length} files`);
  assert.ok(tree.flatMap(links).length > 600, 'hardly any imports were found');
});

test('every import inside the project leads to a file', () => {
  const known = new Set(tree.map(({ path }) => path));
  const isCode = (target: string): boolean => /\.tsx?$/.test(target);
  const broken = tree.flatMap((file) =>
    links(file)
      .filter((target) => isCode(target) && !known.has(target))
      .map((target) => `${file.path} → ${target}`),
  );
  assert.deepEqual(broken, []);
});

test('rooms import only what lies below them', () => {
  const wrong = tree.flatMap((file) => {
    const room = roomOf(file.path);
    if (room === '' || isTest(file)) return [];
    return links(file)
      .filter((target) => roomOf(target) !== room && !MAY_IMPORT[room]?.includes(roomOf(target)))
      .map((target) => `${file.path} → ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('the web UI imports nothing of the server but core', () => {
  const wrong = tree
    .filter((file) => file.path.startsWith('web/src/') && !isTest(file))
    .flatMap((file) =>
      links(file)
        .filter((target) => !/^(web\/src|src\/core)\//.test(target))
        .map((t) => `${file.path} → ${t}`),
    );
  assert.deepEqual(wrong, []);
});

test('features and plugins never import each other', () => {
  const folderOf = (path: string): string | undefined =>
    /^src\/features\/[^/]+|^src\/plugins\/[^/]+\/[^/]+/.exec(path)?.[0];
  const wrong = tree.flatMap((file) => {
    const own = folderOf(file.path);
    if (own === undefined) return [];
    return links(file)
      .filter((target) => folderOf(target) !== undefined && folderOf(target) !== own)
      .map((target) => `${file.path} → ${target}`);
  });
  assert.deepEqual(wrong, []);
});

test('imports of another folder have a name, not a way up', () => {
  const wrong = tree.flatMap((file) =>
    importsOf(file)
      .filter((from) => from.startsWith('../..'))
      .map((from) => `${file.path}: ${from}`),
  );
  assert.deepEqual(wrong, []);
});

test('there are no import cycles', () => {
  const graph = new Map(tree.map((file) => [file.path, links(file)]));
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    if (trail.includes(path)) return [[...trail.slice(trail.indexOf(path)), path].join(' → ')];
    if (done.has(path)) return [];
    const found = (graph.get(path) ?? []).flatMap((next) => visit(next, [...trail, path]));
    done.add(path);
    return found;
  };
  assert.deepEqual(
    [...graph.keys()].flatMap((path) => visit(path, [])),
    [],
  );
});

test('files are short', () => {
  const lengthOf = ({ text }: SourceFile): number => text.split('\n').length - 1;
  const limitOf = ({ path }: SourceFile): number => (path.endsWith('.tsx') ? MAX_COMPONENT_FILE_LINES : MAX_FILE_LINES);
  const long = tree
    .filter((file) => lengthOf(file) > limitOf(file))
    .map((file) => `${file.path}: ${lengthOf(file)} lines`);
  assert.deepEqual(long, []);
});

test('functions are short: 40 lines, components 150', async () => {
  const { long, files } = await findLongFunctions(FOLDERS);
  assert.ok(files > 300, `the linter read only ${files} files`);
  assert.deepEqual(long, []);
});

test('a plugin id stands only in the folder of its plugin', () => {
  const kinds = ['collectors', 'inputs'];
  const ids = kinds.flatMap((kind) => readdirSync(new URL(`../src/plugins/${kind}/`, import.meta.url)));
  assert.ok(ids.length >= 3, 'hardly any plugins were found');
  // `host` is a standard label as well; ids of several words cannot be anything else.
  const telling = ids.filter((id) => id.includes('-'));
  const allowed = /^src\/(plugins|server\/config)\/|^web\/|^test\/|^bench\/|^tools\//;
  const wrong = tree
    .filter((file) => !allowed.test(file.path) && !isTest(file))
    .flatMap((file) => telling.filter((id) => file.text.includes(`'${id}'`)).map((id) => `${file.path}: ${id}`));
  assert.deepEqual(wrong, []);
});

test('names say what a file holds', () => {
  const vague = /(^|\/)(utils?|helpers?|common|misc|types|shared)(\.tsx?|\/)/;
  const shape = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|real\.test|config|d))?\.tsx?$/;
  const wrong = tree
    .map(({ path }) => path)
    .filter((path) => vague.test(path) || !shape.test(path.split('/').at(-1) ?? ''));
  assert.deepEqual(wrong, []);
});
