#!/usr/bin/env bash
# The Windows lane: the unit tests on .NET for Windows and tests/Windows in PowerShell for Windows, both under Wine.
# usage: tools/Windows/run.sh [--built] [NAME]
# --built takes what is built and packed already; NAME runs tests/Windows/NAME.Tests.ps1 only.
# Its last line is "Windows: N passed, N failed, N skipped"; one line of reason and nothing else where the lane cannot be set up.
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

# A folder of this run alone. One that a killed run left is locked by nobody.
mkdir -p "$cache/runs"
for old in "$cache"/runs/*; do
  [ ! -d "$old" ] || flock -n "$old" rm -rf "$old" || true
done
work=$(mktemp -d "$cache/runs/XXXXXX")
exec 8<"$work"
flock 8
# Whatever ends this run ends all that runs in its namespaces: with the process there that everything else descends from.
inside=
trap '[ -z "$inside" ] || kill -9 "$inside" 2>/dev/null || true; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Tests write into their tree, and Wine into its registry: both get a copy.
cp -a --reflink=auto "$cache/prefix" "$work/prefix"
tree=$work/prefix/drive_c/compose
mkdir "$tree"
tar -c --exclude=./.git --exclude=obj --exclude=TestResults . | tar -x -C "$tree"
cp "$cache"/programs/xunit/* "$tree"/tests/Unit/bin/Release/net8.0/
cp "$cache"/programs/relay/* "$tree"/tests/Windows/Relay/bin/Release/net8.0/
cp -r "$cache/programs/dotnet" "$cache/programs/pwsh" "$cache/programs/Modules" "$work/prefix/drive_c/"
# Who waits for the copy may change the tree from here on.
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
