#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWeb, install, node24, nodeEnv, root } from './setup.mjs';

/** The `nocmate` command: sets up what is missing, then becomes the program, on the Node that comes with it. */
const args = process.argv.slice(2);
await install();
if (args[0] === 'up') await buildWeb();

// A small young generation: what lives here is long-lived, and idle memory counts. The program collects once after its start.
const program = ['--max-semi-space-size=4', '--expose-gc', join(root, 'src', 'cli', 'main.ts'), ...args];
const env = {
  ...nodeEnv,
  // npm ends at a signal without passing it on: the program stops when npm is gone.
  ...(process.env['npm_command'] === undefined ? {} : { NOCMATE_FOLLOW_PID: String(npmPid()) }),
};
if (process.execve === undefined) runBelow();
else process.execve(node24, [node24, ...program], env);

/** Node before 23.11 cannot become another program: it stays above it and passes signals and the exit code on. */
function runBelow() {
  // The channel tells the program when this process is gone, however it went: then it drains and stops too.
  const child = spawn(node24, program, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
}

/** The parent, or its parent when npm put a shell between. */
function npmPid() {
  try {
    const [name, ppid] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, 'utf8')).slice(1);
    return /^(sh|dash|bash)$/.test(name) ? Number(ppid) : process.ppid;
  } catch {
    return process.ppid;
  }
}
