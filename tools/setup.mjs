import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. These files run on any Node ≥ 20, before anything is installed: plain JavaScript, no dependencies. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Node 24, which comes with the project as the npm package `node`. */
export const node24 = join(root, 'node_modules', '.bin', 'node');

/**
 * What Node 24 runs in. TypeScript is stripped and compiled once, not at every start of a process: half the time, and
 * 30 MB less.
 */
export const nodeEnv = {
  ...process.env,
  UV_THREADPOOL_SIZE: process.env.UV_THREADPOOL_SIZE ?? '8',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, 'node_modules', '.cache', 'nocmate'),
};

const INSTALL_MARK = join(root, 'node_modules', '.nocmate-installed');
const BUILD_MARK = join(root, 'web', 'dist', '.nocmate-built');

/** Says what is being done; on standard error, so that the output of commands stays clean. */
export function say(text) {
  process.stderr.write(`nocmate: ${text}\n`);
}

/** Runs a program in the checkout and resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}

/** Ends this process with a sentence when a step did not succeed. */
export function must(code, text) {
  if (code === 0) return;
  say(text);
  process.exit(code);
}

/** Installs the dependencies when the lock file asks for others than are there. */
export async function install() {
  const wanted = hash([join(root, 'package-lock.json')]);
  if (existsSync(node24) && read(INSTALL_MARK) === wanted) return;
  say('installing the dependencies (first run: about a minute) …');
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  must(await run('npm', ['ci', ...flags]), 'npm ci failed; its message is above');
  writeFileSync(INSTALL_MARK, wanted);
}

/** Builds the web UI when its sources are newer than the build. */
export async function buildWeb() {
  const wanted = hash([...filesBelow(join(root, 'web')), ...filesBelow(join(root, 'src', 'core'))]);
  if (read(BUILD_MARK) === wanted) return;
  say('building the web UI …');
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'];
  must(await run(node24, args), 'the web UI does not build; the message is above');
  writeFileSync(BUILD_MARK, wanted);
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(file.slice(root.length)).update(readFileSync(file));
  return sum.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(folder)
    .filter((name) => name !== 'dist' && !name.includes('.test.'))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory() ? filesBelow(path) : [path];
    });
}
