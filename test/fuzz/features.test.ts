/** Switching a feature off takes away its objects, all of them and no others. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { serverlessMesh } from '../../generator/model/serverless-mesh/index.ts';
import { evaluateChart } from '../../generator/render/evaluate-chart.ts';
import type { Values as MeshValues } from '../../values-schema/index.ts';
import { differences, shown } from './differences.ts';
import { overridesOf, type Values } from './random-values.ts';
import { repeat, valueSets } from './sets.ts';

const test = suite('fuzz/features');

/** Alerts and monitors come and go with whatever they look at: a feature of their own, below. */
const unmonitored = (v: MeshValues) => {
  v.monitoring.enabled = false;
};

interface Feature {
  readonly name: string;
  /** Same in both renders: what the feature needs in order to be there, and what its absence forbids. */
  readonly given?: (values: MeshValues) => void;
  readonly set: (values: MeshValues, on: boolean) => void;
  /** Templates whose objects are there only with the feature. */
  readonly with: RegExp;
  /** Templates whose objects are there only without it. */
  readonly without?: RegExp;
  /** Templates whose objects stay, with other content. */
  readonly changes?: RegExp;
}

const onMesh2 = (v: MeshValues) => {
  v.mesh.generation = 'v2';
  v.mesh.controlPlane.version = '';
};
const onMesh3 = (v: MeshValues) => {
  v.serverless.release = 'v1.37';
  v.serving.ingress = 'istio';
  v.mesh.generation = 'v3';
  v.mesh.controlPlane.version = '';
  v.mesh.members = ['a'];
};

