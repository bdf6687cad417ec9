#!/bin/sh
# Write the pages of the change beside their translations, as files for the reviewers.
set -eu
# shellcheck source=forge.sh
. "${0%/*}/forge.sh"

set -- --export "$report/preview"
base=$(cat "$report/base" 2>/dev/null || :)
[ -z "$base" ] || set -- "$@" --since "$base"
for locale in ${YIBEN_LOCALES:-}; do set -- "$@" --locale "$locale"; done
rm -rf "$report/preview"
yiben -C "$directory" preview "$@" || notice "some pages could not be shown"
if [ -n "${GITHUB_OUTPUT:-}" ] && [ -e "$report/preview/index.html" ]; then
  name=$(printf '%s' "$directory" | tr -cs 'A-Za-z0-9_' - )
  printf 'folder=%s\nname=%s\n' "$report/preview" "-${name#-}" >>"$GITHUB_OUTPUT"
fi
