/** The policies that the evaluator judges, read as for the documentation's picture. */
export * from '../../generator/callers/policies.ts';
