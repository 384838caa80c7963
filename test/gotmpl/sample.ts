/** Values to test the language with: one of each type. */
import { type Static, Type } from 'typebox';
import { refs } from '../../generator/gotmpl/index.ts';

const name = Type.String({ pattern: '^[a-z0-9.-]*$' });
const port = Type.Integer({ minimum: 1, maximum: 65535 });

export const Sample = Type.Object({
  on: Type.Boolean(),
  off: Type.Boolean(),
  /** No pattern: any text. */
  free: Type.String(),
  name,
  other: name,
  word: Type.Enum(['red', 'green'], { type: 'string' }),
  port,
  big: Type.Integer({ minimum: 0 }),
  depth: Type.Integer({ maximum: 0 }),
  ratio: Type.Number(),
  secret: Type.String({ secret: true }),
  /** May be empty, as the lists below but `full` and `ports`. */
  list: Type.Array(Type.String()),
  names: Type.Array(name),
  full: Type.Array(name, { minItems: 1 }),
  ports: Type.Array(port, { minItems: 1 }),
  bigs: Type.Array(Type.Integer({ minimum: 0 })),
  servers: Type.Array(Type.Object({ name, port, big: Type.Integer(), tags: Type.Array(name) })),
  map: Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } }),
  maps: Type.Unsafe<Record<string, Record<string, string>>>({
    type: 'object',
    additionalProperties: { type: 'object', minProperties: 1, additionalProperties: { type: 'string' } },
  }),
});
export type Sample = Static<typeof Sample>;

/** References to the sample at `.Values`, or at a key below it. */
export const sampleRefs = (...keys: readonly string[]) => refs<Sample>(Sample, '.Values', keys);
export type V = ReturnType<typeof sampleRefs>;

/** What a row does not say. */
export const usual: Sample = {
  on: true,
  off: false,
  free: 'a: b',
  name: 'team-a',
  other: '',
  word: 'red',
  port: 8080,
  big: 1,
  depth: -1,
  ratio: 0.5,
  secret: 'hunter2',
  list: [],
  names: [],
  full: ['one', 'two'],
  ports: [8444, 8022],
  bigs: [],
  servers: [
    { name: 'a', port: 1, big: 1, tags: [] },
    { name: 'b', port: 65535, big: 1, tags: ['t', 'u'] },
  ],
  map: {},
  maps: {},
};
