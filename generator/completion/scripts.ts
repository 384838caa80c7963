/** What a shell sources. Each asks `serverless-mesh __complete WORD...`, whose last word is the one at the cursor. */

export type Shell = 'bash' | 'zsh' | 'fish';

const head = '# Completion of serverless-mesh, from "serverless-mesh completion"; it starts the program at each TAB.\n';

/** Also bash 3.2, which macOS has. Without a candidate, bash completes file names. */
const bash = `${head}_serverless_mesh() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    printf -v word %q "$word"
    COMPREPLY+=("$word")
  done < <("$1" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o bashdefault -o default -F _serverless_mesh serverless-mesh
`;

/** As a file in fpath, whose name must be that of the function, or sourced. */
const zsh = `#compdef serverless-mesh
${head}_serverless-mesh() {
  local word about
  local -a candidates
  while IFS=$'\\t' read -r word about; do
    candidates+=("\${word//:/\\\\:}\${about:+:$about}")
  done < <("\${(Q)words[1]}" __complete "\${(@Q)words[2,CURRENT]}" 2>/dev/null)
  if (( $#candidates )); then
    _describe serverless-mesh candidates
  else
    _files
  fi
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _serverless-mesh "$@"
else
  compdef _serverless-mesh serverless-mesh
fi
`;

const fish = `${head}function __serverless_mesh_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l found ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path "$current"
    end
end
complete -c serverless-mesh -f -a '(__serverless_mesh_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
