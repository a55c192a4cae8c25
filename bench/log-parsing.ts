/** How many lines a second `createLogParser` takes apart on one core, with recognition on. */
import { createLogParser } from '#parsing/create-log-parser.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36';
const SAMPLES: Readonly<Record<string, (i: number) => string>> = {
  'combined access': (i) =>
    `10.0.${i % 200}.${i % 250} - - [10/Oct/2025:13:${String(i % 60).padStart(2, '0')}:36 +0000] "GET /shop/item/${i}?q=${i % 7} HTTP/1.1" ${i % 20 === 0 ? 404 : 200} ${100 + (i % 9_000)} "https://example.com/" "${AGENT}"`,
  'syslog RFC 3164': (i) =>
    `<34>Oct 11 22:14:${String(i % 60).padStart(2, '0')} host${i % 50} app[${i}]: job ${i} finished in ${i % 97} ms`,
  'syslog RFC 5424': (i) =>
    `<34>1 2025-10-11T22:14:15.${String(i % 1_000).padStart(3, '0')}Z host${i % 50} app ${i} ID47 - job ${i} finished`,
  JSON: (i) =>
    `{"time":"2025-10-11T22:14:15.003Z","level":"info","msg":"job finished","job":${i},"ms":${i % 97},"user":{"id":"u${i % 500}"}}`,
  'sshd in syslog': (i) =>
    `Oct 11 22:14:15 host1 sshd[${i}]: Failed password for root from 10.0.0.${i % 250} port ${1_024 + i} ssh2`,
};
const LINES = 200_000;

for (const [name, line] of Object.entries(SAMPLES)) {
  const texts = Array.from({ length: LINES }, (_, i) => line(i));
  const bytes = texts.map((text) => Buffer.from(text));
  for (const [kind, bodies] of [
    ['text', texts],
    ['bytes', bytes],
  ] as const) {
    const parser = createLogParser();
    const now = Date.now();
    let fields = 0;
    const pass = (): void => {
      for (const body of bodies) fields += parser.parse({ body, source: 'bench' }, now)?.attributes.length ?? 0;
    };
    pass();
    const start = performance.now();
    pass();
    const seconds = (performance.now() - start) / 1_000;
    console.log(
      `${name} (${kind}): ${Math.round(LINES / seconds).toLocaleString('en')} lines/s, ${fields / LINES / 4} fields a line`,
    );
  }
}
