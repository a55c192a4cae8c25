import { z } from 'zod';
import { Duration } from '#core/units/duration-option.ts';

/** Targets of one collector that names of DNS lead to. */
export const DnsTargets = z
  .strictObject({
    /** The collector that each of them gets. */
    collector: z.string().min(1),
    /** For SRV like `_redis._tcp.example.org`, else names of hosts. */
    names: z.array(z.string().min(1)).min(1),
    type: z.enum(['SRV', 'A', 'AAAA']).default('SRV'),
    /** Of what A and AAAA lead to. */
    port: z.int().min(1).max(65_535).optional(),
    refresh: Duration.prefault('30s'),
    /** Options and settings of each target; `{host}`, `{port}` and `{address}` (host:port) stand for what was found. */
    options: z.looseObject({}).default({}),
  })
  .refine(({ type, port }) => type === 'SRV' || port !== undefined, {
    path: ['port'],
    message: 'records of type A and AAAA need a port',
  });
export type DnsTargets = z.infer<typeof DnsTargets>;
