import type { TargetContext } from '../target-context.ts';

function refuse(): never {
  throw new Error('this collector works without network and secrets');
}

/** The context of a collector that has no use for one. */
export const unusedContext: TargetContext = {
  http: { request: refuse, text: refuse },
  tcp: { connect: refuse },
  probe: { open: refuse, secure: refuse, talk: refuse, resolve: refuse, ask: refuse },
  programs: { run: refuse },
  checkFile: refuse,
  secret: refuse,
};
