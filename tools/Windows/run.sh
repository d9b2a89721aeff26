#!/usr/bin/env bash
# The Windows lane: the unit tests on .NET for Windows, and tests/Windows in PowerShell for Windows, both under Wine.
# usage: tools/Windows/run.sh [--built] [NAME]
# --built uses the existing build and package; NAME runs only tests/Windows/NAME.Tests.ps1.
# The last line is "Windows: N passed, N failed, N skipped". If the lane cannot be set up, the only line is the reason.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
lane=tools/Windows

status=0
cache=$("$lane/setup.sh") || status=$?
if [ $status != 0 ]; then
  echo "$cache"
  [ $status = 3 ] && exit 0
  exit $status
fi
cache=${cache##*$'\n'}

if [ "${1:-}" = --built ]; then
  shift
else
  ./build.sh pack >/dev/null || { echo "What the Windows lane tests does not build."; exit 1; }
fi

# A directory for this run. Directories of killed runs are not locked any more, so they are removed.
mkdir -p "$cache/runs"
for old in "$cache"/runs/*; do
  [ ! -d "$old" ] || flock -n "$old" rm -rf "$old" || true
done
work=$(mktemp -d "$cache/runs/XXXXXX")
exec 8<"$work"
flock 8
# When this script ends for any reason, kill the first process of the PID namespace, and with it all others.
inside=
trap '[ -z "$inside" ] || kill -9 "$inside" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Tests write to the source tree, and Wine to its registry, so this run gets copies of both.
cp -a --reflink=auto "$cache/prefix" "$work/prefix"
tree=$work/prefix/drive_c/compose
mkdir "$tree"
tar -c --exclude=./.git --exclude=obj --exclude=TestResults . | tar -x -C "$tree"
cp "$cache"/programs/xunit/* "$tree"/tests/Unit/bin/Release/net8.0/
cp "$cache"/programs/relay/* "$tree"/tests/Windows/Relay/bin/Release/net8.0/
cp -r "$cache/programs/dotnet" "$cache/programs/pwsh" "$cache/programs/Modules" "$work/prefix/drive_c/"
# Tells a caller that waits for it that the tree has been copied and may change.
[ -z "${COMPOSE_WINDOWS_COPIED:-}" ] || touch "$COMPOSE_WINDOWS_COPIED"

engine=${COMPOSE_TEST_ENGINE:-/var/run/docker.sock}
export COMPOSE_ENGINE_SOCKET=${engine#unix://}
export COMPOSE_TEST_NAME=${1:-*}
"$lane/enter.sh" "$cache" "$work" bash /w/prefix/drive_c/compose/tools/Windows/inside.sh 8<&- &
inside=$!
wait "$inside" || true
inside=

[ -z "${COMPOSE_WINDOWS_RESULTS:-}" ] || cp -r "$work/results" "$COMPOSE_WINDOWS_RESULTS"
if ! grep -E '^Windows: [0-9]+ passed' "$work/results/total" 2>/dev/null; then
  echo "Windows: 0 passed, 1 failed, 0 skipped"
  exit 1
fi
grep -q ' 0 failed,' "$work/results/total"
