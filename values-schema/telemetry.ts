/** What the proxies of the mesh report. */
import { choice, flag, freeText, grammar, integer, optional, section, text } from './field.ts';

export const accessLog = section(
  { title: 'Access log', description: 'A line in the log of a proxy for each request, as Red Hat tests it.' },
  {
    enabled: flag({
      title: 'Write an access log',
      description: 'Write one to the output of each proxy, where the cluster logging collects it.',
      default: false,
    }),
    encoding: choice(['TEXT', 'JSON'], {
      title: 'Encoding',
      description: 'How each line is written.',
      default: 'TEXT',
    }),
    format: text({
      title: 'Format',
      description:
        "Format of a line, in Envoy's words; with TEXT it must end with a line break. Empty means that of Istio.",
      default: '',
      ...freeText,
    }),
  },
);

export const tracing = section(
  { title: 'Tracing', description: 'Where the proxies send traces of requests.' },
  {
    type: choice(['operatorDefault', 'none', 'openTelemetry'], {
      title: 'Type',
      description:
        'operatorDefault: Service Mesh 2 installs Jaeger, Service Mesh 3 sends none. none: no traces, as Red Hat tests it. openTelemetry: to the collector; with Service Mesh 2 from v2.6 on.',
      default: 'operatorDefault',
    }),
    collector: section(
      { title: 'Collector', description: 'The OpenTelemetry Collector, which takes OTLP over gRPC.' },
      {
        host: text({
          title: 'Host',
          description:
            'Its Service, for example otel-collector.tracing.svc.cluster.local. With Service Mesh 2 it must be in mesh.namespace or a namespace of the mesh, and have no sidecar.',
          default: '',
          ...optional(grammar.host),
        }),
        port: integer({ title: 'Port', description: 'Its port.', default: 4317, minimum: 1, maximum: 65535 }),
      },
    ),
    samplingPercentage: integer({
      title: 'Sampling',
      description: 'Percent of the requests that are traced, with openTelemetry.',
      default: 1,
      minimum: 0,
      maximum: 100,
    }),
  },
);
