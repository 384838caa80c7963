import { knativeServing } from '../../facts/names.ts';
import { v } from '../values.ts';
import { denyRest } from './policies.ts';

export default denyRest(knativeServing, v.serving.enabled);
