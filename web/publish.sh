#!/usr/bin/env bash
# Put a built site, alone and without history, on the branch gh-pages of origin: web/publish.sh FOLDER
set -euo pipefail
site=$(realpath "$1")
[ -f "$site/lite/inputs.sha256" ] || { echo "no site in $site: make site builds one" >&2; exit 1; }
touch "$site/.nojekyll" # GitHub leaves out folders that begin with _ otherwise
index=$(mktemp -d)
trap 'rm -rf "$index"' EXIT
export GIT_INDEX_FILE=$index/index
git --work-tree="$site" add --all --force "$site"
commit=$(git commit-tree -m "Publish $(git rev-parse --short HEAD)" "$(git write-tree)")
git push --quiet --force origin "$commit:refs/heads/gh-pages"
