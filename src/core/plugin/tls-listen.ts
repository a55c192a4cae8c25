import { z } from 'zod';
import { ListenAddress } from '../units/listen-address.ts';

/** Where an input listens with TLS, and its files (PEM). They are read at start. */
export const TlsListen = z.strictObject({
  listen: ListenAddress,
  cert: z.string().min(1).describe('File of the certificate, with its chain.'),
  key: z.string().min(1).describe('File of its key.'),
  ca: z.string().min(1).optional().describe('File of the authority whose certificates senders must show.'),
});
export type TlsListen = z.infer<typeof TlsListen>;
