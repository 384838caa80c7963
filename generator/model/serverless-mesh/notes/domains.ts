/** NOTES of domain mappings, and of the label that their Secrets need. */
import { and, eq, not, or } from '../../../gotmpl/functions.ts';
import { each, fmt, when } from '../../../gotmpl/index.ts';
import type { TextLine } from '../../chart.ts';
import { onReleases } from '../../facts/releases.ts';
import { mappingsKnown } from '../domains/mappings.ts';
import { gatewaysWanted, v } from '../values.ts';

export const filtering: readonly TextLine[] = [
  when(
    and(
      gatewaysWanted,
      or(
        eq(v.serving.secretInformerFiltering, 'enabled'),
        and(
          eq(v.serving.secretInformerFiltering, 'operatorDefault'),
          onReleases(r => r.secretFiltering === 'environment'),
        ),
      ),
    ),
    [
      '',
      'Secret filtering is on: Secrets that Knative Serving uses, such as those of domain mappings, need the label',
      '  networking.internal.knative.dev/certificate-uid: "<id>"',
      each(v.domainMappings, 'mapping', mapping => [
        fmt`  oc label -n ${mapping.namespace} secret ${mapping.secretName} --overwrite networking.internal.knative.dev/certificate-uid=${mapping.service}`,
      ]),
    ],
  ),
];

export const domains: readonly TextLine[] = [
  when(not(mappingsKnown), [
    '',
    'The domain mappings are not there yet, for Knative was not: run helm upgrade with the same values, once the Job is done.',
  ]),
  when(mappingsKnown, [
    '',
    'Domain mappings: each needs its Secret, and a DNS name that leads to the router of OpenShift. To see them:',
    each(v.domainMappings, 'mapping', mapping => [
      fmt`  oc get -n ${mapping.namespace} secret/${mapping.secretName} domainmapping.serving.knative.dev/${mapping.host}`,
    ]),
  ]),
];
