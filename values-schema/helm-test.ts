/** Values of the Job of `helm test`, in the charts that have no other Job. */
import { jobsImage } from './common.ts';
import { grammar, integer, section, text } from './field.ts';
import { imagePullSecretsFor } from './workloads.ts';

/** `timeoutSeconds` is the default; Helm itself waits for 300 seconds unless it is told otherwise. */
export const testJobs = (what: string, timeoutSeconds: number) =>
  section(
    { title: 'Jobs', description: `The Job of helm test, which says ${what}.` },
    {
      image: text({
        title: 'Image',
        description: 'Image with kubectl and a shell, for the Job of helm test.',
        default: jobsImage,
        ...grammar.image,
      }),
      timeoutSeconds: integer({
        title: 'Time limit',
        description:
          'Seconds until Kubernetes ends the Job. It gives up a tenth earlier, and says what it waited for. Give helm test a longer --timeout for 300 or more.',
        default: timeoutSeconds,
        minimum: 60,
        maximum: 86400,
      }),
    },
  );

export const testPullSecrets = imagePullSecretsFor(
  'Secrets with which helm test pulls its image, where the pull secret of the cluster lacks the registry. Each must exist in the namespace of the release.',
);
