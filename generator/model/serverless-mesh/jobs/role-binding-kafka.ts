import { and } from '../../../gotmpl/functions.ts';
import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { roleBinding } from './binding.ts';
import { kafkaRole } from './jobs.ts';

export default roleBinding({
  name: kafkaRole,
  namespace: knativeEventing,
  wanted: and(v.jobs.enabled, v.kafka.enabled),
  doc: 'Gives the Jobs their role for Knative Kafka.',
});
