import { z } from 'zod';
import { SCRAPE_PROTOCOLS, type ScrapeProtocol } from '#core/exposition/parse-exposition.ts';
import { Limit, PrometheusDuration, PrometheusSize, Text, unsupported } from './config-values.ts';
import { HTTP_SETTINGS } from './http-config.ts';
import { RelabelConfig } from './relabel-config.ts';

const Protocol = z.enum(Object.keys(SCRAPE_PROTOCOLS) as [ScrapeProtocol, ...ScrapeProtocol[]]);

/** Targets with labels in common: of `static_configs`, and of what file and HTTP discovery read. */
export const TargetGroup = z.strictObject({
  targets: z.array(z.string()).default([]),
  labels: z.record(z.string(), Text).default({}),
});
export type TargetGroup = z.infer<typeof TargetGroup>;

const FileDiscovery = z.strictObject({
  /** Paths; the last part may hold `*`. */
  files: z.array(z.string().regex(/\.(json|ya?ml)$/i, 'must end with .json, .yml or .yaml')).min(1),
  refresh_interval: PrometheusDuration.prefault('5m'),
});
export type FileDiscovery = z.infer<typeof FileDiscovery>;

const DnsDiscovery = z
  .strictObject({
    names: z.array(z.string()).min(1),
    type: z
      .string()
      .transform((type) => type.toUpperCase())
      .pipe(z.enum(['SRV', 'A', 'AAAA'], 'must be SRV, A or AAAA'))
      .default('SRV'),
    port: z.number().int().min(0).max(65_535).optional(),
    refresh_interval: PrometheusDuration.prefault('30s'),
  })
  .refine(({ type, port }) => type === 'SRV' || port !== undefined, 'records of type A and AAAA need a port');
export type DnsDiscovery = z.infer<typeof DnsDiscovery>;

const HttpDiscovery = z.strictObject({
  ...HTTP_SETTINGS,
  url: z.url({ protocol: /^https?$/ }),
  refresh_interval: PrometheusDuration.prefault('1m'),
});
export type HttpDiscovery = z.infer<typeof HttpDiscovery>;

const OTHER_DISCOVERIES =
  'azure consul digitalocean docker dockerswarm ec2 eureka gce hetzner ionos kubernetes kuma lightsail linode marathon nerve nomad openstack ovhcloud puppetdb scaleway serverset stackit triton uyuni vultr'.split(
    ' ',
  );
const ELSEWHERE = Object.fromEntries(
  OTHER_DISCOVERIES.map((name) => [
    `${name}_sd_configs`,
    unsupported(
      `${name}_sd_configs is not supported: use file_sd_configs, http_sd_configs, dns_sd_configs or static_configs`,
    ),
  ]),
);

/** One entry of `scrape_configs`, written as for Prometheus. */
export const ScrapeJob = z.strictObject({
  job_name: Text.pipe(z.string().min(1)),
  scrape_interval: PrometheusDuration.optional(),
  scrape_timeout: PrometheusDuration.optional(),
  scrape_protocols: z.array(Protocol).min(1).optional(),
  fallback_scrape_protocol: Protocol.optional(),
  scrape_native_histograms: z.boolean().optional(),
  always_scrape_classic_histograms: z.boolean().default(false),
  scrape_classic_histograms: z.boolean().optional(),
  convert_classic_histograms_to_nhcb: z
    .literal(false, 'convert_classic_histograms_to_nhcb is not supported: classic histograms are kept as they are')
    .optional(),
  metrics_path: z.string().default('/metrics'),
  scheme: z.enum(['http', 'https']).default('http'),
  params: z.record(z.string(), z.array(Text)).default({}),
  honor_labels: z.boolean().default(false),
  honor_timestamps: z.boolean().default(true),
  track_timestamps_staleness: z.boolean().default(false),
  enable_compression: z.boolean().default(true),
  /** False: expositions that break rules of their format that Prometheus does not check are taken as well. */
  strict: z.boolean().default(true),
  ...HTTP_SETTINGS,
  static_configs: z.array(TargetGroup).default([]),
  file_sd_configs: z.array(FileDiscovery).default([]),
  dns_sd_configs: z.array(DnsDiscovery).default([]),
  http_sd_configs: z.array(HttpDiscovery).default([]),
  ...ELSEWHERE,
  relabel_configs: z.array(RelabelConfig).default([]),
  metric_relabel_configs: z.array(RelabelConfig).default([]),
  body_size_limit: PrometheusSize.prefault(0),
  sample_limit: Limit,
  label_limit: Limit,
  label_name_length_limit: Limit,
  label_value_length_limit: Limit,
  target_limit: Limit,
  /** How many dropped targets are listed; 0 = all. */
  keep_dropped_targets: Limit,
  /** Accepted; names are UTF-8. */
  metric_name_validation_scheme: z.enum(['legacy', 'utf8']).optional(),
  metric_name_escaping_scheme: z.enum(['allow-utf-8', 'underscores', 'dots', 'values']).optional(),
  native_histogram_bucket_limit: unsupported(
    'native_histogram_bucket_limit is not supported: use sample_limit or body_size_limit',
  ),
  native_histogram_min_bucket_factor: unsupported(
    'native_histogram_min_bucket_factor is not supported: set the resolution in the exposer',
  ),
  scrape_failure_log_file: unsupported(
    'scrape_failure_log_file is not supported: failures are in the log and in the list of targets',
  ),
});
export type ScrapeJob = z.infer<typeof ScrapeJob>;

/** What all jobs share. */
export const ScrapeGlobal = z.strictObject({
  scrape_interval: PrometheusDuration.prefault('1m'),
  scrape_timeout: PrometheusDuration.optional(),
  scrape_protocols: z.array(Protocol).min(1).optional(),
  scrape_native_histograms: z.boolean().default(false),
  /** Accepted as Prometheus does: stored series do not carry them. */
  external_labels: z.record(z.string(), Text).default({}),
  body_size_limit: PrometheusSize.prefault(0),
  sample_limit: Limit,
  label_limit: Limit,
  label_name_length_limit: Limit,
  label_value_length_limit: Limit,
  target_limit: Limit,
});
export type ScrapeGlobal = z.infer<typeof ScrapeGlobal>;

/** The `scrape` section: Prometheus' `global` and `scrape_configs`, and files of Prometheus to read them from. */
export const ScrapeConfig = z.strictObject({
  global: ScrapeGlobal.prefault({}),
  /** Prometheus configurations whose `global` and `scrape_configs` are used as well. */
  files: z.array(z.string()).default([]),
  scrape_configs: z.array(ScrapeJob).default([]),
});
export type ScrapeConfig = z.infer<typeof ScrapeConfig>;
