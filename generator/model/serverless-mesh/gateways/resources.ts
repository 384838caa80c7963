/** Resources of each pod of the ingress gateway, as Kubernetes and the control plane of Service Mesh 2 take them alike. */
import { or } from '../../../gotmpl/functions.ts';
import { defineMap, include, type Ref, type Templated, when } from '../../../gotmpl/index.ts';
import { v } from '../values.ts';

const { requests, limits } = v.gateway.resources;
type Quantities = Templated<Record<string, string>>;

const quantities = ({ cpu, memory }: Ref<{ cpu: string; memory: string }>) =>
  when<Quantities>(or(cpu, memory), { cpu: when(cpu, cpu), memory: when(memory, memory) } as Quantities);

export const hasResources = or(requests.cpu, requests.memory, limits.cpu, limits.memory);
export const gatewayResources = defineMap(
  'serverless-mesh.gatewayResources',
  'Resources of each pod of the ingress gateway.',
  { requests: quantities(requests), limits: quantities(limits) },
  hasResources,
);
type Resources = Templated<{ readonly requests?: Record<string, string>; readonly limits?: Record<string, string> }>;
export const includedResources: Resources = { ...include(gatewayResources) };
