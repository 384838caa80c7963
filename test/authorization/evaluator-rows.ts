/** Rows for the evaluator: each meaning of a policy once as it matches, and once as it just does not. */
import type { Call } from './evaluator.ts';

const peer = { trustDomain: 'cluster.local', namespace: 'a', serviceAccount: 'x' };
export const usual: Call = {
  from: peer,
  to: { namespace: 'here', labels: { app: 'web', tier: 'front' } },
  port: 8080,
  method: 'GET',
  host: 'web.here',
  path: '/p/q',
  headers: { Team: 'red' },
};
const from = (...sources: object[]) => ({ rules: [{ from: sources.map(source => ({ source })) }] });
const to = (...operations: object[]) => ({ rules: [{ to: operations.map(operation => ({ operation })) }] });
const when = (...conditions: [name: string, ...values: string[]][]) => ({
  rules: [{ when: conditions.map(([name, ...values]) => ({ key: `request.headers[${name}]`, values })) }],
});
const select = (matchLabels: object, rules: object[] = []) => ({ selector: { matchLabels }, rules });
const plaintext = { from: undefined };
const as = (change: Partial<typeof peer>): Partial<Call> => ({ from: { ...peer, ...change } });

/** `specs`: of policies in the namespace of the pod; a namespace before the spec says another. */
type Row = readonly [
  title: string,
  specs: readonly (object | readonly [namespace: string, spec: object])[],
  want: 'allowed' | 'denied',
  call?: Partial<Call>,
];
export const rows: readonly Row[] = [
  ['no policy', [], 'allowed'],
  ['a policy of another namespace', [['there', {}]], 'allowed'],
  ['a policy of the root namespace', [['istio-system', {}]], 'denied'],
  ['a policy of the root namespace for pods with a label', [['istio-system', select({ app: 'web' })]], 'denied'],
  ['a policy for other pods', [select({ app: 'db' })], 'allowed'],
  ['a policy for pods with one of the labels', [select({ tier: 'front' })], 'denied'],
  ['a policy for pods with one label of ours and one that is not', [select({ app: 'web', zone: 'x' })], 'allowed'],
  ['spec {} matches nothing', [{}], 'denied'],
  ['an empty list of rules matches nothing', [{ rules: [] }], 'denied'],
  ['an empty rule matches everything', [{ rules: [{}] }], 'allowed'],
  ['one policy that matches is enough', [{}, { rules: [{}] }], 'allowed'],
  ['a policy for other pods does not allow', [{}, select({ app: 'db' }, [{}])], 'denied'],
  ['one rule that matches is enough', [{ rules: [...from({ namespaces: ['b'] }).rules, {}] }], 'allowed'],
  ['a namespace', [from({ namespaces: ['b', 'a'] })], 'allowed'],
  ['another namespace', [from({ namespaces: ['b', 'aa'] })], 'denied'],
  ['a namespace without a certificate', [from({ namespaces: ['a'] })], 'denied', plaintext],
  ['any namespace without a certificate', [from({ namespaces: ['*'] })], 'denied', plaintext],
  ['any namespace', [from({ namespaces: ['*'] })], 'allowed'],
  ['a namespace with a beginning', [from({ namespaces: ['a-*'] })], 'allowed', as({ namespace: 'a-b' })],
  ['a namespace without the end of the beginning', [from({ namespaces: ['a-*'] })], 'denied', as({ namespace: 'ab' })],
  ['a namespace with an end', [from({ namespaces: ['*-b'] })], 'allowed', as({ namespace: 'a-b' })],
  ['a namespace without that end', [from({ namespaces: ['*-b'] })], 'denied', as({ namespace: 'a-bc' })],
  ['a namespace in another case', [from({ namespaces: ['A'] })], 'denied'],
  ['a namespace of another trust domain', [from({ namespaces: ['a'] })], 'allowed', as({ trustDomain: 'td' })],
  ['a principal', [from({ principals: ['cluster.local/ns/a/sa/x'] })], 'allowed'],
  ['a principal of another namespace', [from({ principals: ['cluster.local/ns/b/sa/x'] })], 'denied'],
  ['a principal of another trust domain', [from({ principals: ['td/ns/a/sa/x'] })], 'denied'],
  ['a longer principal', [from({ principals: ['cluster.local/ns/a/sa/x'] })], 'denied', as({ serviceAccount: 'xy' })],
  ['principals with a beginning', [from({ principals: ['cluster.local/ns/a/*'] })], 'allowed'],
  ['principals with an end', [from({ principals: ['*/sa/x'] })], 'allowed'],
  ['any principal', [from({ principals: ['*'] })], 'allowed'],
  ['any principal without a certificate', [from({ principals: ['*'] })], 'denied', plaintext],
  ['fields of a source are ANDed', [from({ namespaces: ['a'], principals: ['cluster.local/ns/a/sa/y'] })], 'denied'],
  ['sources are ORed', [from({ namespaces: ['b'] }, { namespaces: ['a'] })], 'allowed'],
  ['a host', [to({ hosts: ['x', 'web.here'] })], 'allowed'],
  ['a host in another case', [to({ hosts: ['Web.here'] })], 'allowed', { host: 'wEb.here' }],
  ['a host with a port', [to({ hosts: ['web.here'] })], 'denied', { host: 'web.here:80' }],
  ['a host with a port that is asked for', [to({ hosts: ['web.here:*'] })], 'allowed', { host: 'web.here:80' }],
  ['a host with an end', [to({ hosts: ['*.here'] })], 'allowed'],
  ['a host with that end and a port', [to({ hosts: ['*.here'] })], 'denied', { host: 'web.here:80' }],
  ['a host that is the end without its dot', [to({ hosts: ['*.here'] })], 'denied', { host: 'here' }],
  ['a path', [to({ paths: ['/p/q'] })], 'allowed'],
  ['a path with a query', [to({ paths: ['/p/q'] })], 'allowed', { path: '/p/q?x=/y#z' }],
  ['a path in another case', [to({ paths: ['/P/q'] })], 'denied'],
  ['a path below', [to({ paths: ['/p/*'] })], 'allowed'],
  ['the path itself', [to({ paths: ['/p/*'] })], 'denied', { path: '/p' }],
  ['a path with the same beginning', [to({ paths: ['/p/*'] })], 'denied', { path: '/pq' }],
  ['a path that ends so', [to({ paths: ['*/q'] })], 'allowed'],
  ['a port', [to({ ports: ['80', '8080'] })], 'allowed'],
  ['another port', [to({ ports: ['80'] })], 'denied'],
  ['a method', [to({ methods: ['POST', 'GET'] })], 'allowed'],
  ['another method', [to({ methods: ['POST'] })], 'denied'],
  ['fields of an operation are ANDed', [to({ methods: ['GET'], paths: ['/x'] })], 'denied'],
  ['operations are ORed', [to({ methods: ['POST'] }, { paths: ['/p/q'] })], 'allowed'],
  ['a header', [when(['Team', 'blue', 'red'])], 'allowed'],
  ['a header by a name in another case', [when(['tEAM', 'red'])], 'allowed'],
  ['a header with another value', [when(['Team', 'blue'])], 'denied'],
  ['a header whose value is in another case', [when(['Team', 'Red'])], 'denied'],
  ['a header with a beginning', [when(['Team', 're*'])], 'allowed'],
  ['a header that is absent', [when(['Group', 'red'])], 'denied'],
  ['a header that only has to be there', [when(['Team', '*'])], 'allowed', { headers: { team: '' } }],
  ['a header that has to be there and is not', [when(['Group', '*'])], 'denied'],
  ['a header sent twice', [when(['Team', 'red'])], 'denied', { headers: { team: 'red,blue' } }],
  ['conditions are ANDed', [when(['Team', 'red'], ['Group', '*'])], 'denied'],
  ['a header needs no certificate', [when(['Team', 'red'])], 'allowed', plaintext],
  [
    'from without to',
    [{ rules: [{ ...from({ namespaces: ['a'] }).rules[0], ...to({ ports: ['1'] }).rules[0] }] }],
    'denied',
  ],
  [
    'from and to',
    [{ rules: [{ ...from({ namespaces: ['a'] }).rules[0], ...to({ ports: ['8080'] }).rules[0] }] }],
    'allowed',
  ],
  [
    'to without from',
    [{ rules: [{ ...from({ namespaces: ['b'] }).rules[0], ...to({ ports: ['8080'] }).rules[0] }] }],
    'denied',
  ],
];

