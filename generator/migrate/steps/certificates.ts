/** The certificate of the ingress gateway must be where its pods are, before they start. */
import { caName } from '../../model/serverless-mesh/certificates/cert-manager.ts';
import { shellQuote } from '../../shell.ts';
import { gatewayNamespaceOf3, meshNamespace, nothing } from '../commands.ts';
import type { Migration } from '../migration.ts';
import { certManagerCa, serverlessOn3 } from '../sources.ts';
import type { Row } from '../step.ts';

const tls = ({ after }: Migration) => after.gateway.tls;
const bySource = (source: string, holds: (m: Migration) => boolean = () => true) => ({
  words: `gateway.tls.source ${source}`,
  holds: (m: Migration) => m.after.serving.enabled && tls(m).source === source && holds(m),
});

/** Copies a Secret. Its keys go through a pipe, not through a file or an annotation of oc apply. */
function copy(name: string, from: string, keys: readonly string[]): string {
  const data = keys.map(key => `"${key}":"{{index .data "${key}"}}"`).join(',');
  const object = `{"apiVersion":"v1","kind":"Secret","type":"{{.type}}","metadata":{"name":"${name}","namespace":"${gatewayNamespaceOf3}"},"data":{${data}}}`;
  return `oc get secret/${name} -n ${from} -o go-template='${object}' | oc apply --server-side -f -`;
}

const remove = (name: string) => ({
  say: 'Delete the copy.',
  commands: [`oc delete secret/${name} -n ${gatewayNamespaceOf3}`],
});

/** Subject, end and hosts of a certificate, of which only the public part is read. */
const show = (name: string, namespace: string) =>
  `oc get secret/${name} -n ${namespace} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -subject -enddate -ext subjectAltName`;

const covers = ({ after }: Migration) =>
  `${after.cluster.appsDomain === '' ? 'the wildcard of your domain' : `DNS:*.${after.cluster.appsDomain}`} as a subject alternative name`;

export const existingCertificate: Row = {
  id: 'certificate-existing',
  title: 'Copy the certificate to the new gateway',
  source: serverlessOn3,
  when: bySource('existing'),
  step: m => ({
    why: `The new gateway runs in ${gatewayNamespaceOf3} and reads Secrets of its own namespace only.`,
    commands: [copy(tls(m).secretName, meshNamespace(m), ['tls.crt', 'tls.key'])],
    check: {
      command: show(tls(m).secretName, gatewayNamespaceOf3),
      shows: `the same certificate as before, not expired, with ${covers(m)}. From now on renew it here as well.`,
    },
    back: remove(tls(m).secretName),
  }),
};

export const inlineCertificate: Row = {
  id: 'certificate-inline',
  title: 'Look whether the certificate in the values is still good',
  source: serverlessOn3,
  when: bySource('inline'),
  step: m => ({
    why: `The chart makes Secret ${tls(m).secretName} in ${gatewayNamespaceOf3} from the values, so what is in the values must be what is served.`,
    commands: [
      show(tls(m).secretName, meshNamespace(m)),
      `oc get secret/${tls(m).secretName} -n ${meshNamespace(m)} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -checkend 2592000`,
    ],
    check: {
      command: `grep -c privateKey ${shellQuote(m.newFile)}`,
      shows: `1: only --values-out writes the key, and for you alone. The certificate has ${covers(m)}, and will not expire within 30 days.`,
    },
    back: nothing,
  }),
};

const issuerOf = (m: Migration) => tls(m).certManager.issuer;

export const rootCertificate: Row = {
  id: 'certificate-root',
  title: 'Take the root of the chart along',
  source: certManagerCa,
  when: {
    ...bySource('certManager', m => issuerOf(m).name === ''),
    words: 'gateway.tls.source certManager, without an issuer',
  },
  step: m => ({
    why: `cert-manager would make a new root in ${gatewayNamespaceOf3}, which your clients do not trust; with its old key there, it goes on with that.`,
    commands: [copy(caName, meshNamespace(m), ['tls.crt', 'tls.key', 'ca.crt'])],
    check: {
      command: `for place in ${meshNamespace(m)} ${gatewayNamespaceOf3}; do oc get secret/${caName} -n $place -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -pubkey | openssl sha256; done`,
      shows: 'the same line twice; look again after the upgrade.',
    },
    back: remove(caName),
  }),
};

export const namespacedIssuer: Row = {
  id: 'certificate-issuer',
  title: 'Make the issuer available to the new gateway',
  source: 'https://cert-manager.io/docs/concepts/issuer/#namespaces',
  when: {
    ...bySource('certManager', m => issuerOf(m).name !== ''),
    words: 'gateway.tls.source certManager, with an issuer',
  },
  step: m => {
    const { name, kind, group } = issuerOf(m);
    const resource = `${kind.toLowerCase()}.${group}/${name}`;
    const isWide = kind.startsWith('Cluster');
    const body = `{"apiVersion":"'"$(oc get ${resource} -n ${meshNamespace(m)} -o jsonpath='{.apiVersion}')"'","kind":"${kind}","metadata":{"name":"${name}","namespace":"${gatewayNamespaceOf3}"},"spec":'"$(oc get ${resource} -n ${meshNamespace(m)} -o jsonpath='{.spec}')"'}`;
    const ready = (place: string) =>
      `oc get ${resource}${place} -o jsonpath='{.status.conditions[?(@.type=="Ready")].status}{"\\n"}'`;
    return {
      why: isWide
        ? `${kind} ${name} signs in every namespace, so the chart can ask it for the certificate in ${gatewayNamespaceOf3}.`
        : `An ${kind} signs in its own namespace only, and the certificate is now asked for in ${gatewayNamespaceOf3}; Secrets that its spec names must be there as well.`,
      commands: isWide ? [`oc get ${resource}`] : [`echo '${body}' | oc apply -f -`],
      check: { command: ready(isWide ? '' : ` -n ${gatewayNamespaceOf3}`), shows: 'True.' },
      back: isWide
        ? nothing
        : { say: 'Delete the copy.', commands: [`oc delete ${resource} -n ${gatewayNamespaceOf3}`] },
    };
  },
};

export const routerCertificate: Row = {
  id: 'certificate-router',
  title: "Look at the router's certificate",
  source: 'this chart: the Job after install and upgrade copies it',
  when: bySource('clusterIngress'),
  step: m => {
    const { secretName } = tls(m).clusterIngress;
    return {
      why: `The Job of the chart copies it to ${gatewayNamespaceOf3} right after the upgrade, so it must be good now.`,
      commands: [`oc get secret/${secretName} -n openshift-ingress`],
      check: {
        command: show(secretName, 'openshift-ingress'),
        shows: `a certificate that is not expired, with ${covers(m)}.`,
      },
      back: nothing,
    };
  },
};
