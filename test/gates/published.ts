/** Chart.yaml as `package` writes it with the example of publisher.yaml, signed: the fingerprint stands for any key's. */
import { changesOf } from '../../generator/changelog/changes.ts';
import { chartNamed, charts } from '../../generator/charts.ts';
import { chartYaml } from '../../generator/emit/chart-yaml.ts';
import { projectRoot, readFrames } from '../../generator/files.ts';
import { readPublisher } from '../../generator/publisher/read.ts';
import type { Subject } from './subject.ts';
import { withFile } from './violations.ts';

const publisher = readPublisher(`${projectRoot}/publisher.example.yaml`);
const frame = readFrames().get('Chart.yaml.hbs') ?? '';
const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';

export function published(s: Subject): Subject {
  const chart = chartNamed(s.name);
  const changes = changesOf(chart.name, chart.version);
  const others = charts.map(({ name }) => name).filter(name => name !== chart.name);
  return withFile('Chart.yaml', chartYaml(chart, frame, { publisher, changes, others, fingerprint }))(s);
}
