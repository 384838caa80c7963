/** Typed references to the chart's values. */
import { OperatorValues } from '../../../values-schema/operators/index.ts';
import { refs } from '../../gotmpl/expr.ts';
import { either, eq } from '../../gotmpl/functions.ts';
import { mesh2Package, mesh3Package } from '../facts/operators.ts';

export const v = refs<OperatorValues>(OperatorValues);

/** Package of Service Mesh, which also names its Subscription. */
export const meshPackage = either(eq(v.mesh.generation, 'v3'), mesh3Package, mesh2Package);
