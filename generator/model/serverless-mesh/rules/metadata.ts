/** Rules of common labels and annotations. */
import { metadataRulesOf } from '../../rules.ts';
import { v } from '../values.ts';

export const metadataRules = metadataRulesOf(v.commonLabels, v.commonAnnotations);
