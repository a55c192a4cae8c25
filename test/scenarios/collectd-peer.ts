import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const COLLECTD = '/usr/sbin/collectd';

/** Why collectd cannot run here, or false. */
export const noCollectd: string | false = existsSync(COLLECTD)
  ? false
  : 'collectd is not installed (Debian: collectd-core)';

const READERS = ['cpu', 'load', 'memory', 'interface', 'df', 'uptime'];

/** What collectd itself says it has read: one row of one of its CSV files. */
export type Reading = {
  readonly plugin: string;
  readonly pluginInstance: string;
  readonly type: string;
  readonly typeInstance: string;
  /** Milliseconds. */
  readonly t: number;
  /** By data source. */
  readonly values: Readonly<Record<string, number>>;
};

/** The real collectd of this machine, reading every second, writing as told and into CSV files beside it. */
export class CollectdPeer {
  readonly #folder: string;
  readonly #host: string;
  readonly #child: ChildProcess;
  #said = '';

  private constructor(folder: string, host: string) {
    this.#folder = folder;
    this.#host = host;
    this.#child = spawn(COLLECTD, ['-f', '-C', join(folder, 'collectd.conf')], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    }
  }

  /** Starts it; `writer` is the configuration of the plugin that sends. */
  static async start(host: string, writer: string): Promise<CollectdPeer> {
    const folder = await mkdtemp(join(tmpdir(), 'nocmate-collectd-'));
    await mkdir(join(folder, 'csv'));
    const options = [
      `Hostname "${host}"`,
      'FQDNLookup false',
      'Interval 1',
      `BaseDir "${folder}"`,
      `PIDFile "${join(folder, 'pid')}"`,
      'TypesDB "/usr/share/collectd/types.db"',
      'LoadPlugin logfile\n<Plugin logfile>\nLogLevel warning\nFile "stderr"\n</Plugin>',
      `LoadPlugin csv\n<Plugin csv>\nDataDir "${join(folder, 'csv')}"\nStoreRates false\n</Plugin>`,
      ...READERS.map((plugin) => `LoadPlugin ${plugin}`),
      writer,
    ];
    await writeFile(join(folder, 'collectd.conf'), `${options.join('\n')}\n`);
    return new CollectdPeer(folder, host);
  }

  /** What it printed. */
  get said(): string {
    return this.#said;
  }

  /** How often it has read the load. */
  async rounds(): Promise<number> {
    return (await this.readings()).filter(({ type }) => type === 'load').length;
  }

  async readings(): Promise<Reading[]> {
    const top = join(this.#folder, 'csv', this.#host);
    const names = existsSync(top) ? await readdir(top, { recursive: true, withFileTypes: true }) : [];
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return (await Promise.all(files.map(readCsv))).flat();
  }

  /** Ends it in order, so that it sends what it holds. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await gone;
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** `<plugin>[-<instance>]/<type>[-<instance>]-<date>`. */
async function readCsv(file: string): Promise<Reading[]> {
  const [plugin, pluginInstance] = split(basename(join(file, '..')));
  const [type, typeInstance] = split(basename(file).replace(/-\d{4}-\d\d-\d\d$/, ''));
  const [header = '', ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const sources = header.split(',').slice(1);
  return lines.map((line) => {
    const [epoch, ...values] = line.split(',').map(Number);
    const entries = sources.map((source, index) => [source, values[index] ?? Number.NaN] as const);
    const t = Math.round((epoch ?? Number.NaN) * 1000);
    return { plugin, pluginInstance, type, typeInstance, t, values: Object.fromEntries(entries) };
  });
}

function split(name: string): [name: string, instance: string] {
  const cut = name.indexOf('-');
  return cut < 0 ? [name, ''] : [name.slice(0, cut), name.slice(cut + 1)];
}