const features: readonly Feature[] = [
  {
    name: 'kafka',
    given: unmonitored,
    set: (v, on) => (v.kafka.enabled = on),
    with: /\/kafka\/|\/jobs\/role-(binding-)?kafka\.|\/isolation\/allow-.*kafka-/,
    changes: /\/jobs\/settings\./,
  },
  {
    name: 'eventing',
    // With one of the two, there is something to look for before uninstall.
    given: v => {
      unmonitored(v);
      v.kafka.enabled = false;
      v.serving.enabled = true;
    },
    set: (v, on) => (v.eventing.enabled = on),
    with: /\/eventing\/|\/jobs\/role-(binding-)?eventing\.|\/isolation\/(?!allow-traffic-|.*-serving\.)/,
    changes: /\/jobs\/(settings|cluster-role|role-mesh)\./,
  },
  {
    name: 'serving',
    given: v => {
      unmonitored(v);
      v.eventing.enabled = true;
    },
    set: (v, on) => (v.serving.enabled = on),
    with: /\/(serving|gateways|certificates|tests)\/|\/jobs\/(role-(binding-)?(serving|verify|gateway|certificate|router)|(gateway|certificate)-(job|script))\.|\/isolation\/(allow-traffic-|.*-serving\.)/,
    changes: /\/jobs\/(settings|cluster-role|role-mesh)\./,
  },
  {
    name: 'metrics',
    // Later releases of the operator make the NetworkPolicy themselves.
    given: v => {
      onMesh2(v);
      v.serverless.release = 'v1.31';
      v.mesh.controlPlane.manageNetworkPolicy = true;
      v.serving.enabled = true;
      v.serving.ingress = 'istio';
    },
    set: (v, on) => (v.serving.metrics.enabled = on),
    with: /\/allow-from-openshift-monitoring-ns\./,
    changes: /\/knative-serving\./,
  },
  {
    name: 'ServiceMeshMember objects',
    given: onMesh2,
    set: (v, on) => (v.mesh.serviceMeshMembers.create = on),
    with: /\/service-mesh-member\./,
    without: /\/service-mesh-member-roll\./,
    changes: /\/jobs\/(settings|role-mesh)\./,
  },
  {
    name: 'member roll',
    given: onMesh2,
    set: (v, on) => (v.mesh.memberRoll.create = on),
    with: /\/service-mesh-member-roll\./,
    changes: /\/jobs\/(settings|role-mesh)\./,
  },
  {
    name: 'control plane of Service Mesh 2',
    given: v => {
      unmonitored(v);
      onMesh2(v);
    },
    set: (v, on) => (v.mesh.controlPlane.create = on),
    with: /\/(service-mesh-control-plane|gateway-disruption-budget|telemetry|tracing-destination-rule)\./,
    changes: /\/jobs\/(settings|role-mesh)\./,
  },
  {
    name: 'control plane of Service Mesh 3',
    given: v => {
      unmonitored(v);
      onMesh3(v);
    },
    set: (v, on) => (v.mesh.controlPlane.create = on),
    with: /\/(istio|istio-cni|istio-cni-namespace|mesh-mtls|telemetry)\./,
    // Without members, the cluster role is for nothing else.
    changes: /\/jobs\/(settings|cluster-role-mesh)\./,
  },
  {
    name: 'the CNI plugin',
    given: onMesh3,
    set: (v, on) => (v.mesh.cni.create = on),
    with: /\/(istio-cni|istio-cni-namespace)\./,
    changes: /\/jobs\/(settings|cluster-role-mesh)\./,
  },
  {
    name: 'the local gateway in plain text',
    given: onMesh3,
    set: (v, on) => (v.gateway.local.tls = on ? 'plain' : 'mutual'),
    with: /\/knative-local-gateway-network-policy\./,
    without: /\/knative-local-gateway-destination-rule\./,
    changes: /\/(knative-local-gateway(-service)?|allow-traffic-to-ingress-gateway)\./,
  },
  {
    name: 'requests without a limit',
    given: v => {
      v.serving.ingress = 'istio';
    },
    set: (v, on) => (v.gateway.disableStreamIdleTimeout = on),
    with: /\/disable-stream-idle-timeout\./,
  },
  {
    name: 'isolation',
    given: v => {
      v.serving.ingress = 'istio';
      if (!v.serving.enabled) v.eventing.enabled = true;
    },
    set: (v, on) => (v.isolation.enabled = on),
    with: /\/isolation\//,
  },
  {
    name: 'domain mappings',
    given: onMesh3,
    set: (v, on) => {
      v.serving.enabled = true;
      if (on) v.domainMappings = [{ host: 'a.example.com', namespace: 'a', service: 'b', secretName: 'c' }];
    },
    with: /\/(domains|jobs)\/(domain-|role-(binding-)?domains)/,
    changes: /\/jobs\/settings\./,
  },
  {
    name: 'NetworkPolicies',
    given: onMesh3,
    set: (v, on) => {
      for (const direction of Object.values(v.networkPolicies)) direction.create = on;
    },
    with: /\/network-policies\//,
  },
  {
    name: 'monitoring',
    set: (v, on) => (v.monitoring.enabled = on),
    with: /\/monitoring\//,
    // With traces, the one Telemetry of the mesh is theirs.
    changes: /\/mesh\/telemetry\./,
  },
  { name: 'jobs', set: (v, on) => (v.jobs.enabled = on), with: /\/jobs\// },
  {
    name: 'the look for use before uninstall',
    set: (v, on) => (v.uninstall.allowInUse = !on),
    with: /\/jobs\/cluster-role(-binding)?\./,
    changes: /\/jobs\/settings\./,
  },
  { name: 'namespaces', set: (v, on) => (v.namespaces.create = on), with: /\/(mesh|istio-cni)-namespace\./ },
];

const never = /$^/;
for (const feature of features) {
  test(`${feature.name}: off takes away its objects, all of them and no others`, () => {
    let seen = 0;
    for (const values of valueSets()) {
      const on = objects(feature, values, true);
      const off = objects(feature, values, false);
      const say = (what: string) => `${what}: ${shown(overridesOf(serverlessMesh, values))}\nagain: ${repeat}`;
      if ([...on.values()].some(({ source }) => feature.with.test(source))) seen += 1;
      assert.not.ok(
        [...off.values()].some(({ source }) => feature.with.test(source)),
        say('some are left'),
      );
      assert.not.ok(
        [...on.values()].some(({ source }) => (feature.without ?? never).test(source)),
        say('both are there'),
      );
      const others = (all: typeof on) => [...all].filter(([, { source }]) => !own(feature, source));
      assert.is(
        others(on)
          .map(([id]) => id)
          .join(),
        others(off)
          .map(([id]) => id)
          .join(),
        say('others come or go'),
      );
      for (const [id, { source, object }] of others(on))
        if (!(feature.changes ?? never).test(source))
          assert.is(differences(object, off.get(id)?.object).join('\n'), '', say(`${id} changes`));
    }
    assert.ok(seen > 0, 'no set has objects of the feature');
  });
}

/** Templates of which a generation has no object, whatever the values. */
const never2 =
  /\/(istio|istio-cni|istio-cni-namespace|mesh-mtls|autoscaler-permissive|gateway-(service-account|role|role-binding|deployment|service|autoscaler|job|script)|knative-local-gateway-(network-policy|destination-rule)|cluster-role-(binding-)?mesh|role-(binding-)?gateway|allow-traffic-to-ingress-gateway)\./;
const never3 =
  /\/(service-mesh-[a-z-]+|allow-from-(openshift-monitoring-ns|serving-system-namespace)|allow-from-router-to-(addons|jaeger)|tracing-destination-rule|kafka-cluster-destination-rule)\./;
test('the generation decides: no object of the other one is ever there', () => {
  const seen = { v2: 0, v3: 0 };
  for (const values of valueSets())
    for (const generation of ['v2', 'v3'] as const) {
      const copy = structuredClone(values) as MeshValues;
      onMesh3(copy);
      copy.mesh.generation = generation;
      // Namespaces of the user's may have any name.
      copy.kafka.consumerNamespaces = [];
      copy.verify.namespace = '';
      const rendered = evaluateChart(serverlessMesh, copy, { name: 'mine', namespace: 'here' });
      const places = rendered.map(({ object }) =>
        [object.apiVersion, (object.metadata as { namespace?: string }).namespace].join(' '),
      );
      const foreign = rendered.filter(({ source }) => (generation === 'v2' ? never2 : never3).test(source));
      const say = `${shown(overridesOf(serverlessMesh, values))}\nagain: ${repeat}`;
      assert.equal(
        foreign.map(({ source }) => source),
        [],
        say,
      );
      assert.not.match(
        places.join('\n'),
        generation === 'v2' ? /sailoperator|knative-serving-ingress/ : /maistra\.io/,
        say,
      );
      seen[generation] += rendered.length;
    }
  assert.ok(seen.v2 > 0 && seen.v3 > 0);
});

const own = (feature: Feature, source: string) => feature.with.test(source) || (feature.without ?? never).test(source);

/** The objects by kind, namespace and name, with the feature switched as asked. */
function objects({ given, set }: Feature, values: Values, on: boolean) {
  const copy = structuredClone(values) as MeshValues;
  // These follow others, and have a feature of their own.
  for (const direction of Object.values(copy.networkPolicies)) direction.create = false;
  copy.domainMappings = [];
  given?.(copy);
  set(copy, on);
  const rendered = evaluateChart(serverlessMesh, copy, { name: 'mine', namespace: 'here' });
  return new Map(
    rendered.map(({ source, object }) => {
      const { namespace = '', name } = object.metadata as Record<string, string>;
      return [`${object.kind} ${namespace}/${name}`, { source, object }];
    }),
  );
}

test.run();
