import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * A process that appends numbered lines to a file, opening it anew for every few of them as `logrotate create` expects,
 * or holding it open as `copytruncate` does.
 */
const PROGRAM = `
const fs = require('node:fs');
const [path, mode] = process.argv.slice(1);
let fd = fs.openSync(path, 'a');
let n = 0;
let isEnding = false;
process.stdin.on('data', () => { isEnding = true; }).resume();
const step = () => {
  if (mode === 'reopen') { fs.closeSync(fd); fd = fs.openSync(path, 'a'); }
  let text = '';
  const count = isEnding ? 1 : 40;
  for (let i = 0; i < count; i++) text += 'line ' + (++n) + ' ' + 'x'.repeat(n % 97) + '\\n';
  // One write a line: it is there whole or not at all.
  for (const line of text.split(/(?<=\\n)/)) fs.writeSync(fd, line);
  if (isEnding) { process.stdout.write(String(n)); process.exit(0); }
  setTimeout(step, 10);
};
step();
`;

/** A writer under way. */
export class LineWriter {
  readonly #child: ChildProcess;

  constructor(path: string, mode: 'reopen' | 'hold') {
    this.#child = spawn(process.execPath, ['-e', PROGRAM, path, mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  }

  /** Ends it; resolves with the number of its last line. */
  async stop(): Promise<number> {
    let said = '';
    this.#child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
    const closed = once(this.#child, 'close');
    this.#child.stdin?.write('end\n');
    await closed;
    return Number(said);
  }
}
