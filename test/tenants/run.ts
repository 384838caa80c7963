import { runTenants, type TenantsOptions } from '../../generator/commands/tenants.ts';
import { inProcess, newFolder, put, type Result } from '../cli/project.ts';

/** Texts of files of tenants, by name; a single text is that of t.yaml. */
export type Texts = string | Readonly<Record<string, string>>;
export interface Given {
  readonly tenants: Texts;
  /** Values files of the mesh, of which a single one is m.yaml. */
  readonly mesh?: Texts;
}

const written = (folder: string, texts: Texts, name: string): string[] =>
  Object.entries(typeof texts === 'string' ? { [name]: texts } : texts).map(([file, text]) => put(folder, file, text));

/** Runs the command on these texts; in what it prints, files are without their folder. */
export async function runOn({ tenants, mesh = {} }: Given, options: Partial<TenantsOptions> = {}): Promise<Result> {
  const folder = newFolder();
  const files = written(folder, tenants, 't.yaml');
  const meshFiles = written(folder, mesh, 'm.yaml');
  const result = await inProcess(io => runTenants({ files, meshFiles, check: true, ...options }, io));
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return { ...result, out: short(result.out), talk: short(result.talk) };
}
