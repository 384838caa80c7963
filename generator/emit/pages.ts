/** What the pages below docs/ take from the model. */
import { serverlessMesh } from '../model/serverless-mesh/index.ts';

export const pageData = () => ({ version: serverlessMesh.version });
