/** The page of a repository of charts. */

/** A version of a chart on the page. */
export interface PageVersion {
  readonly version: string;
  readonly appVersion?: string;
  readonly kubeVersion?: string;
  readonly description?: string;
  readonly created?: string;
  readonly digest: string;
  readonly file: string;
  readonly signed: boolean;
  readonly deprecated?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** values.yaml. */
  readonly values?: string;
  /** values.schema.json. */
  readonly schema?: object;
  readonly readme?: string;
}

export interface PageData {
  readonly title: string;
  readonly address?: string;
  readonly signKey?: { readonly url: string; readonly fingerprint?: string };
  /** Of each chart the newest version first. */
  readonly charts: readonly { readonly name: string; readonly versions: readonly PageVersion[] }[];
  readonly pictures?: readonly { readonly title: string; readonly svg: string }[];
}

const escaped = (text: string) => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`);

/** A self-contained index.html. */
export function repositoryPage({ title, charts }: PageData): string {
  const rows = charts.flatMap(({ name, versions }) =>
    versions.map(({ version, file }) => `<li><a href="${escaped(file)}">${escaped(`${name} ${version}`)}</a></li>`),
  );
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${escaped(title)}</title>\n<ul>\n${rows.join('\n')}\n</ul>\n</html>\n`;
}
