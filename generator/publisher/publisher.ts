/** What only a publisher knows. Read from publisher.yaml when charts are packed; what is not said there is left out. */
export interface Publisher {
  /** Home page of the charts. */
  readonly home?: string;
  /** Addresses of the source. */
  readonly sources?: readonly string[];
  /** `displayName` where Artifact Hub shall show another name than Chart.yaml has. */
  readonly maintainers?: readonly {
    readonly name: string;
    readonly email?: string;
    readonly url?: string;
    readonly displayName?: string;
  }[];
  /** Address of an SVG or PNG. */
  readonly icon?: string;
  /** SPDX identifier. */
  readonly license?: string;
  /** Path of the license's text, from the folder of publisher.yaml; it becomes LICENSE in each package. */
  readonly licenseFile?: string;
  /** Name of the company, as the OpenShift console shows it. */
  readonly provider?: string;
  /** Where users get help. */
  readonly support?: string;
  /** Pictures that Artifact Hub shows. */
  readonly screenshots?: readonly { readonly title: string; readonly url: string }[];
  /** Where the public key is, for Artifact Hub; the fingerprint must be that of the key that signs. */
  readonly signKey?: { readonly url: string; readonly fingerprint?: string };
  /** Address of the repository, for install commands: https://charts.example.com or oci://registry.example.com/charts. */
  readonly repository?: string;
  /** For artifacthub-repo.yml, by which Artifact Hub knows the owner of a repository. `name`: as registered there. */
  readonly artifactHub?: {
    /** Of a classic repository. */
    readonly repositoryID?: string;
    /** In a registry, each chart is a repository of its own there. */
    readonly ociRepositories?: readonly { readonly chart: string; readonly repositoryID: string }[];
    readonly name?: string;
    readonly owners?: readonly { readonly name: string; readonly email: string }[];
  };
}
