/** What a package of a chart holds: the way back of packChart. */
import { parseTarGzip } from 'nanotar';
import { GeneratorError } from '../errors.ts';

/**
 * The files of a chart's .tgz, by path in the chart (without the folder that is named after the chart). `where` names
 * the package in errors. Throws a GeneratorError for bytes that are no such package.
 */
export async function readChart(data: Uint8Array, where: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const entries = await parseTarGzip(data).catch(() => {
    throw new GeneratorError(`${where}: is no .tgz; pack the chart again with serverless-mesh package.`);
  });
  const files = new Map<string, Uint8Array>();
  for (const { name, type, data: content } of entries)
    if (type === 'file') files.set(name.slice(name.indexOf('/') + 1), content ?? new Uint8Array());
  if (!files.has('Chart.yaml'))
    throw new GeneratorError(`${where}: holds no Chart.yaml; name the package of a Helm chart.`);
  return files;
}
