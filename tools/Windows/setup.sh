#!/usr/bin/env bash
# Sets up Wine, and .NET and PowerShell for Windows, in a cache directory outside the repository. Only what is missing is set up.
# usage: tools/Windows/setup.sh     the last line is the directory; if it cannot be done, exit code 3 and one line with the reason
# COMPOSE_WINDOWS_CACHE is the directory; COMPOSE_TEST_WINDOWS=0 disables the lane.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${COMPOSE_WINDOWS_CACHE:-${XDG_CACHE_HOME:-/var/cache}/compose-windows}
log=$cache/setup.log
release=trixie
packages=wine,wine64,socat,iproute2

absent() { echo "The Windows lane was left out: $1."; exit 3; }

# Runs a step with its output in a log. If it fails, the log's last line is the reason.
step() {
  local what=$1
  shift
  "$@" >"$log" 2>&1 </dev/null || absent "$what failed ($(grep -v '^ *$' "$log" | tail -1 | cut -c1-200))"
}

can_run_here() {
  [ "${COMPOSE_TEST_WINDOWS:-1}" != 0 ] || absent "COMPOSE_TEST_WINDOWS is 0"
  grep -qsx 'ID=debian' /etc/os-release || absent "Wine is set up from Debian's packages, and this is not Debian"
  [ "$(dpkg --print-architecture)" = amd64 ] || absent "the Windows programs are for x64, and this machine is not"
  [ "$(id -u)" = 0 ] || absent "only root can set up Wine in a folder of its own"
  unshare --mount --pid --net --fork true 2>/dev/null || absent "this root may not make namespaces"
}

# The URL of this machine's Debian mirror. It is known only after apt-get update.
mirror() {
  apt-get indextargets --format '$(REPO_URI) $(ORIGIN) $(LABEL)' 'Created-By: Packages' |
    awk '$2 == "Debian" && $3 == "Debian" { print $1; exit }' | grep .
}

install_debootstrap() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap
}

make_system() {
  local address proxy=
  { command -v debootstrap && mirror; } >/dev/null || step "installing debootstrap" install_debootstrap
  address=$(mirror) || absent "apt names no mirror of Debian"
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  rm -rf "$cache/system.part"
  step "installing Wine" env ${proxy:+http_proxy="$proxy"} \
    debootstrap --variant=minbase --include="$packages" "$release" "$cache/system.part" "$address"
  rm -rf "$cache/system.part/var/cache/apt/archives" "$cache/system.part/var/lib/apt/lists" "$cache/prefix"
  mv "$cache/system.part" "$cache/system"
}

make_prefix() {
  rm -rf "$cache/prefix.part"
  mkdir "$cache/prefix.part"
  step "starting Wine" "$here/enter.sh" "$cache" "$cache/prefix.part" sh -c \
    'wine64 wineboot -i; wine64 winecfg -v win10; wineserver64 -w; wine64 cmd /c ver | grep Windows; wineserver64 -w'
  mv "$cache/prefix.part/prefix" "$cache/prefix"
  rm -rf "$cache/prefix.part"
}

make_programs() {
  rm -rf "$cache"/programs*
  step "restoring .NET and PowerShell for Windows" \
    dotnet build "$here/Windows.csproj" -nologo -v quiet -clp:NoSummary -restore -t:LayOut -p:Layout="$cache/programs.part"
  mv "$cache/programs.part" "$programs"
}

can_run_here
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[ -d "$cache/system" ] || make_system
[ -d "$cache/prefix" ] || make_prefix
programs=$cache/programs-$(cat "$here/Windows.csproj" "$here/../../Directory.Packages.props" | cksum | cut -d' ' -f1)
[ -d "$programs" ] || make_programs
ln -sfn "$(basename "$programs")" "$cache/programs"
echo "$cache"
