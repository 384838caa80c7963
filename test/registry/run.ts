/** Runs publish in this process, against servers of the test. */
import { type PublishOptions, runPublish } from '../../generator/commands/publish.ts';
import { inProcess, type Result } from '../cli/project.ts';

/** Does not wait between two attempts; notes for how long it would have. */
export function publish(
  target: string,
  from: string,
  options: Partial<PublishOptions> = {},
  waited: number[] = [],
): Promise<Result> {
  const wait = async (milliseconds: number) => {
    waited.push(milliseconds);
  };
  const isRegistry = target.startsWith('oci://');
  const defaults = { dryRun: false, output: 'text', lockTimeout: 30, retries: 5, requestTimeout: 30, wait } as const;
  return inProcess(io =>
    runPublish({ target, from, ...defaults, ...(isRegistry && { plainHttp: true }), ...options }, io),
  );
}

/** Content of a manifest in a registry without access control; undefined where there is none. */
export async function manifestIn(host: string, repository: string, reference: string): Promise<string | undefined> {
  const accept = 'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json';
  const answer = await fetch(`http://${host}/v2/${repository}/manifests/${reference}`, { headers: { accept } });
  return answer.status === 404 ? undefined : await answer.text();
}
