/** Makes random values keep the rules between values, by small changes that differ from set to set. */
import { isDeepStrictEqual } from 'node:util';
import type { Chart } from '../../generator/model/chart.ts';
import {
  controlPlaneVersions,
  istioVersions,
  knativeEventing,
  metricsPort,
  routerNamespace,
  waitForDrainPort,
} from '../../generator/model/facts/names.ts';
import { ruleFindings } from '../../generator/render/evaluate-chart.ts';
import { type Values as MeshValues, releases } from '../../values-schema/index.ts';
import type { OperatorValues } from '../../values-schema/operators/index.ts';
import type { TenantValues } from '../../values-schema/tenant/index.ts';
import type { Dice } from './dice.ts';
import type { Values } from './random-values.ts';
import { domains, egress, networkPolicies, resources } from './repair-production.ts';

const knative = /^knative-(serving|eventing|serving-ingress)$/;
const portsInUse = (values: MeshValues) => values.kafka.listeners.map(listener => listener.port);

/** What needs several values at once would hardly ever render by chance alone. */
function together(values: MeshValues, d: Dice): void {
  const { serving, gateway, mesh, kafka, eventing, cluster } = values;
  const choice = d.below(30);
  if (choice > 12) return;
  serving.enabled = true;
  serving.ingress = choice > 10 ? 'kourier' : 'istio';
  if (choice > 10) {
    mesh.members = [...new Set(['shop', ...mesh.members])].slice(0, 40);
    mesh.controlPlane.manageNetworkPolicy = true;
    mesh.generation = 'v2';
  } else if (choice < 2) monitoring(values);
  else if (choice < 5) {
    gateway.tls.source = 'certManager';
    if (choice < 4) gateway.tls.certManager.issuer = { group: 'cert-manager.io', kind: 'ClusterIssuer', name: '' };
  } else if (choice < 7) gateway.tls.source = 'clusterIngress';
  else if (choice < 9) {
    mesh.generation = 'v3';
    for (const part of [mesh.controlPlane, mesh.cni, values.namespaces]) part.create = true;
  } else {
    mesh.generation = 'v2';
    eventing.enabled = true;
    kafka.enabled = true;
    const host = `kafka.${cluster.dnsDomain}`;
    if (host.length < 200) kafka.bootstrapServers = [`${host}:9092`, ...kafka.bootstrapServers].slice(0, 50);
  }
}

/** The policy that only the oldest release has. */
function monitoring({ serverless, serving, mesh }: MeshValues): void {
  serverless.release = 'v1.31';
  serving.enabled = true;
  serving.metrics.enabled = true;
  serving.ingress = 'istio';
  mesh.generation = 'v2';
}

/** Service Mesh 3 asks for more than one thing at once. */
function generation({ mesh, serverless, serving }: MeshValues, d: Dice): void {
  if (mesh.generation === 'v2') return;
  if (serving.ingress === 'kourier') {
    if (d.oneIn(3)) mesh.generation = 'v2';
    else serving.ingress = 'istio';
  }
  if (mesh.generation === 'v3' && !['v1.37', 'v1.38'].includes(serverless.release))
    serverless.release = d.pick(['v1.37', 'v1.38']);
  if (mesh.namespace === 'istio-cni') mesh.namespace = 'mesh';
  mesh.members = mesh.members.filter(member => member !== 'istio-cni');
}

/** Isolation is for Knative in the mesh. */
function isolation({ isolation, serving, eventing }: MeshValues, d: Dice): void {
  if (!isolation.enabled) return;
  if (serving.ingress === 'kourier' || !(serving.enabled || eventing.enabled)) {
    if (d.oneIn(2)) isolation.enabled = false;
    else Object.assign(serving, { ingress: 'istio', enabled: true });
  }
}

/** Kubernetes compares requests with limits, and writes unusual quantities in another way. */
function quantities({ gateway: { resources } }: MeshValues, d: Dice): void {
  const { requests, limits } = resources;
  if (requests.cpu !== '') requests.cpu = d.pick(['100m', '250m', '1']);
  if (limits.cpu !== '') limits.cpu = d.pick(['1', '2', '16']);
  if (requests.memory !== '') requests.memory = d.pick(['128Mi', '512Mi', '1Gi']);
  if (limits.memory !== '') limits.memory = d.pick(['1Gi', '2Gi', '3G']);
}

function autoscaling({ gateway: { autoscaling } }: MeshValues): void {
  const { minReplicas, maxReplicas } = autoscaling;
  autoscaling.minReplicas = Math.min(minReplicas, maxReplicas);
  autoscaling.maxReplicas = Math.max(minReplicas, maxReplicas);
}

