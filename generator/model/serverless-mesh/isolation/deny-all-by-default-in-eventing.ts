import { knativeEventing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { denyRest } from './policies.ts';

export default denyRest(knativeEventing, v.eventing.enabled);
