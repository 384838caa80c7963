/** A connection for as long as something uses it. */
import type { Io } from '../io.ts';
import { type Api, openApi } from './api.ts';
import type { KubeconfigOptions } from './kubeconfig.ts';

interface Connection extends KubeconfigOptions {
  /** For one answer, in seconds. */
  readonly requestTimeout: number;
}

/**
 * Opens the API of the cluster, says where its certificate is not checked, and closes it in the end.
 *
 * @throws GeneratorError (2) where there is no kubeconfig or no such context.
 */
export async function withApi<T>(options: Connection, io: Io, use: (api: Api) => Promise<T>): Promise<T> {
  const api = openApi({ ...options, requestTimeout: options.requestTimeout * 1000 });
  try {
    if (api.unchecked)
      io.talk('The kubeconfig says not to check the certificate of the API server (insecure-skip-tls-verify).\n');
    return await use(api);
  } finally {
    api.close();
  }
}
