import { parseClassicText } from './classic-text.ts';
import { type Exposition, ExpositionError, type ExpositionOptions } from './exposition.ts';
import { parseOpenMetrics } from './openmetrics.ts';
import { parseProtobuf } from './protobuf.ts';

/** Formats by their name in Prometheus' `scrape_protocols`, with the media type that asks for each. */
export const SCRAPE_PROTOCOLS = {
  PrometheusProto: 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited',
  'OpenMetricsText1.0.0': 'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8',
  'OpenMetricsText0.0.1': 'application/openmetrics-text;version=0.0.1',
  'PrometheusText1.0.0': 'text/plain;version=1.0.0;escaping=allow-utf-8',
  'PrometheusText0.0.4': 'text/plain;version=0.0.4',
} as const;
export type ScrapeProtocol = keyof typeof SCRAPE_PROTOCOLS;

/** The `Accept` header that prefers the formats in this order, and takes anything else last. */
export function acceptHeader(protocols: readonly ScrapeProtocol[]): string {
  const weights = protocols.map((protocol, i) => `${SCRAPE_PROTOCOLS[protocol]};q=0.${protocols.length + 1 - i}`);
  return [...weights, '*/*;q=0.1'].join(',');
}

/**
 * Reads a body by its content type; `fallback` is the format of bodies without a usable one. Throws
 * {@link ExpositionError} for a body that breaks its format, is no UTF-8, or has a content type of no format.
 */
export function parseExposition(
  body: Uint8Array,
  contentType: string | undefined,
  options: ExpositionOptions & { readonly fallback?: ScrapeProtocol | undefined },
): Exposition {
  const protocol = protocolOf(contentType) ?? options.fallback;
  if (protocol === undefined) {
    throw new ExpositionError(
      0,
      `the content type "${contentType ?? ''}" is no exposition format, and no fallback_scrape_protocol is set`,
    );
  }
  if (protocol === 'PrometheusProto') return parseProtobuf(body, options.histograms);
  const text = decode(body);
  return protocol.startsWith('OpenMetrics') ? parseOpenMetrics(text, options) : parseClassicText(text, options);
}

function protocolOf(contentType: string | undefined): ScrapeProtocol | undefined {
  const media = contentType?.split(';')[0]?.trim().toLowerCase();
  if (media === 'application/vnd.google.protobuf') return 'PrometheusProto';
  if (media === 'application/openmetrics-text') return 'OpenMetricsText1.0.0';
  return media === 'text/plain' ? 'PrometheusText0.0.4' : undefined;
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    throw new ExpositionError(0, 'the body is not UTF-8');
  }
}
