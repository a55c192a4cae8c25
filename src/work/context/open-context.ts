import type { TargetContext } from '#core/plugin/target-context.ts';
import type { SecretSource } from '#core/secret-source.ts';
import { type AddressGuard, closedGuard, openGuard } from './address-guard.ts';
import { HttpRequests } from './http-tool.ts';
import { createProbeTool } from './probe-tool.ts';
import { createProgramTool } from './program-tool.ts';
import { createRedactor } from './redact.ts';
import { createTcpTool } from './tcp-tool.ts';

/** The context of one target, with what belongs to it. */
export type OpenContext = {
  readonly context: TargetContext;
  /** Cuts the secrets that the target was given out of a text. */
  readonly redact: (text: string) => string;
  /** Closes its connections and ends its programs. */
  readonly close: () => void;
};

/** Opens the context of a target; one that is not `isTrusted` (a target of the page) is bound by the address guard. */
export function openContext(secrets: SecretSource, isTrusted: boolean): OpenContext {
  const guard: AddressGuard = isTrusted ? openGuard : closedGuard();
  const redactor = createRedactor();
  const secret = async (reference: string): Promise<string> => {
    const value = await secrets.resolve(reference);
    redactor.learn(value);
    return value;
  };
  const http = new HttpRequests({ guard, secret });
  const { tcp, close: closeTcp } = createTcpTool(guard);
  const { probe, close: closeProbes } = createProbeTool(guard);
  const { programs, close: closePrograms } = createProgramTool(guard);
  return {
    context: { http, tcp, probe, programs, checkFile: guard.checkPath, secret },
    redact: redactor.redact,
    close: () => {
      http.close();
      closeTcp();
      closeProbes();
      closePrograms();
    },
  };
}
