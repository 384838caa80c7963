/** What the page of a repository is made from. Texts may come from charts of other publishers: none of them is trusted. */

export interface PageData {
  readonly title: string;
  /** https://... or oci://...; without it, the page says its own address. */
  readonly address?: string;
  /** `url`: where the public key is; or `beside`, the name of a binary keyring beside the page. */
  readonly signKey?: { readonly url?: string; readonly beside?: string; readonly fingerprint?: string };
  readonly charts: readonly PageChart[];
  readonly pictures?: readonly { readonly title: string; readonly svg: string }[];
}

export interface PageChart {
  readonly name: string;
  /** Newest first. */
  readonly versions: readonly PageVersion[];
}

export interface PageVersion {
  readonly version: string;
  readonly appVersion?: string;
  readonly kubeVersion?: string;
  readonly description?: string;
  /** RFC 3339. */
  readonly created?: string;
  /** SHA-256 of the package, in hexadecimal. */
  readonly digest: string;
  /** Address of the package, usually relative to the page. */
  readonly file: string;
  readonly signed: boolean;
  readonly deprecated?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Text of values.yaml. */
  readonly values?: string;
  /** Of values.schema.json. */
  readonly schema?: object;
  readonly readme?: string;
}
