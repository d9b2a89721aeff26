#!/usr/bin/env bash
# Builds, tests, packs or demonstrates on a machine that may have no PowerShell yet.
# usage: ./build.sh [build|test|pack|package|demo|bench|help|enginetest]
# With PowerShell (on PATH, or restored as a .NET tool) it hands over to build.ps1;
# without, it does everything that needs none and says what was left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

task=${1:-build}
configuration=${CONFIGURATION:-Release}
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

case $task in
  build|test|pack|package|demo|bench|help|enginetest) ;;
  *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
esac
command -v dotnet >/dev/null || { echo "Install the .NET SDK 10 first: the build needs nothing else." >&2; exit 1; }

# A failed restore names its cause in its last line.
find_powershell() {
  if command -v pwsh >/dev/null; then powershell=(pwsh); return; fi
  local output
  if output=$(dotnet tool restore 2>&1); then powershell=(dotnet tool run pwsh --); return; fi
  echo "PowerShell could not be restored as a .NET tool: $(grep -v '^[[:space:]]*$' <<<"$output" | tail -1)" >&2
  return 1
}

if find_powershell; then
  exec "${powershell[@]}" -NoProfile -File build.ps1 -Task "$task" -Configuration "$configuration"
fi

without_powershell() { echo "There is no PowerShell here, so $1. Install PowerShell 7.4 or newer to have it all."; }

build() { dotnet build Compose.slnx -c "$configuration" -v quiet -clp:NoSummary; }

pack() { build; dotnet msbuild src/Module/Compose.csproj -t:PackModule -p:Configuration="$configuration" -v:quiet -nologo; }

# dotnet's closing line, "Failed: 0, Passed: 3, Skipped: 1", as one count of each; a runner that dies counts as a failure.
count() { sed -nE "s/.*$1: +([0-9]+).*/\1/p" "$log" | tail -1 | grep . || echo "${2:-0}"; }

test_without_powershell() {
  pack
  .ci/engine || echo "No engine answers: the tests that need one are skipped."
  local status=0
  log=$(mktemp)
  dotnet test tests/Unit/Compose.Tests.csproj -c "$configuration" --no-build -v quiet -nologo | tee "$log" || status=1
  desktop=$(mktemp)
  test_desktop | tee "$desktop" || status=1
  without_powershell "the Pester tests of the packed module were left out"
  local passed failed skipped d_passed d_failed d_skipped
  passed=$(count Passed) failed=$(count Failed $status) skipped=$(count Skipped)
  read -r d_passed d_failed d_skipped < <(desktop_counts)
  echo "$((passed + d_passed)) passed, $((failed + d_failed)) failed, $((skipped + d_skipped)) skipped"
  rm -f "$log" "$desktop"
  return $status
}

# The same tests on .NET Framework, for which mono stands in.
test_desktop() {
  command -v mono >/dev/null || { echo "mono is not installed: the tests on .NET Framework are skipped."; return 0; }
  dotnet build tests/Desktop/Compose.Tests.Desktop.csproj -c "$configuration" -v quiet -nologo -clp:NoSummary || return 1
  local folder=tests/Desktop/bin/$configuration/net472
  mono "$folder/xunit.console.exe" "$folder/Compose.Tests.dll" -nologo -noshadow -parallel none
}

# "Total: 9, Errors: 0, Failed: 1, Skipped: 2" as passed, failed and skipped; a lane that died without it is one failure.
desktop_counts() {
  if grep -q "mono is not installed" "$desktop"; then echo 0 0 0; return; fi
  sed -nE 's/.*Total: +([0-9]+), Errors: +([0-9]+), Failed: +([0-9]+), Skipped: +([0-9]+).*/\1 \2 \3 \4/p' "$desktop" | tail -1 |
    { read -r total errors bad skipped && echo $((total - errors - bad - skipped)) $((errors + bad)) "$skipped" || echo 0 1 0; }
}

demo_without_powershell() {
  build
  .ci/engine
  without_powershell "the demo runs on the core, not through the module's cmdlets"
  dotnet "tools/CoreRunner/bin/$configuration/net8.0/Compose.CoreRunner.dll" demo samples/guestbook/compose.yaml
}

case $task in
  build) build ;;
  test) test_without_powershell ;;
  pack|package) pack ;;
  demo) demo_without_powershell ;;
  bench) build; dotnet run --project tests/Bench -c "$configuration" --no-build ;;
  help) without_powershell "the help cannot be made"; exit 1 ;;
  enginetest) without_powershell "the tests on another engine were left out" ;;
esac
