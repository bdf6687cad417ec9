# shellcheck shell=sh disable=SC2034
# What the steps know of the forge they run on: GitHub or GitLab. Sourced, not run.
#
# Read from the environment: YIBEN_DIRECTORY, YIBEN_SINCE, YIBEN_LOCALES, YIBEN_IGNORE,
# YIBEN_MIN_COMPLETE, YIBEN_TOKEN, YIBEN_REPORT, and what the forge itself sets.

directory=${YIBEN_DIRECTORY:-.}
report=${YIBEN_REPORT:-${RUNNER_TEMP:-${CI_PROJECT_DIR:-.}}/yiben-report}
answer=$report/answer.json
mkdir -p "$report"
report=$(cd "$report" && pwd)
marker="<!-- yiben:check $directory -->"

on_github() { [ -n "${GITHUB_ACTIONS:-}" ]; }

# Say something that is no fault where people look for it.
notice() {
  if on_github; then printf '::notice title=yiben::%s\n' "$*"; else printf 'yiben: %s\n' "$*" >&2; fi
}

fail() {
  if on_github; then printf '::error title=yiben::%s\n' "$*"; else printf 'yiben: %s\n' "$*" >&2; fi
  exit 1
}

# Print a value of the JSON file $1, by the keys that follow; nothing where there is none.
value() {
  python3 - "$@" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    found = json.load(file)
for key in sys.argv[2:]:
    if isinstance(found, list):
        found = found[int(key)] if int(key) < len(found) else None
    else:
        found = found.get(key) if isinstance(found, dict) else None
if found is not None:
    print(found)
PYTHON
}

# Write an object of JSON to the file $1: pairs of a name and a text, or @ and the text's file.
write_object() {
  python3 - "$@" <<'PYTHON'
import json, sys
def text(value):
    if value.startswith("@"):
        with open(value[1:], encoding="utf-8", errors="replace") as file:
            return file.read()
    return value
names, values = sys.argv[2::2], sys.argv[3::2]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(dict(zip(names, map(text, values))), file)
PYTHON
}

# Send a request ($1 method, $2 address, $3 file of JSON); print the status, 000 for none at all.
# The token goes through a pipe, so that no list of processes shows it.
request() {
  if on_github; then
    set -- "$1" "$2" "${3:-}" "Authorization: Bearer ${YIBEN_TOKEN:-}"
  else
    set -- "$1" "$2" "${3:-}" "PRIVATE-TOKEN: ${YIBEN_TOKEN:-}"
  fi
  printf 'header = "%s"\n' "$4" | curl --config - --silent --max-time 60 --retry 2 \
    --request "$1" --output "$answer" --write-out '%{http_code}' \
    --header 'Accept: application/json' --header 'Content-Type: application/json' \
    ${3:+--data-binary "@$3"} "$2" || :
}

succeeded() { case $1 in 2??) ;; *) return 1 ;; esac; }

# The address of the project in the API.
api() {
  if on_github; then
    printf '%s/repos/%s' "$GITHUB_API_URL" "$GITHUB_REPOSITORY"
  else
    printf '%s/projects/%s' "$CI_API_V4_URL" "$CI_PROJECT_ID"
  fi
}

# The number of the pull or merge request that this run is about, or nothing.
request_number() {
  if on_github; then
    value "$GITHUB_EVENT_PATH" pull_request number
  else
    printf '%s' "${CI_MERGE_REQUEST_IID:-}"
  fi
}

head_commit() {
  on_github && value "$GITHUB_EVENT_PATH" pull_request head sha && return
  printf '%s' "${CI_COMMIT_SHA:-}"
}

# The commit that the change is compared with: chosen, or of the event; nothing for all pages.
base_commit() {
  if [ -n "${YIBEN_SINCE:-}" ]; then
    printf '%s' "$YIBEN_SINCE"
  elif on_github; then
    found=$(value "$GITHUB_EVENT_PATH" pull_request base sha)
    [ -n "$found" ] || found=$(value "$GITHUB_EVENT_PATH" before)
    printf '%s' "$found"
  else
    printf '%s' "${CI_MERGE_REQUEST_DIFF_BASE_SHA:-${CI_COMMIT_BEFORE_SHA:-}}"
  fi
}

# Print the base if this clone has the history from there, after fetching what is missing.
known_base() {
  base=$(base_commit)
  case $base in '' | 0000000*) return ;; esac
  if ! git rev-parse --verify --quiet "$base^{commit}" >/dev/null; then
    git fetch --quiet --no-tags origin "$base" >/dev/null 2>&1 || :
  fi
  if ! git merge-base "$base" HEAD >/dev/null 2>&1 &&
    [ "$(git rev-parse --is-shallow-repository)" = true ]; then
    git fetch --quiet --no-tags --unshallow origin >/dev/null 2>&1 || :
  fi
  if git merge-base "$base" HEAD >/dev/null 2>&1; then
    printf '%s' "$base"
  elif [ -n "${YIBEN_SINCE:-}" ]; then
    # yiben says what is wrong with it.
    printf '%s' "$base"
  else
    notice "no history from $base to here; all pages are checked" >&2
  fi
}
