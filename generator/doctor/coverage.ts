/** What doctor says of each known pitfall of the integration, and of each error of the documents. */

export interface Covered {
  /** P: a pitfall; E: an error of the documents. */
  readonly id: string;
  readonly what: string;
  /** Ids of the rows that find it; none where neither the API nor files show it. */
  readonly by: readonly string[];
  /** Why not; or which part of it is not seen. */
  readonly why?: string;
}
const seen = (id: string, what: string, by: string = id, why?: string): Covered => ({
  id,
  what,
  by: by.split(' '),
  ...(why === undefined ? {} : { why }),
});
const unseen = (id: string, what: string, why: string): Covered => ({ id, what, by: [], why });

export const coverage: readonly Covered[] = [
  seen('P1', 'two Gateways with one host on the same pods'),
  seen('P2', 'a certificate without subject alternative names'),
  seen('P3', 'clients do not trust the certificate', 'P3', 'Which CAs a client trusts is known to the client only.'),
  seen('P4', 'the Secret is in another namespace than the gateway pods'),
  seen('P5', 'IngressNotConfigured', 'P5 S6', 'Whether net-istio runs is seen by the condition Ready only.'),
  seen('P6', 'a Gateway beside it names a Secret that is missing'),
  seen('P7', 'an address in config-istio that is no Service'),
  seen('P8', 'port names of the gateway Service'),
  seen(
    'P9',
    'activator or autoscaler outside the mesh',
    'P9',
    'A race at their start leaves no trace but in their logs: serverless-mesh verify reads those.',
  ),
  seen('P10', 'pods of Knative without a proxy'),
  seen('P11', 'members of the roll that do not exist'),
  seen('P12', 'the webhook of Service Mesh 2 does not answer'),
  seen('P13', 'a webhook of a former Istio'),
  seen('P14', 'NetworkPolicies between API server and webhooks'),
  seen('P15', 'a route past the gateway'),
  seen('P16', 'ports that the mesh must leave out'),
  seen('P17', 'probes that are not rewritten'),
  unseen('P18', 'an application calls out before its proxy runs', 'Whether it calls at its start stands in no object.'),
  seen('P19', 'Kafka cannot be reached out of the mesh'),
  seen('P20', 'the Kafka controller outside the mesh'),
  seen('P21', 'Eventing without its DestinationRules'),
  seen('P22', 'pods of event sources outside the mesh'),
  unseen('P23', 'no matches for kind, at an install', 'What was refused was never stored.'),
  seen('P24', 'a Helm release owns a namespace of the operator'),
  seen('P25', 'a resource that waits for its end'),
  seen('P26', 'a webhook of a former Knative'),
  seen('P27', 'KnativeKafka without KnativeEventing'),
  seen('P28', 'Kourier beside, or in place of, the mesh'),
  seen('P29', 'GitOps against the webhook of Knative'),
  seen('P30', 'a field that the operator does not know'),
  seen('P31', 'both formats of config-istio'),
  unseen(
    'P32',
    'a Secret is made before its namespace',
    'It is an order of events: afterwards both exist, or the Secret is missing, which is P3.',
  ),
  seen('P33', 'long requests with Service Mesh 3'),
  seen('P34', 'Knative moved to another mesh'),
  seen('E1', 'spec.broker.sink of KnativeKafka'),
  seen('E2', 'one port name twice in a ServiceEntry'),
  seen('E3', 'openssl commands without a subject alternative name', 'P2'),
  seen('E4', 'the label by which a NetworkPolicy selects monitoring'),
  seen('E5', 'addresses of Service Mesh 2 with Service Mesh 3'),
  seen('E6', 'the Secret in istio-system with Service Mesh 3', 'P4'),
  seen('E7', 'an Istio without excluded ports', 'P16'),
  seen('E8', 'the annotation in place of the label'),
  unseen(
    'E9',
    'oc apply -f with two files',
    'The command line leaves no trace; what was not applied belongs to tenants of whom nothing else tells.',
  ),
  seen('E10', 'Kourier before a mesh'),
];
