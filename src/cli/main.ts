import { AppError } from '#core/errors.ts';
import { readVersion } from '#server/version.ts';
import { type CommandLine, parseCommandLine } from './arguments.ts';
import { configCommand } from './config-command.ts';
import { doctorCommand } from './doctor-command.ts';
import { helpText } from './help.ts';
import { importCommand } from './import-command.ts';
import { secretCommand } from './secret-command.ts';
import { tokenCommand } from './token-command.ts';
import { upCommand } from './up-command.ts';

const USAGE_EXIT = 2;

/** Runs the command and resolves with the exit code. */
async function run(line: CommandLine): Promise<number> {
  if (line.switches.has('version') || line.command === 'version') return print(readVersion());
  if (line.switches.has('help') || line.command === 'help' || line.command === '') return print(helpText());
  if (line.command === 'up') return upCommand(line);
  if (line.command === 'config') return configCommand(line);
  if (line.command === 'doctor') return doctorCommand(line);
  if (line.command === 'token') return tokenCommand(line);
  if (line.command === 'secret') return secretCommand(line);
  if (line.command === 'import') return importCommand(line);
  throw new AppError('bad_request', `there is no command "${line.command}"; nocmate --help lists them`);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

/** One clear sentence for what the operator can mend, everything for what only a developer can. */
function complain(error: unknown): number {
  const isFault = !(error instanceof AppError) || error.code === 'internal';
  process.stderr.write(`nocmate: ${isFault && error instanceof Error ? error.stack : (error as Error).message}\n`);
  return error instanceof AppError && error.code === 'bad_request' ? USAGE_EXIT : 1;
}

try {
  process.exitCode = await run(parseCommandLine(process.argv.slice(2)));
} catch (error) {
  process.exitCode = complain(error);
}
// The channel to the launcher would keep this process alive.
if (process.connected) process.disconnect();
