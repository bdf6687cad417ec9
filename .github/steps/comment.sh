#!/bin/sh
# Keep one comment on the pull or merge request up to date. Without the right to do so, as in a
# request from a fork, it says so and succeeds.
set -eu
# shellcheck source=forge.sh
. "${0%/*}/forge.sh"

number=$(request_number)
[ -n "$number" ] || exit 0
if [ -z "${YIBEN_TOKEN:-}" ]; then
  notice "no token to comment with; the report is in the log and among the artifacts"
  exit 0
fi
if on_github; then
  comments=$(api)/issues/$number/comments one=$(api)/issues/comments edit=PATCH
else
  comments=$(api)/merge_requests/$number/notes one=$comments edit=PUT
fi

comment_text() {
  printf '%s\n### Translations' "$marker"
  [ "$directory" = . ] || printf ' in %s' "$directory"
  printf '\n\n'
  cat "$report/findings.md"
  if [ "$(($(wc -c <"$report/findings.md") + $(wc -c <"$report/stats.md")))" -lt 60000 ] &&
    [ -s "$report/stats.md" ]; then
    printf '\n<details><summary>Completeness</summary>\n\n'
    cat "$report/stats.md"
    printf '\n</details>\n'
  fi
  printf '\nCommit %s' "$(head_commit)"
  [ -z "${YIBEN_PREVIEW_URL:-}" ] || printf ' · [preview](%s)' "$YIBEN_PREVIEW_URL"
  printf '\n'
}

# Find our comment: its id, or nothing; fails where the comments cannot be read.
find_comment() {
  page=1
  while :; do
    status=$(request GET "$comments?per_page=100&page=$page")
    succeeded "$status" || return 1
    found=$(python3 - "$answer" "$marker" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    comments = json.load(file)
ours = [one["id"] for one in comments if (one["body"] or "").startswith(sys.argv[2])]
print(ours[0] if ours else "more" if len(comments) == 100 else "")
PYTHON
    )
    [ "$found" = more ] || break
    page=$((page + 1))
  done
  printf '%s' "$found"
}

comment_text >"$report/comment.md"
write_object "$report/body.json" body "@$report/comment.md"
if ! known=$(find_comment); then
  notice "comments cannot be read; the report is in the log and among the artifacts"
  exit 0
fi
status=
if [ -n "$known" ]; then
  status=$(request "$edit" "$one/$known" "$report/body.json")
elif [ "$(cat "$report/status")" = 0 ] && ! grep -q '^| ' "$report/findings.md"; then
  exit 0 # nothing was wrong, and nothing is
fi
# A comment that somebody else wrote, or deleted meanwhile, does not stand in the way.
succeeded "${status:-404}" || status=$(request POST "$comments" "$report/body.json")
succeeded "$status" ||
  notice "no right to comment here (status $status); the report is in the log and the artifacts"
