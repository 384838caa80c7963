/** The collector of traces, as both control planes name it. */
import { v } from '../values.ts';

/** Name by which the Telemetry resource finds the collector. */
export const tracingProvider = 'otel';
const { host, port } = v.mesh.controlPlane.tracing.collector;
export const extensionProviders = [{ name: tracingProvider, opentelemetry: { service: host, port } }];
