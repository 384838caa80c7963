import { and } from '../../../gotmpl/functions.ts';
import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { roleBinding } from './binding.ts';
import { jobsName } from './jobs.ts';

export default roleBinding({
  name: jobsName,
  namespace: knativeEventing,
  wanted: and(v.jobs.enabled, v.eventing.enabled),
  doc: 'Gives the Jobs their role in knative-eventing.',
});
