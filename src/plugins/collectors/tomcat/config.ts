import { z } from 'zod';
import { HTTP_OPTIONS, urlOption } from '#core/plugin/target-options.ts';

/** Options of a target: the manager of a Tomcat. */
export const TomcatConfig = z.strictObject({
  url: urlOption('URL of the manager, like http://app-1:8080/manager.'),
  ...HTTP_OPTIONS,
  domain: z
    .string()
    .regex(/^[\w.-]+$/)
    .default('Catalina')
    .describe('Domain of its MBeans: Catalina, or Tomcat where it is embedded.'),
});
export type TomcatConfig = z.infer<typeof TomcatConfig>;

/** The answer of the JMX proxy to a query. */
export const queryUrl = ({ url }: TomcatConfig, query: string): string =>
  `${url.replace(/\/$/, '')}/jmxproxy/?qry=${encodeURIComponent(query)}`;