function mesh({ mesh, serverless }: MeshValues, d: Dice): void {
  const control = mesh.controlPlane;
  if (knative.test(mesh.namespace) || mesh.namespace === routerNamespace)
    mesh.namespace = d.pick(['istio-system', 'mesh', '012']);
  mesh.members = mesh.members.filter(member => member !== mesh.namespace && !knative.test(member));
  const known: readonly string[] =
    mesh.generation === 'v2'
      ? controlPlaneVersions
      : istioVersions.flatMap(v => [`${v}-latest`, `${v}.${1 + d.below(5)}`]);
  if (control.version !== '' && !known.includes(control.version) && !control.allowUnknownVersion) {
    if (d.oneIn(3)) control.allowUnknownVersion = true;
    else control.version = d.pick(known);
  }
  // A newer one must still be one that the operator knows.
  if (mesh.generation === 'v3' && control.version !== '' && !known.includes(control.version))
    control.version = d.pick(['v1.31-latest', 'v1.30.2', 'v1.25-latest']);
  const [, number = '', unit] = /^(\d+)([sm])$/.exec(control.terminationDrainDuration) ?? [];
  if (unit === 's' && Number(number) <= 30)
    control.terminationDrainDuration = d.oneIn(2) ? `${number}m` : `${Number(number) + 30}s`;
  if (mesh.generation === 'v2' && !control.manageNetworkPolicy && serverless.release === 'v1.31') {
    if (d.oneIn(2)) control.manageNetworkPolicy = true;
    else serverless.release = d.pick(releases.slice(1));
  }
}

function excludedPorts({ mesh, serving }: MeshValues, d: Dice): void {
  const ports = mesh.controlPlane.excludedInboundPorts;
  if (serving.metrics.enabled && !ports.includes(metricsPort) && d.oneIn(3)) serving.metrics.enabled = false;
  for (const port of [waitForDrainPort, ...(serving.metrics.enabled ? [metricsPort] : [])]) {
    if (ports.includes(port)) continue;
    // A full list gives up one of its ports.
    const spare = ports.findIndex(other => other !== waitForDrainPort);
    ports.splice(ports.length < 32 ? d.below(ports.length + 1) : spare, ports.length < 32 ? 0 : 1, port);
  }
}

const block = (label: string, d: Dice) => `-----BEGIN ${label}-----\nMII${d.below(1e9)}\n-----END ${label}-----\n`;

function certificate({ gateway, serving, cluster, jobs }: MeshValues, d: Dice): void {
  const { tls } = gateway;
  const { issuer } = tls.certManager;
  if (tls.source !== 'inline' && tls.inline.privateKey !== '') {
    if (d.oneIn(4)) tls.source = 'inline';
    else tls.inline.privateKey = '';
  }
  if (tls.source !== 'existing' && serving.ingress === 'kourier') {
    if (d.oneIn(2)) serving.ingress = 'istio';
    else Object.assign(tls, { source: 'existing', inline: { ...tls.inline, privateKey: '' } });
  }
  if (tls.source === 'certManager' && cluster.appsDomain === '') cluster.appsDomain = 'apps.example.com';
  if (tls.source === 'clusterIngress') jobs.enabled = true;
  if (tls.secretName === 'serverless-mesh-ca') tls.secretName = 'root-of-mine';
  if (issuer.name === '' && (issuer.group !== 'cert-manager.io' || issuer.kind !== 'ClusterIssuer')) {
    if (d.oneIn(2)) issuer.name = d.pick(['company', 'true', '1e3']);
    else Object.assign(issuer, { group: 'cert-manager.io', kind: 'ClusterIssuer' });
  }
  if (tls.source !== 'inline') return;
  if (tls.inline.certificate === '') tls.inline.certificate = block('CERTIFICATE', d);
  if (tls.inline.privateKey === '') tls.inline.privateKey = block(d.pick(['PRIVATE KEY', 'EC PRIVATE KEY']), d);
}

function listeners({ kafka }: MeshValues): void {
  const first = <K extends 'name' | 'port'>(list: typeof kafka.listeners, key: K) => [
    ...new Map(list.toReversed().map(listener => [listener[key], listener])).values(),
  ];
  kafka.listeners = first(first(kafka.listeners, 'name').reverse(), 'port').reverse();
}

function kafka(values: MeshValues, d: Dice): void {
  const { kafka, eventing, cluster } = values;
  kafka.consumerNamespaces = kafka.consumerNamespaces.filter(name => name !== knativeEventing);
  if (kafka.enabled && !eventing.enabled) {
    if (d.oneIn(2)) eventing.enabled = true;
    else kafka.enabled = false;
  }
  if (kafka.enabled && kafka.bootstrapServers.length === 0)
    kafka.bootstrapServers = [`kafka-${d.below(100)}.kafka:9092`];
  const servers = kafka.bootstrapServers.map(server => {
    const [host = '', port = ''] = server.split(':');
    const local = `${host}.${cluster.dnsDomain}`;
    const place = d.oneIn(3) && local.length <= 253 ? local : host;
    return `${place}:${listenerPort(values, Number(port), d)}`;
  });
  kafka.bootstrapServers = [...new Set(servers.filter(server => server.length <= 257))];
  if (kafka.bootstrapServers.length === 0) kafka.enabled = false;
}

/** The port, if there is a listener for it or one can be added; otherwise another listener's. */
function listenerPort(values: MeshValues, port: number, d: Dice): number {
  const { listeners } = values.kafka;
  if (portsInUse(values).includes(port)) return port;
  const name = `tcp-${port}`;
  if (port > 65535 || listeners.length >= 50 || listeners.some(listener => listener.name === name) || !d.oneIn(3))
    return d.pick(portsInUse(values));
  listeners.push({ name, port });
  return port;
}

