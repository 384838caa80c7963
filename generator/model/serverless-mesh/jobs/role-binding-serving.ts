import { and } from '../../../gotmpl/functions.ts';
import { knativeServing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { roleBinding } from './binding.ts';
import { jobsName } from './jobs.ts';

export default roleBinding({
  name: jobsName,
  namespace: knativeServing,
  wanted: and(v.jobs.enabled, v.serving.enabled),
  doc: 'Gives the Jobs their role in knative-serving.',
});
