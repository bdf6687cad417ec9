#!/bin/sh
# Bring the catalogs up to date on a branch of their own, and open or refresh its request. Commits
# of others on that branch are kept: the target branch is merged into it.
set -eu
# shellcheck source=forge.sh
. "${0%/*}/forge.sh"

branch=${YIBEN_BRANCH:-yiben/update}
title=${YIBEN_TITLE:-Update translation catalogs}
target=${YIBEN_TARGET:-${GITHUB_REF_NAME:-${CI_COMMIT_BRANCH:-}}}
[ -n "$target" ] || fail "not on a branch; set YIBEN_TARGET"
[ "$target" != "$branch" ] || exit 0
export GIT_AUTHOR_NAME="${YIBEN_AUTHOR:-yiben}" GIT_COMMITTER_NAME="${YIBEN_AUTHOR:-yiben}"
export GIT_AUTHOR_EMAIL="${YIBEN_EMAIL:-yiben@localhost}"
export GIT_COMMITTER_EMAIL="$GIT_AUTHOR_EMAIL"

remote=origin
if on_github; then
  pulls=$(api)/pulls edit=PATCH query="state=open&head=${GITHUB_REPOSITORY%%/*}:$branch&base=$target"
else
  remote=$CI_SERVER_URL/$CI_PROJECT_PATH.git
  pulls=$(api)/merge_requests edit=PUT
  query="state=opened&source_branch=$branch&target_branch=$target"
  # In the environment, so that no list of processes shows the token.
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.$CI_SERVER_URL/.extraHeader"
  GIT_CONFIG_VALUE_0="Authorization: Basic $(printf 'oauth2:%s' "${YIBEN_TOKEN:-}" | base64 | tr -d '\n')"
  export GIT_CONFIG_VALUE_0
fi

status=$(request GET "$pulls?$query")
succeeded "$status" || fail "requests cannot be read (status $status); give the job a token that may"
number=$(value "$answer" 0 number)
[ -n "$number" ] || number=$(value "$answer" 0 iid)

# What we add to the branch starts from what others have added to it.
others=
old=$(git ls-remote "$remote" "refs/heads/$branch" | cut -f 1)
here=$(git rev-parse HEAD)
if [ -n "$old" ]; then
  [ "$(git rev-parse --is-shallow-repository)" = false ] ||
    git fetch --quiet --no-tags --unshallow "$remote"
  git fetch --quiet --no-tags "$remote" "refs/heads/$branch"
  others=$(git log --no-merges --format=%ae "$here..FETCH_HEAD" | grep -Fvx "$GIT_AUTHOR_EMAIL" || :)
fi
git checkout --quiet --detach
if [ -n "$number$others" ] && [ -n "$old" ]; then
  git checkout --quiet --detach FETCH_HEAD
  merge() {
    git -c 'merge.yiben.driver=yiben merge-driver %O %A %B' -c "core.attributesFile=$report/attributes" \
      merge --quiet --no-edit -m "Merge $target" "$here"
  }
  printf '*.po merge=yiben\n*.pot merge=yiben\n' >"$report/attributes"
  merge || fail "$branch cannot be merged with $target; resolve that by hand, or close its request"
fi

code=0
yiben -C "$directory" update --format markdown >"$report/update.md" || code=$?
for files in "$directory/*.pot" "$directory/*.po"; do
  [ -z "$(git status --porcelain --untracked-files=all -- "$files")" ] || git add --all -- "$files"
done
git diff --quiet --cached || git commit --quiet --message "$title"
if git diff --quiet "$here" HEAD --; then
  if [ -n "$number" ]; then
    if on_github; then set -- state closed; else set -- state_event close; fi
    write_object "$report/body.json" "$@"
    status=$(request "$edit" "$pulls/$number" "$report/body.json")
    notice "$target has all of it; the request is closed (status $status)"
  else
    notice "the catalogs are up to date"
  fi
  exit "$code"
fi

git push --quiet ${old:+"--force-with-lease=refs/heads/$branch:$old"} "$remote" \
  "HEAD:refs/heads/$branch" || fail "$branch cannot be pushed; give the job a token that may write"
{
  printf 'The pages changed, and the catalogs follow. Translators find what is new or fuzzy in them.\n\n'
  head -c 60000 "$report/update.md"
} >"$report/request.md"
if on_github; then
  set -- title "$title" body "@$report/request.md" head "$branch" base "$target"
else
  set -- title "$title" description "@$report/request.md" source_branch "$branch" \
    target_branch "$target"
fi
if [ -n "$number" ]; then
  write_object "$report/body.json" "$1" "$2" "$3" "$4"
  status=$(request "$edit" "$pulls/$number" "$report/body.json")
else
  write_object "$report/body.json" "$@"
  status=$(request POST "$pulls" "$report/body.json")
fi
succeeded "$status" || fail "$branch is pushed, but its request cannot be opened (status $status); \
allow the job's token to open requests, or open it by hand"
[ -z "${GITHUB_OUTPUT:-}" ] || printf 'request=%s\n' "$(value "$answer" html_url)" >>"$GITHUB_OUTPUT"
exit "$code"
