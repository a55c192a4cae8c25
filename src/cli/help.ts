import { OUTSIDE_SETTINGS } from '#server/config/settings.ts';

const COMMANDS = [
  ['up', 'run the server (what npm start does)'],
  ['config check', 'check the configuration'],
  ['config print', 'print the configuration as it is in force, secrets hidden'],
  ['doctor', 'check engines, ports, disk, limits and clock'],
  ['token create --name N --scope read|write|admin|ingest [--expires-in-days D]', 'make an API token and print it'],
  ['secret set|remove NAME', 'keep a secret (from standard input) for stored:NAME in the configuration, or remove it'],
  ['secret list', 'names of the kept secrets'],
  ['secret rotate', 'encrypt all kept secrets with a new key'],
  [
    'import FILE… [--format csv|json|graphite|influx|openmetrics] [--url URL] [--token T] [--from-line N] [--precision P]',
    'send samples from files (- is the input, .gz is unpacked) to a running server; NOCMATE_URL and NOCMATE_TOKEN as well',
  ],
  ['version', 'print the version'],
] as const;

/** The text of `nocmate --help`. */
export function helpText(): string {
  const commands = COMMANDS.map(([command, what]) => `  nocmate ${command}\n      ${what}`);
  const settings = OUTSIDE_SETTINGS.map(({ env = '', flag, help }) => {
    const names = [flag === undefined ? '' : `--${flag}`, env].filter(Boolean).join(', ');
    return `  ${names}\n      ${help}`;
  });
  const more = [
    '  --config, NOCMATE_CONFIG\n      configuration file (./nocmate.yaml when it exists)',
    '  --listen HOST\n      open web UI, API and inputs on this host; the default is loopback only',
    '  --open, --no-open\n      open the web UI in a browser after the start, or not (default)',
    '  NOCMATE_SECRET_KEY\n      key of the kept secrets, 32 bytes in hex or base64 (secret.key in the data folder); new,old to rotate',
    '  NOCMATE_ADMIN_PASSWORD\n      creates the user admin at the first start',
  ];
  return [
    'NOCMATE-Rx: real-time monitoring and operational intelligence.',
    '',
    'Commands',
    ...commands,
    '',
    'Settings (flag, environment variable)',
    ...settings,
    ...more,
  ].join('\n');
}
