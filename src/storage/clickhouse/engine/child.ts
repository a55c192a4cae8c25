import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { messageOf } from '#core/errors.ts';
import { Engine } from './engine.ts';
import type { EngineOptions } from './engine-config.ts';
import { claimDirectory, libraryVersion } from './engine-version.ts';
import { createEngineServer } from './http-server.ts';
import { InsertBodies } from './insert-body.ts';
import { explainOpenFailure } from './lock-owner.ts';
import type { ChildMessage, ParentMessage } from './messages.ts';

/** Longer than any insert takes; then the process ends as after a crash, which costs nothing that was acknowledged. */
const STOP_LIMIT_MS = 7000;

/** The process that holds the engine. It lives exactly as long as the parent wants, and not longer than the parent. */
function main(): void {
  let opened: { engine: Engine; server: Server } | undefined;
  // Ctrl-C reaches the whole process group: the parent decides when the engine ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  process.on('disconnect', endAtOnce);
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`, endAtOnce);
  });
  process.on('message', (message: ParentMessage) => {
    if (message.kind === 'stop') return void stop(opened);
    open(message.engine, message.password).then(
      (parts) => {
        opened = parts;
        const { port } = parts.server.address() as AddressInfo;
        tell({ kind: 'ready', port, version: parts.version });
      },
      (error: unknown) => void reportFailure(message.engine, error),
    );
  });
}

async function open(options: EngineOptions, password: string) {
  await claimDirectory(options.directory, libraryVersion());
  const engine = await Engine.open(options);
  const version = await engine.version();
  const bodies = new InsertBodies(join(options.directory, 'insert-bodies'));
  await bodies.open();
  const server = createEngineServer({ engine, bodies, password });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return { engine, server, version };
}

async function reportFailure(options: EngineOptions, error: unknown): Promise<void> {
  const { reason, message } = await explainOpenFailure(options.directory, messageOf(error));
  process.send?.({ kind: 'failed', reason, message } satisfies ChildMessage, endAtOnce);
}

async function stop(opened: { engine: Engine; server: Server } | undefined): Promise<void> {
  setTimeout(endAtOnce, STOP_LIMIT_MS).unref();
  opened?.server.close();
  await opened?.engine.close();
  process.exit(0);
}

function tell(message: ChildMessage): void {
  process.send?.(message);
}

/** `process.exit` would wait for running queries. */
function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}

main();
