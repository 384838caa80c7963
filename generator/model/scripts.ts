/** What the shell scripts of all charts share. They run in the image of the Jobs, which has kubectl and coreutils. */

/** Begins a script that has `$TIMEOUT` seconds: `say WORDS`, and `ask ARGUMENTS` for what the API server says. */
export const asking = `set -eu
# Kubernetes ends the Job after TIMEOUT seconds. A tenth of them is left for its start, and to say what is missing.
deadline=$(($(date +%s) + TIMEOUT * 9 / 10))
errors=$(mktemp)

say() { echo "$(date -u +%T) $*"; }

# What the API server says, in $answer; or in $missing, why it does not.
ask() {
  answer=$(kubectl --request-timeout=20s "$@" 2>"$errors") && return
  missing=$(cat "$errors")
  return 1
}
`;

/** `wait_for WHAT CHECK...`: ends the script when time is over. */
export const waiting = `# wait_for WHAT CHECK...: repeats the check until it holds. Says what it leaves in $missing whenever that changes.
wait_for() {
  what=$1 missing='' said='' forbidden=0
  shift
  until "$@"; do
    [ "$missing" = "$said" ] || say "waiting for $what: $missing"
    said=$missing
    # A new role may take a moment to be known.
    case $missing in *'(Forbidden)'*) forbidden=$((forbidden + 1)) ;; esac
    if [ "$forbidden" -ge 10 ] || [ "$(date +%s)" -ge "$deadline" ]; then
      say "gave up waiting for $what, within the $TIMEOUT seconds of jobs.timeoutSeconds: $missing"
      exit 1
    fi
    sleep 3
  done
  say "ok: $what"
}
`;
