/** Resources of each pod of the ingress gateway, as Kubernetes and the control plane of Service Mesh 2 take them alike. */
import { or } from '../../../gotmpl/functions.ts';
import { entries, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { v } from '../values.ts';

const { requests, limits } = v.gateway.resources;
const quantities = (map: Ref<Record<string, string>>) =>
  when<Templated<Record<string, string>>>(map, { ...entries(map) });

export const hasResources = or(requests, limits);
export const gatewayResources = { requests: quantities(requests), limits: quantities(limits) };
