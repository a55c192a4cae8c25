import { RE2JS } from 're2js';
import { z } from 'zod';
import { CHECK_TLS_OPTIONS, checkOption } from '#core/plugin/check-options.ts';
import { patternOption } from '#core/plugin/pattern-option.ts';
import { addressText, parseAddress } from '#core/plugin/target-options.ts';
import { type HostPort, parseHostPort } from '#core/units/listen-address.ts';
import { unescaped } from './escapes.ts';
import { PRESETS, type Turn } from './presets.ts';

const NAMES = ['none', ...(Object.keys(PRESETS) as (keyof typeof PRESETS)[])] as const;

/** Options of a target: where to, and what is said and heard there. */
export const TcpCheckConfig = z
  .strictObject({
    address: z.string().trim().min(1).describe('host:port, or the host alone where the preset has a usual port.'),
    check: checkOption,
    preset: z.enum(NAMES).default('none').describe('A dialogue of a protocol; it takes the place of send and expect.'),
    tls: z.boolean().default(false).describe('TLS from the first byte on.'),
    send: z
      .string()
      .optional()
      .describe(String.raw`What is sent; \r, \n, \t, \0, \\ and \x1f stand for their characters.`),
    expect: patternOption.optional().describe('A regular expression (RE2) that must match in what comes back.'),
    ...CHECK_TLS_OPTIONS,
  })
  .refine(({ address, preset }) => hostPort(address, preset) !== undefined, {
    path: ['address'],
    message: 'write host:port, like mail-1:25',
  });
export type TcpCheckConfig = z.infer<typeof TcpCheckConfig>;

/** Host and port of a target. */
export function addressOf({ address, preset }: TcpCheckConfig): HostPort {
  const parsed = hostPort(address, preset);
  if (parsed === undefined) throw new Error(`${address} has passed the schema and is no address`);
  return parsed;
}

/** The name in the label `check`. */
export function checkName(config: TcpCheckConfig): string {
  const { check, preset } = config;
  const address = addressText(addressOf(config));
  return check ?? (preset === 'none' ? address : `${preset} ${address}`);
}

/** What is said and heard. */
export function turnsOf({ preset, send, expect }: TcpCheckConfig): readonly Turn[] {
  if (preset !== 'none') return PRESETS[preset].turns;
  if (send === undefined && expect === undefined) return [];
  return [
    {
      ...(send === undefined ? {} : { send: unescaped(send) }),
      ...(expect === undefined ? {} : { expect: RE2JS.compile(expect) }),
    },
  ];
}

function hostPort(address: string, preset: (typeof NAMES)[number]): HostPort | undefined {
  return preset === 'none' ? parseHostPort(address) : parseAddress(address, PRESETS[preset].port);
}
