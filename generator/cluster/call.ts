/** Calls a URL as a client outside of the cluster does. The certificate is always checked. */

import { request } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { TLSSocket } from 'node:tls';

export interface CallOptions {
  /** PEM of the only CA to trust; those of Node without it. */
  readonly ca?: string | undefined;
  readonly limit: number;
  readonly signal: AbortSignal;
  /** For tests: where a host is. */
  readonly lookup?: LookupFunction | undefined;
}
export interface Called {
  readonly status: number;
  readonly text: string;
  /** SHA-256 of the certificate that was served. */
  readonly fingerprint: string;
}
const largest = 100_000;

/** @throws an error whose `code` says why there was no answer. */
export function callUrl(url: URL, { ca, limit, signal, lookup }: CallOptions): Promise<Called> {
  return new Promise((resolve, reject) => {
    const trust = ca ? { ca } : {};
    const call = request(
      url,
      // Said here, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not count.
      { ...trust, rejectUnauthorized: true, agent: false, signal, timeout: limit, ...(lookup && { lookup }) },
      response => {
        const { fingerprint256: fingerprint } = (response.socket as TLSSocket).getPeerCertificate();
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text = (text + chunk).slice(0, largest);
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text, fingerprint }));
      },
    );
    call.on('timeout', () => call.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
    call.on('error', reject);
    call.end();
  });
}
