import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { defineCollector } from '#core/plugin/collector.ts';
import { systemClock } from '#io/clock.ts';
import { createLogger } from '#io/log.ts';
import { followTargetFiles } from './target-files.ts';

const plugins = new Map([
  [
    'r',
    defineCollector({
      ...{ title: 'R', summary: 'Test.', group: 'Tests', config: z.strictObject({ host: z.string() }), metrics: {} },
      ...{ defaultIntervalMs: 10_000, automatic: [], target: ({ host }: { host: string }) => host },
      start: () => ({ collect: async () => ({ values: [] }) }),
    }),
  ],
]);

/** The targets that were published, each time they are others. */
class Published {
  #last: string | undefined;
  #wake: () => void = () => undefined;
  readonly publish = (planned: readonly { readonly target: string }[]): void => {
    this.#last = planned.map(({ target }) => target).join(' ');
    this.#wake();
  };

  async until(text: string): Promise<void> {
    while (this.#last !== text) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

test('targets follow their files: YAML and JSON, changes, a bad file keeps what it had', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'nocmate-targets-'));
  t.after(() => rm(folder, { recursive: true }));
  const write = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder, `.${name}`), text);
    await rename(join(folder, `.${name}`), join(folder, name));
  };
  await write('a.yaml', 'r:\n  - host: one\n    interval: 1m\n    labels: { env: prod }\n');
  await write('b.json', JSON.stringify({ r: [{ host: 'two' }, { host: 'off', enabled: false }] }));
  const published = new Published();
  const stop = new AbortController();
  const patterns = [join(folder, '*.yaml'), join(folder, '*.json')];
  const { publish } = published;
  const following = followTargetFiles(
    { patterns, plugins, publish, clock: systemClock, logger: createLogger({ level: 'silent' }) },
    stop.signal,
  );
  await published.until('one two');
  await write('a.yaml', 'r: [{ host: one }, { host: three }]\n');
  await published.until('one three two');
  await write('a.yaml', 'r: [{ hosts: one }]\n');
  await write('b.json', '{}');
  await published.until('one three');
  await rm(join(folder, 'a.yaml'));
  await published.until('');
  stop.abort();
  await following;
});
