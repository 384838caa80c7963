/** What follows version 0.1.0 of the small chart, and what the check of a release says. */
import type { Change } from '../../generator/changelog/history.ts';
import { integer, section, text } from '../../values-schema/field.ts';
import { chartOf, type Groups, gateway, type Later, noKafka, published, valueAt, withValue } from './charts.ts';

export const told: Change = { kind: 'changed', description: 'Something' };
export const about = (...values: string[]): Change => ({ ...told, values });
export const changedTo = (path: string, keywords: object) => withValue(path, valueAt(path, keywords));
export const without = (path: string) => withValue(path, undefined);
export const deprecated = (since: string, more: object = {}) => ({
  deprecated: { since, instead: 'mesh.members', ...more },
});

/** What follows 0.1.0, and the sentences without `one VERSION: `; nothing for what may be published. */
export const rows: readonly [name: string, later: Later, changes: readonly Change[], want: readonly string[]][] = [
  ['the same', { version: '0.1.0' }, [], []],
  ['a new version of the same content', { version: '0.1.1' }, [told], []],
  [
    'a version without a word',
    { version: '0.1.1' },
    [],
    ['has no entry; say what changed for users in generator/changelog/history.ts.'],
  ],
  [
    'other content under a published version',
    { groups: changedTo('kafka.partitions', { default: 11 }) },
    [told],
    ['is published with other content; raise the version of one in generator/model/one/index.ts.'],
  ],
  [
    'an older version',
    { version: '0.0.9' },
    [told],
    ['is not above 0.1.0, which is published; raise the version of one in generator/model/one/index.ts.'],
  ],
  [
    'no version',
    { version: 'next' },
    [told],
    ['is no semantic version; write one as 0.1.0 in generator/model/one/index.ts.'],
  ],
  [
    'a value removed',
    { version: '0.2.0', groups: without('kafka.partitions') },
    [about('kafka.partitions')],
    [
      "kafka.partitions: was in 0.1.0 and is gone; keep it with deprecated: { since: '0.2.0', instead: 'what to use' } for 2 minor versions, and remove it not before 0.4.0.",
    ],
  ],
  [
    'a value renamed',
    { version: '0.2.0', groups: withValue('kafka.parts', valueAt('kafka.partitions'), without('kafka.partitions')) },
    [about('kafka')],
    [
      "kafka.partitions: was in 0.1.0 and is gone, renamed to kafka.parts as it seems; keep it with deprecated: { since: '0.2.0', instead: 'kafka.parts' } for 2 minor versions, and remove it not before 0.4.0.",
    ],
  ],
  [
    'a value removed, and one like it elsewhere',
    {
      version: '0.2.0',
      groups: withValue('mesh.size', valueAt('kafka.partitions'), without('kafka.partitions')),
    },
    [about('kafka')],
    [
      "kafka.partitions: was in 0.1.0 and is gone; keep it with deprecated: { since: '0.2.0', instead: 'what to use' } for 2 minor versions, and remove it not before 0.4.0.",
    ],
  ],
  [
    'a list removed is told once, without its items',
    { version: '0.2.0', groups: without('kafka.listeners') },
    [told],
    [
      "kafka.listeners: was in 0.1.0 and is gone; keep it with deprecated: { since: '0.2.0', instead: 'what to use' } for 2 minor versions, and remove it not before 0.4.0.",
    ],
  ],
  [
    'a value removed from 1.0 on',
    { version: '1.0.0', groups: without('kafka.partitions') },
    [told],
    [
      "kafka.partitions: was in 0.1.0 and is gone; keep it with deprecated: { since: '1.0.0', instead: 'what to use' } for 2 minor versions, and remove it not before 2.0.0.",
    ],
  ],
  [
    'a renamed value whose old name stays, deprecated',
    {
      version: '0.2.0',
      groups: withValue('kafka.parts', valueAt('kafka.partitions'), changedTo('kafka.partitions', deprecated('0.2.0'))),
    },
    [about('kafka.partitions')],
    [],
  ],
  [
    'a deprecation without a word',
    { version: '0.2.0', groups: changedTo('kafka.partitions', deprecated('0.2.0')) },
    [told],
    [
      "kafka.partitions: is deprecated, and no entry of 0.2.0 names it; add one with values: ['kafka.partitions'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'a deprecation that is older than it is',
    { version: '0.2.0', groups: changedTo('kafka.partitions', deprecated('0.1.0')) },
    [about('kafka')],
    ["kafka.partitions: is deprecated since 0.1.0, which no published version says; write since: '0.2.0'."],
  ],
  [
    'another default without a word',
    { version: '0.2.0', groups: changedTo('kafka.partitions', { default: 11 }) },
    [told],
    [
      "kafka.partitions: has the default 11 where 0.1.0 had 10, and no entry of 0.2.0 names it; add one with values: ['kafka.partitions'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'another default, told',
    { version: '0.2.0', groups: changedTo('kafka.partitions', { default: 11 }) },
    [about('kafka.partitions')],
    [],
  ],
  [
    'another default, told of its group',
    { version: '0.2.0', groups: changedTo('kafka.partitions', { default: 11 }) },
    [about('kafka')],
    [],
  ],
  [
    'another default in a patch',
    { version: '0.1.1', groups: changedTo('kafka.partitions', { default: 11 }) },
    [about('kafka.partitions')],
    ['kafka.partitions: has another default; raise the version to 0.2.0, a patch changes no defaults.'],
  ],
  [
    'another type',
    {
      version: '0.2.0',
      groups: withValue('kafka.partitions', text({ title: 'Partitions', description: 'P.', default: '10' })),
    },
    [about('kafka.partitions')],
    [
      'kafka.partitions: was of type integer in 0.1.0 and is of type string; give the new value another name, and deprecate this one.',
    ],
  ],
  ['a wider type', { version: '0.2.0', groups: changedTo('kafka.partitions', { type: 'number' }) }, [told], []],
  [
    'a choice less',
    { version: '0.2.0', groups: changedTo('mesh.generation', { enum: ['v2', 'v3'] }) },
    [about('mesh.generation')],
    [
      "mesh.generation: no longer takes v4; keep it with deprecated: { since: '0.2.0', instead: 'what to use', members: ['v4'] } for 2 minor versions.",
    ],
  ],
  [
    'a choice more',
    { version: '0.2.0', groups: changedTo('mesh.generation', { enum: ['v2', 'v3', 'v4', 'v5'] }) },
    [told],
    [],
  ],
  [
    'a greater limit',
    { version: '0.2.0', groups: changedTo('kafka.partitions', { maximum: 200, minimum: 0 }) },
    [told],
    [],
  ],
  [
    'a smaller limit without a word',
    { version: '0.2.0', groups: changedTo('kafka.partitions', { maximum: 50 }) },
    [told],
    [
      "kafka.partitions: has another maximum (100, now 50), which may refuse what 0.1.0 took, and no entry of 0.2.0 names it; add one with values: ['kafka.partitions'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'a smaller limit in a patch',
    { version: '0.1.1', groups: changedTo('kafka.partitions', { maximum: 50 }) },
    [about('kafka.partitions')],
    [
      'kafka.partitions: has another maximum (100, now 50), which may refuse what 0.1.0 took; raise the version to 0.2.0, or take it back.',
    ],
  ],
  [
    'a smaller limit that refuses an example',
    { version: '0.2.0', groups: changedTo('mesh.members', { maxItems: 0 }) },
    [told],
    [
      "mesh.members: has another maxItems (10, now 0), which may refuse what 0.1.0 took, and no entry of 0.2.0 names it; add one with values: ['mesh.members'] to generator/changelog/history.ts.",
      'example prod: values that 0.1.0 took are refused: mesh.members: must NOT have more than 0 items; take them, or refuse them in 0.2.0 with an entry that names mesh.members.',
    ],
  ],
  [
    'a new limit',
    { version: '0.2.0', groups: changedTo('mesh.members', { uniqueItems: true }) },
    [told],
    [
      "mesh.members: has a new uniqueItems, which may refuse what 0.1.0 took, and no entry of 0.2.0 names it; add one with values: ['mesh.members'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'another pattern',
    { version: '0.2.0', groups: changedTo('mesh.namespace', { pattern: '^[-a-z]{3,}$' }) },
    [about('mesh')],
    [],
  ],
  [
    'another pattern without a word',
    { version: '0.2.0', groups: changedTo('mesh.namespace', { pattern: '^[-a-z]{3,}$' }) },
    [about('meshes', 'mesh.name')],
    [
      "mesh.namespace: has another pattern, which may refuse what 0.1.0 took, and no entry of 0.2.0 names it; add one with values: ['mesh.namespace'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'a smaller limit of the keys of a map',
    {
      version: '0.2.0',
      groups: {
        ...published,
        labels: { ...published.labels, propertyNames: { type: 'string', maxLength: 9 } },
      } as unknown as Groups,
    },
    [told],
    [
      "labels.*~: has another maxLength (63, now 9), which may refuse what 0.1.0 took, and no entry of 0.2.0 names it; add one with values: ['labels.*~'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'a new value',
    { version: '0.2.0', groups: { ...published, more: text({ title: 'More', description: 'M.', default: '' }) } },
    [told],
    [],
  ],
  [
    'a new value in a patch',
    { version: '0.1.1', groups: { ...published, more: text({ title: 'More', description: 'M.', default: '' }) } },
    [told],
    ['more: is new; raise the version to 0.2.0, a patch adds no values.'],
  ],
  [
    'a new value that items of a list must have',
    {
      version: '0.2.0',
      groups: changedTo('kafka.listeners', {
        items: section(
          { title: 'Listener', description: 'L.' },
          {
            name: text({ title: 'Name', description: 'N.', pattern: '^[a-z]+$', maxLength: 63 }),
            port: integer({ title: 'Port', description: 'P.', minimum: 1, maximum: 9 }),
          },
        ),
      }),
    },
    [told],
    [
      "kafka.listeners[].port: must be written now, and no entry of 0.2.0 names it; add one with values: ['kafka.listeners[].port'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'a new rule between values that refuses an example',
    { version: '0.2.0', rules: [noKafka] },
    [told],
    [
      'example prod: values that 0.1.0 took are refused: kafka.enabled: is on; switch it off; take them, or refuse them in 0.2.0 with an entry that names kafka.enabled.',
    ],
  ],
  ['the same, told', { version: '0.2.0', rules: [noKafka] }, [about('kafka.enabled')], []],
  [
    'an object removed and one added',
    { version: '0.2.0', resources: { 'gateways/ingress': gateway(443, 'other') } },
    [told],
    [
      "Gateway.networking.istio.io a/other: is new with the values of default values, and no entry of 0.2.0 names it; add one with objects: ['Gateway.networking.istio.io a/other'] to generator/changelog/history.ts.",
      "Gateway.networking.istio.io a/ingress: is gone with the values of default values, and no entry of 0.2.0 names it; add one with objects: ['Gateway.networking.istio.io a/ingress'] to generator/changelog/history.ts.",
      "ConfigMap topic: is gone with the values of prod, and no entry of 0.2.0 names it; add one with objects: ['ConfigMap topic'] to generator/changelog/history.ts.",
    ],
  ],
  [
    'the same, told by kind and by name',
    { version: '0.2.0', resources: { 'gateways/ingress': gateway(443, 'other') } },
    [{ ...told, objects: ['Gateway.networking.istio.io', 'ConfigMap topic'] }],
    [],
  ],
  [
    'a field of an object in a patch',
    { version: '0.1.1', resources: { ...chartOf().resources, 'gateways/ingress': gateway(8443) } },
    [told],
    [],
  ],
];
