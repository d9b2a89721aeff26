#!/usr/bin/env bash
# Runs inside the namespaces: connects a TCP port and a pipe to the engine, then runs the unit tests and the PowerShell tests.
# Results are written to /w/results.
set -euo pipefail
tree=/w/prefix/drive_c/compose
mkdir -p /w/results
export DOTNET_ROOT='C:\dotnet' DOTNET_ROLL_FORWARD=Major DOTNET_NOLOGO=1 POWERSHELL_TELEMETRY_OPTOUT=1

# The command that script runs in a terminal.
pwsh="wine64 'C:\\\\pwsh\\\\pwsh.exe' -NoProfile -ExecutionPolicy Bypass"

# PowerShell writes no output without a terminal. The tests write to a file, because the terminal would cut long lines.
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

# Whether a run has no results. Under Wine, .NET itself sometimes crashes or hangs, at a different test each time; a fault of the
# product would be seen in the next run too.
runtime_failed() {
  [ ! -s "$2" ] || return 1
  echo "$1 once more: .NET under Wine gave no results" >>/w/results/output.txt
}

run_unit_tests() {
  cd "$tree/tests/Unit/bin/Release/net8.0"
  for _ in 1 2; do
    local code=0
    # A timeout, so that a test that hangs cannot block the lane. Without results the lane fails.
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

# Runs a session of Enter-ComposeService in a terminal, and types into it.
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