/** A good policy, and one change by which the evaluator no longer knows what it means. */
export const good = {
  apiVersion: 'security.istio.io/v1',
  kind: 'AuthorizationPolicy',
  metadata: { name: 'p', namespace: 'here' },
  spec: { action: 'ALLOW', rules: [{ from: [{ source: { namespaces: ['a'] } }] }] },
};
const spec = (change: object) => ({ spec: { ...good.spec, ...change } });
export const refused: readonly (readonly [title: string, change: object, message: RegExp])[] = [
  ['another version', { apiVersion: 'security.istio.io/v2' }, /apiVersion/],
  ['no namespace', { metadata: { name: 'p' } }, /namespace/],
  ['a dry run', { metadata: { ...good.metadata, annotations: { 'istio.io/dry-run': 'true' } } }, /dry-run/],
  ['DENY', spec({ action: 'DENY' }), /action/],
  ['CUSTOM', spec({ action: 'CUSTOM', provider: { name: 'x' } }), /provider/],
  ['targetRefs', spec({ targetRefs: [] }), /targetRefs/],
  ['expressions in the selector', spec({ selector: { matchExpressions: [] } }), /matchExpressions/],
  ['rules that are null', spec({ rules: null }), /rules/],
  ['no spec', { spec: undefined }, /spec/],
  ['from without a source', spec({ rules: [{ from: [] }] }), /from/],
  ['a source of null', spec({ rules: [{ from: [{ source: null }] }] }), /source/],
  ['an empty source', spec({ rules: [{ from: [{ source: {} }] }] }), /source/],
  ['notNamespaces', spec({ rules: [{ from: [{ source: { notNamespaces: ['a'] } }] }] }), /notNamespaces/],
  ['ipBlocks', spec({ rules: [{ from: [{ source: { ipBlocks: ['10.0.0.0/8'] } }] }] }), /ipBlocks/],
  ['serviceAccounts', spec({ rules: [{ from: [{ source: { serviceAccounts: ['a'] } }] }] }), /serviceAccounts/],
  ['a list of null', spec({ rules: [{ from: [{ source: { namespaces: null } }] }] }), /namespaces/],
  ['an empty list', spec({ rules: [{ from: [{ source: { namespaces: [] } }] }] }), /namespaces/],
  ['a star in the middle', spec({ rules: [{ from: [{ source: { namespaces: ['a*b'] } }] }] }), /namespaces/],
  ['two stars', spec({ rules: [{ to: [{ operation: { paths: ['*a*'] } }] }] }), /paths/],
  ['a template of a path', spec({ rules: [{ to: [{ operation: { paths: ['/{**}'] } }] }] }), /paths/],
  ['a port that is a number', spec({ rules: [{ to: [{ operation: { ports: [80] } }] }] }), /ports/],
  ['methods with a star', spec({ rules: [{ to: [{ operation: { methods: ['*'] } }] }] }), /methods/],
  ['notPaths', spec({ rules: [{ to: [{ operation: { notPaths: ['/a'] } }] }] }), /notPaths/],
  ['another condition', spec({ rules: [{ when: [{ key: 'source.ip', values: ['1.1.1.1'] }] }] }), /key/],
  ['notValues', spec({ rules: [{ when: [{ key: 'request.headers[a]', notValues: ['b'] }] }] }), /notValues/],
];
