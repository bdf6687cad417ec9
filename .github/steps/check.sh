#!/bin/sh
# Check the change: annotations and a summary on GitHub, Code Quality on GitLab. The text of the
# comment and the exit status go into the folder of the report.
set -eu
# shellcheck source=forge.sh
. "${0%/*}/forge.sh"

base=$(known_base)
printf '%s' "$base" >"$report/base"
set --
[ -z "$base" ] || set -- "$@" --since "$base"
for locale in ${YIBEN_LOCALES:-}; do set -- "$@" --locale "$locale"; done
stats() { yiben -C "$directory" -q stats "$@" --format markdown; }
stats "$@" >"$report/stats.md" || :
for name in ${YIBEN_IGNORE:-}; do set -- "$@" --ignore "$name"; done
[ -z "${YIBEN_MIN_COMPLETE:-}" ] || set -- "$@" --min-complete "$YIBEN_MIN_COMPLETE"

status=0
rm -f "$report/findings.md" "$report/code-quality.json"
if on_github; then
  yiben -C "$directory" check "$@" --format github || status=$?
else
  yiben -C "$directory" check "$@" || status=$?
  yiben -C "$directory" -q check "$@" --format gitlab -o "$report/code-quality.json" || :
fi
yiben -C "$directory" -q check "$@" --format markdown -o "$report/findings.md" 2>"$report/errors" || :
printf '%s' "$status" >"$report/status"
if [ ! -s "$report/findings.md" ]; then
  { printf '**yiben check could not run**\n\n```text\n'; cat "$report/errors"; printf '```\n'; } \
    >"$report/findings.md"
fi
if on_github && [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  { printf '\n'; cat "$report/stats.md"; } >>"$GITHUB_STEP_SUMMARY"
fi
[ -z "${GITHUB_OUTPUT:-}" ] || printf 'status=%s\n' "$status" >>"$GITHUB_OUTPUT"
