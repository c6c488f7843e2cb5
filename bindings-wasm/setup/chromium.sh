#!/usr/bin/env bash
# chromium.sh FILE: finds a Chromium, or installs Debian's with a Chinese font, and leaves its path in FILE.
set -euo pipefail
find_it() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
  return 1
}
if ! path=$(find_it); then
  command -v apt-get >/dev/null || { echo "no Chromium here: install one, or name one in CHROMIUM" >&2; exit 1; }
  as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
  export DEBIAN_FRONTEND=noninteractive
  as_root apt-get update -qq
  # Without a Chinese font every label in a page would be an empty box.
  as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null
  path=$(find_it)
fi
mkdir -p "$(dirname "$1")"
echo "$path" > "$1"
