#!/usr/bin/env bash
# Runs a command with Wine in mount, PID and network namespaces of its own, which end with the command.
# usage: tools/Windows/enter.sh CACHE FOLDER COMMAND...     FOLDER is mounted as /w; Wine's prefix is /w/prefix
# COMPOSE_ENGINE_SOCKET is the path of an engine's socket, which is mounted as /run/engine.sock.
set -euo pipefail
exec unshare --mount --propagation private --pid --net --fork --kill-child bash -euc '
  system=$1/system
  mkdir -p "$system/w" "$system/programs"
  mount -t proc proc "$system/proc"
  mount --rbind /dev "$system/dev"
  mount -t tmpfs tmpfs "$system/tmp"
  mount -t tmpfs tmpfs "$system/run"
  mount --bind "$2" "$system/w"
  [ ! -d "$1/programs" ] || mount --bind "$(readlink -f "$1/programs")" "$system/programs"
  if [ -S "${COMPOSE_ENGINE_SOCKET:-}" ]; then
    touch "$system/run/engine.sock"
    mount --bind "$COMPOSE_ENGINE_SOCKET" "$system/run/engine.sock"
  fi
  shift 2
  cd /
  # The variables of this machine make no sense on Windows, so only those for the tests are passed.
  exec chroot "$system" /usr/bin/env -i $(env | grep -oE "^COMPOSE_TEST_[A-Z_]+=[^ ]*$" || true) \
    PATH=/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin HOME=/w LANG=C.UTF-8 \
    WINEPREFIX=/w/prefix XDG_RUNTIME_DIR=/tmp WINEDEBUG=-all WINEDLLOVERRIDES=mshtml= "$@"' enter "$@"
