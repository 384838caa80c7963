/** What the API server asks webhooks, and the answer of one that has nothing against it. */

interface Named {
  readonly apiVersion: string;
}

interface AdmissionRequest {
  readonly uid: string;
  readonly operation: string;
  readonly kind: { readonly kind: string };
  readonly namespace?: string;
  readonly name?: string;
}

interface ConversionRequest {
  readonly uid: string;
  readonly desiredAPIVersion: string;
  readonly objects: readonly Named[];
}

export type Review =
  | { readonly apiVersion: string; readonly kind: 'AdmissionReview'; readonly request: AdmissionRequest }
  | { readonly apiVersion: string; readonly kind: 'ConversionReview'; readonly request: ConversionRequest };

/** Operation, kind, namespace and name in one line. */
export function subjectOf(review: Review): string {
  if (review.kind === 'ConversionReview') return `convert to ${review.request.desiredAPIVersion}`;
  const { operation, kind, namespace, name } = review.request;
  return [operation, kind.kind, namespace, name].filter(Boolean).join(' ');
}

/** Allowed, or converted by a change of `apiVersion` alone. */
export function answerReview(review: Review): object {
  const { apiVersion, kind } = review;
  const { uid } = review.request;
  if (review.kind === 'AdmissionReview') return { apiVersion, kind, response: { uid, allowed: true } };
  const { desiredAPIVersion, objects } = review.request;
  const convertedObjects = objects.map(object => ({ ...object, apiVersion: desiredAPIVersion }));
  return { apiVersion, kind, response: { uid, result: { status: 'Success' }, convertedObjects } };
}