function credentials({ kafka: { authSecret, broker } }: MeshValues, d: Dice): void {
  if ((authSecret.name === '') !== (authSecret.namespace === '')) {
    if (d.oneIn(3)) Object.assign(authSecret, { name: '', namespace: '' });
    else if (authSecret.name === '') authSecret.name = d.pick(['null', 'kafka.user']);
    else authSecret.namespace = d.pick(['kafka', knativeEventing]);
  }
  if (!broker.enabled || authSecret.namespace === '' || authSecret.namespace === knativeEventing) return;
  if (d.oneIn(2)) authSecret.namespace = knativeEventing;
  else broker.enabled = false;
}

function verification({ verify, cluster, mesh }: MeshValues, d: Dice): void {
  if (verify.namespace === '') return;
  if (cluster.appsDomain === '') cluster.appsDomain = d.pick(['apps.example.com', 'true', 'e3']);
  const listed =
    mesh.generation === 'v3' ||
    !(mesh.memberRoll.create || mesh.serviceMeshMembers.create) ||
    mesh.members.includes(verify.namespace);
  if (listed) return;
  if (knative.test(verify.namespace) || verify.namespace === mesh.namespace) verify.namespace = '';
  else mesh.members.splice(d.below(mesh.members.length + 1), 0, verify.namespace);
}

const owned =
  /^(observability (metrics\.backend-destination|(request-)?metrics-protocol)|network ingress[-.]class|features istio)$/;

function configuration({ serving, eventing }: MeshValues): void {
  delete serving.config.istio;
  for (const config of [serving.config, eventing.config])
    for (const [name, map] of Object.entries(config)) {
      for (const key of Object.keys(map)) if (owned.test(`${name} ${key}`)) delete map[key];
      if (Object.keys(map).length === 0) delete config[name];
    }
}

function operators({ serverless, mesh }: OperatorValues, d: Dice): void {
  if (!serverless.enabled && !mesh.enabled) (d.oneIn(2) ? serverless : mesh).enabled = true;
  if (mesh.startingCSV !== '') mesh.generation = mesh.startingCSV.startsWith('servicemeshoperator3.') ? 'v3' : 'v2';
  if (/^(stable-[1-3]|1\.0$)/.test(mesh.channel)) mesh.channel = d.pick(['stable', 'candidates', '1']);
  if (mesh.generation === 'v3' && /\b1\.[0-9]/.test(serverless.channel + serverless.startingCSV))
    Object.assign(serverless, { channel: d.pick(['stable', 'stable-1.37']), startingCSV: '' });
}

/** Also more namespaces than one part of the policies has. */
function tenants(values: TenantValues, d: Dice): void {
  const { mesh, serving, eventing, kafka } = values;
  if (kafka.enabled || !serving.enabled) eventing.enabled = true;
  const theirs = ['knative-serving', 'knative-eventing', 'knative-serving-ingress', mesh.namespace];
  if (values.namespacePrefix !== '' && !values.namespacePrefix.endsWith('-'))
    values.namespacePrefix = `${values.namespacePrefix.slice(0, 30)}-`;
  if (theirs.some(name => name.startsWith(values.namespacePrefix))) values.namespacePrefix = '';
  const { namespacePrefix: prefix } = values;
  const more = d.oneIn(10) ? d.pick([49, 50, 149, 301]) : 1;
  const names = [...values.namespaces, ...Array.from({ length: more }, (_, i) => `${prefix}n${i}`)]
    .map(name => (name.startsWith(prefix) ? name : `${prefix}${name}`).slice(0, 63).replace(/-+$/, 'x'))
    .filter(name => !theirs.includes(name));
  values.namespaces = [...new Set(names)].slice(values.namespaces.length > 0 && more === 1 ? 0 : -more);
}

const repairs: Readonly<Record<string, readonly ((values: never, d: Dice) => void)[]>> = {
  'serverless-mesh-operators': [operators],
  'serverless-mesh-tenant': [tenants],
  'serverless-mesh': [
    together,
    isolation,
    generation,
    autoscaling,
    quantities,
    resources,
    mesh,
    egress,
    networkPolicies,
    excludedPorts,
    certificate,
    listeners,
    kafka,
    credentials,
    verification,
    domains,
    configuration,
  ],
};

/** The same value set, changed in place. Entries of the user's own maps that a rule names by key are taken out. */
export function repair(chart: Chart, values: Values, d: Dice): Values {
  for (const change of repairs[chart.name] ?? []) change(values as never, d);
  for (const { nearest } of ruleFindings(chart, values)) {
    if (chart.rules.some(rule => isDeepStrictEqual(rule.path.keys, nearest))) continue;
    const map = nearest.slice(0, -1).reduce<unknown>((at, step) => (at as Values)[step], values);
    Reflect.deleteProperty(map as object, nearest.at(-1)!);
  }
  return values;
}
