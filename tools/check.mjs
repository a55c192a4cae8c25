import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { install, node24, root, say } from './setup.mjs';

/** `npm run check`: every static check, side by side; prints what each of those that failed said. */
await install();
const bin = (name) => join(root, 'node_modules', '.bin', name);
const CHECKS = [
  ['types of the server', bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  ['types of the web UI', bin('tsc'), ['--noEmit', '-p', 'web/tsconfig.json']],
  ['lint (oxlint, type-aware)', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['format (Biome)', bin('biome'), ['check', '--linter-enabled=false']],
  ['unused code (knip)', node24, [join(root, 'node_modules', 'knip', 'bin', 'knip.js'), '--no-progress']],
  ['architecture', node24, ['--test', '--test-reporter=dot', 'test/architecture.test.ts']],
];

const results = await Promise.all(CHECKS.map(runCheck));
process.exit(results.every(Boolean) ? 0 : 1);

async function runCheck([name, command, args]) {
  const started = performance.now();
  const { code, output } = await capture(command, args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) process.stdout.write(`${output}\n`);
  return code === 0;
}

function capture(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
