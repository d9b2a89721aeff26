#!/usr/bin/env bash
# What runs beside Wine: the engine's port and pipe, the unit tests, and the tests in PowerShell. Results go into /w/results.
set -euo pipefail
tree=/w/prefix/drive_c/compose
mkdir -p /w/results
export DOTNET_ROOT='C:\dotnet' DOTNET_ROLL_FORWARD=Major DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1

# The line for a terminal that script makes.
pwsh="wine64 'C:\\\\pwsh\\\\pwsh.exe' -NoProfile -ExecutionPolicy Bypass"

# PowerShell writes nothing without a terminal. A script's output is a file's text, so nothing is lost in the terminal's width.
powershell() {
  printf '%s\r\n' "& 'C:\\compose\\tests\\Windows\\run.ps1' $1" 'exit $LASTEXITCODE' >/w/start.ps1
  script -qec "$pwsh -NonInteractive -File 'Z:\\\\w\\\\start.ps1'" /w/results/terminal.log </dev/null >/dev/null
}

start_engine_doors() {
  [ -S /run/engine.sock ] || { echo "No engine answers: the tests that need one are skipped."; return 0; }
  socat TCP-LISTEN:2375,bind=127.0.0.1,fork,reuseaddr UNIX-CONNECT:/run/engine.sock >/dev/null 2>&1 &
  (cd "$tree/tests/Windows/Relay/bin/Release/net8.0" && exec wine64 ./Compose.PipeRelay.exe docker_engine 2375) \
    >/w/results/relay.log 2>&1 </dev/null &
  export COMPOSE_TEST_ENGINE=npipe:////./pipe/docker_engine COMPOSE_TEST_TCP=tcp://127.0.0.1:2375
}

# Whether a run gave no results. .NET itself ends or stands still under Wine now and then, each time at another test; what the
# product does wrong shows again in the next run.
runtime_failed() {
  [ ! -s "$2" ] || return 1
  echo "$1 once more: .NET under Wine gave no results" >>/w/results/output.txt
}

run_unit_tests() {
  cd "$tree/tests/Unit/bin/Release/net8.0"
  for _ in 1 2; do
    local code=0
    # A test that hangs must not hold the lane up: without its results the lane fails.
    timeout -k 5 900 wine64 ./xunit.console.exe Compose.Tests.dll -nologo -verbose -parallel none -xml 'Z:\w\results\unit.xml' \
      </dev/null >/w/results/unit.log 2>&1 || code=$?
    [ $code != 124 ] && [ $code != 137 ] && runtime_failed 'unit tests' /w/results/unit.xml || break
  done
}

run_powershell_tests() {
  for _ in 1 2; do
    powershell "-Filter '$COMPOSE_TEST_NAME'" || true
    runtime_failed 'tests in PowerShell' /w/results/total || break
  done
}

# Types into a session of Enter-ComposeService, in a terminal of its own.
run_session() {
  [ -n "${COMPOSE_TEST_ENGINE:-}" ] || return 0
  {
    for _ in $(seq 300); do [ -e /w/results/session.ready ] && break || sleep 0.2; done
    sleep 3
    for line in 'echo forty-$((40+2))' 'echo size-$(stty size)' 'echo on-$(tty)' 'exit 7'; do
      printf '%s\r' "$line"
      sleep 1
    done
    for _ in $(seq 100); do grep -qa 'session ended' /w/results/session.log && break || sleep 0.2; done
  } | timeout 60 script -qefc "$pwsh -File 'C:\\\\compose\\\\tests\\\\Windows\\\\Session.ps1'" /w/results/session.log >/dev/null \
    || true
}

ip link set lo up
wine64 wineboot >/dev/null 2>&1 </dev/null
start_engine_doors
[ "$COMPOSE_TEST_NAME" != '*' ] || run_unit_tests
run_session
run_powershell_tests
cat /w/results/output.txt 2>/dev/null || tail -20 /w/results/terminal.log
