#!/bin/sh
# The language server for the editor test, at the versions of tests/editor/package-lock.json, into .cache/editor.
# Where npm is missing it says so and fails: the test is then skipped, visibly.
set -eu
cd "$(dirname "$0")/.."

target=.cache/editor
if cmp -s tests/editor/package-lock.json "$target/package-lock.json" && [ -f "$target/.ready" ]; then
  exit 0
fi
if ! command -v npm >/dev/null 2>&1 || ! command -v node >/dev/null 2>&1; then
  echo "没有 node 和 npm：编辑器补全的测试不运行（Debian/Ubuntu：sudo apt-get install nodejs npm）" >&2
  exit 1
fi
mkdir -p "$target"
printf '*\n' > .cache/.gitignore
rm -f "$target/.ready"
cp tests/editor/package.json tests/editor/package-lock.json "$target/"
npm ci --prefix "$target" --ignore-scripts --no-audit --no-fund --loglevel=error
: > "$target/.ready"
