import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { AppError } from '#core/errors.ts';
import { defineInput, type InputPlugin, type ReaderFactory } from '#core/plugin/input.ts';
import type { ThreadData } from '#pipeline/protocol.ts';
import { runIngestThread } from '#pipeline/thread/ingest-thread.ts';
import { canonicalSpelling } from '#pipeline/thread/series-name.ts';
import { HISTOGRAM } from './records.ts';

/**
 * Records of every kind, one a line: `kind key`, all of them now but `old`. `crash` is a bug in a reader, `bad` a record that is
 * refused with a detail, `broken` a body that cannot be read on.
 */
const recordReader: ReaderFactory = (writer) => ({
  read: (bytes) => {
    writer.spelling = canonicalSpelling;
    writer.describe = (key) => `the series ${Buffer.from(key).toString()}`;
    for (const [i, line] of Buffer.from(bytes).toString().split('\n').filter(Boolean).entries()) {
      writer.position = i + 1;
      const [kind = '', key = ''] = line.split(' ');
      const name = Buffer.from(key);
      const t = writer.now();
      if (kind === 'sample') writer.sample(name, 0, name.length, t, 1);
      else if (kind === 'stale') writer.stale(name, 0, name.length, t);
      else if (kind === 'histogram') writer.histogram(name, 0, name.length, t, HISTOGRAM);
      else if (kind === 'exemplar') writer.exemplar(name, 0, name.length, { t, v: 1, labels: { trace_id: key } });
      else if (kind === 'metadata') writer.metadata({ metric: key, type: 'counter', unit: '', help: 'Help.' });
      else if (kind === 'log') writer.log({ body: name, service: 'svc', attributes: ['k', key] });
      else if (kind === 'old') writer.sample(name, 0, name.length, 0, 1);
      else if (kind === 'bad') writer.reject('bad_line', `no record: ${key}`);
      else if (kind === 'broken') throw new AppError('bad_request', 'the body breaks off');
      else throw new Error('a bug in a reader');
    }
    return true;
  },
  end: () => {},
});

const records = defineInput({
  title: 'Records',
  summary: 'Records of every kind, for tests.',
  config: z.object({ listen: z.string().default('127.0.0.1:0') }),
  formats: { records: recordReader },
  start: ({ listen }, context) => context.listenTcp(listen, recordReader),
});

const data = workerData as ThreadData;
const plugins = new Map<string, InputPlugin>(Object.keys(data.inputs).map((id) => [id, records]));
if (parentPort !== null) await runIngestThread(plugins, parentPort, data);
