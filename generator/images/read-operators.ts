/** Values of the chart serverless-mesh-operators beside an environment of the main chart. */
import { at } from '../cluster/fields.ts';
import type { Finding } from '../findings.ts';
import { serverlessMeshOperators } from '../model/serverless-mesh-operators/index.ts';
import { checkValues, type Environment, readEnvironments } from '../values/environments.ts';
import { pathText } from '../values/path.ts';
import { operatorValues } from './operators.ts';

/** What the user's own files say. Throws a usage error for a file that cannot be read. */
export function readOperators(files: readonly string[]): Environment {
  const [read] = [...readEnvironments(serverlessMeshOperators, { environments: [], files })];
  if (read === undefined) throw new Error('no environment');
  return read;
}

/** What is wrong with them for this environment: they may fit one generation of Service Mesh, and not the other. */
export function findingsFor({ name, values }: Environment, own: Environment): Finding[] {
  const wanted = at(values, 'mesh', 'generation');
  const path = ['mesh', 'generation'];
  const given = at(own.overrides, ...path);
  if (given !== undefined && given !== wanted)
    return [
      {
        ...own.placeOf(path),
        path: pathText(path),
        message: `is ${given}, and environment ${name} has ${wanted}; leave it out, or name operators of the same generation`,
      },
    ];
  return checkValues(serverlessMeshOperators, operatorValues(values, own.overrides)).map(
    ({ path: found, nearest = found, message }) => ({ ...own.placeOf(nearest), path: pathText(found), message }),
  );
}
