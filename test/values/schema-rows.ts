/** Each row: what it shows, values of the sample schema (a YAML flow map), and the findings, in the order of ajv. */
const table = `
# unknown: a slip of the pen
kafka: {enabled: true, bootstrapServer: []}
  kafka.bootstrapServer: is no value of this chart; did you mean kafka.bootstrapServers?
# unknown: another case
Mesh: {}
  Mesh: is no value of this chart; did you mean mesh?
# unknown: the beginning of a name
kafka: {enabled: true, bootstrap: []}
  kafka.bootstrap: is no value of this chart; did you mean kafka.bootstrapServers?
# unknown: a path run together
kafkaEnabled: true
  kafkaEnabled: is no value of this chart; did you mean kafka.enabled? Write it as nested maps
# unknown: a dotted path
kafka.enabled: true
  ["kafka.enabled"]: is no value of this chart; did you mean kafka.enabled? Write it as nested maps
# unknown: a part of a path run together
kafka: {enabled: true, brokerEnabled: true}
  kafka.brokerEnabled: is no value of this chart; did you mean kafka.broker.enabled? Write it as nested maps
# unknown: a name of another section
members: []
  members: is no value of this chart; did you mean mesh.members?
# unknown: a name of several sections
enabled: true
  enabled: is no value of this chart; did you mean serving.enabled, kafka.enabled or kafka.broker.enabled?
# unknown: nothing like it
serving: {colour: red}
  serving.colour: is no value of this chart; remove it, or write one of enabled, ingress
# unknown: a section in another one
serving: {kafka: {}}
  serving.kafka: is no value of this chart; did you mean kafka?
# unknown: signs only
serving: {'*': 1}
  serving["*"]: is no value of this chart; remove it, or write one of enabled, ingress
# unknown in a list
kafka: {enabled: true, listeners: [{nam: a, name: a, port: 1}]}
  kafka.listeners[0].nam: is no value of this chart; did you mean kafka.listeners[0].name?
# type: a number for a text
mesh: {namespace: a}, kafka: {enabled: true, bootstrapServers: [8080]}
  kafka.bootstrapServers[0]: is 8080, a number; write "8080" in quotes
# type: a number that would not do as a text
mesh: {namespace: 8080}
  mesh.namespace: is 8080, a number; write lower-case letters, digits and '-', for example team-a
# type: a boolean for a text
commonLabels: {a: true}
  commonLabels.a: is true, a boolean; write "true" in quotes
# type: null for a text
commonLabels: {my/key: null}
  commonLabels["my/key"]: is null; write a text, or remove the line
# type: a text for a boolean
serving: {enabled: 'yes'}
  serving.enabled: is "yes", a text; write true without quotes
# type: false in quotes
serving: {enabled: 'False'}
  serving.enabled: is "False", a text; write false without quotes
# type: a number for a boolean
serving: {enabled: 1}
  serving.enabled: is 1, a number; write true or false
# type: a list for a boolean
serving: {enabled: []}
  serving.enabled: is a list; write true or false
# type: a text for a number
kafka: {enabled: true, listeners: [{name: a, port: '9092'}]}
  kafka.listeners[0].port: is "9092", a text; write 9092 without quotes
# type: a fraction
kafka: {enabled: true, listeners: [{name: a, port: 1.5}]}
  kafka.listeners[0].port: is 1.5, a number; write a whole number from 1 to 65535
# type: an empty text for a number
kafka: {enabled: true, broker: {replicationFactor: ''}}
  kafka.broker.replicationFactor: is an empty text; write a whole number, at least 1
# type: a text for a list
mesh: {members: team-a}
  mesh.members: is "team-a", a text; write a list: ["team-a"]
# type: a map for a list
mesh: {members: {a: 1}}
  mesh.members: is a map; write a list
# type: a boolean for a section
kafka: true
  kafka: is true, a boolean; write a map: {enabled: true}
# type: a text for a section
mesh: x
  mesh: is "x", a text; write a map of namespace, members, plain
# type: a list for a free map
resources: []
  resources: is a list; write a map
# type: one of two
either: true
  either: is true, a boolean; write a text or a whole number
# enum: near
serving: {ingress: Istoi}
  serving.ingress: is "Istoi"; write istio or kourier (did you mean istio?)
# enum: far
serving: {ingress: nginx-controller}
  serving.ingress: is "nginx-controller"; write istio or kourier
# enum: a number, told once
serverless: {release: 1.37}
  serverless.release: is 1.37; write v1.36, v1.37 or v1.38 (did you mean v1.37?)
# enum: empty
serverless: {release: ''}
  serverless.release: is an empty text; write v1.36, v1.37 or v1.38
# const
gateway: {tls: {kind: x}}
  gateway.tls.kind: is "x"; write Issuer
# pattern with a hint
mesh: {namespace: Team_A}
  mesh.namespace: is "Team_A"; write lower-case letters, digits and '-', for example team-a
# pattern without a hint
mesh: {plain: b}
  mesh.plain: is "b"; write a text that matches ^a+$
# pattern and length, told once
mesh: {namespace: TEAM-A-AND-B}
  mesh.namespace: has 12 characters; write at most 10
# maxLength counts characters
commonLabels: {a: 😀😀😀😀😀😀}
  commonLabels.a: has 6 characters; write at most 5
# minimum
kafka: {enabled: true, listeners: [{name: a, port: 0}]}
  kafka.listeners[0].port: is 0; write a whole number from 1 to 65535
# maximum
kafka: {enabled: true, listeners: [{name: a, port: 70000}]}
  kafka.listeners[0].port: is 70000; write a whole number from 1 to 65535
# minItems, none
gateway: {hosts: []}
  gateway.hosts: is empty; write at least 2
# minItems, too few
gateway: {hosts: [a]}
  gateway.hosts: has 1 item; write at least 2
# maxItems
mesh: {members: [a, b, c, d]}
  mesh.members: has 4 items; write at most 3
# uniqueItems
mesh: {members: [a, b, a]}
  mesh.members[2]: is the same as mesh.members[0], a; remove one of the two
# minProperties
commonLabels: {}
  commonLabels: is empty; write at least 1
# propertyNames, told once
commonLabels: {A KEY THAT IS TOO LONG: x}
  commonLabels["A KEY THAT IS TOO LONG"]: is not allowed as a key; write lower-case letters and /, for example my/key
# a wrong key and a wrong value
commonLabels: {A: 1}
  commonLabels.A: is not allowed as a key; write lower-case letters and /, for example my/key
  commonLabels.A: is 1, a number; write "1" in quotes
# required: deleted
kafka: {}
  kafka.enabled: was deleted with null; leave it out to get the default
# required: in a list
kafka: {enabled: true, listeners: [{name: a}]}
  kafka.listeners[0].port: is missing; write it
# a secret is not shown
gateway: {tls: {privateKey: 12345, token: ABC}}
  gateway.tls.privateKey: is a wrong number (not shown); write a text
  gateway.tls.token: is a wrong text (not shown); write a text that matches ^[a-z]+$
# nor what stands where its section belongs
gateway: {tls: hunter2}
  gateway.tls: is a wrong text (not shown); write a map of certificate, privateKey, token, kind
`;

export type SchemaRow = readonly [name: string, values: string, want: readonly string[]];

export const schemaRows: readonly SchemaRow[] = table
  .split(/\n# /)
  .slice(1)
  .map(row => {
    const [name = '', values = '', ...want] = row.trim().split('\n');
    return [name, `{${values}}`, want.map(line => line.trim())];
  });
