import { when } from '../../../gotmpl/index.ts';
import { v } from '../values.ts';
import { alert, alertsIn } from './alerts.ts';
import { alerts, resource } from './monitors.ts';

export default resource({
  doc: 'Alerts before the root certificate of the mesh expires: then no proxy trusts another.',
  source: 'github.com/istio/istio security/pkg/server/ca/monitoring.go',
  documents: when(
    alerts,
    alertsIn('serverless-mesh-mesh', v.mesh.namespace, [
      alert({
        alert: 'MeshRootCertificateExpires',
        expr: '(citadel_server_root_cert_expiry_timestamp - time()) / 86400 < 30',
        after: '1h',
        severity: 'warning',
        summary: 'The root certificate of the mesh expires within 30 days.',
        description: 'When it has expired, no proxy of the mesh trusts another. Renew it while both can be trusted.',
      }),
    ]),
  ),
});
