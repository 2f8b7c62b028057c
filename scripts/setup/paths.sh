# shellcheck shell=bash
# Where things are, and how a step is told. Sourced by the other scripts, never run.

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# What one clone builds.
build=$root/.build
# What any clone can use again, keyed by content.
# shellcheck disable=SC2034  # used by the scripts that source this one
cache=${XDG_CACHE_HOME:-$HOME/.cache}/media-hub

say() { printf '%s\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  local line
  for line in "$@"; do printf '       %s\n' "$line" >&2; done
  exit 1
}

# The first 16 digits of the SHA-256 of standard input: enough to tell contents apart in a folder's name.
short_hash() { sha256sum | cut -c1-16; }

# source_field NAME COLUMN: what sources.txt says about a source package (2 version, 3 archive, 4 SHA-256).
source_field() {
  awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$root/scripts/setup/sources.txt"
}

# steps N starts a count of steps; each `step TEXT` then says what is being done and how far it is.
steps() { steps_in_all=$1 steps_done=0; }
step() {
  steps_done=$((steps_done + 1))
  say "[$steps_done/$steps_in_all] $*"
}

# configure PRESET: runs CMake where that has not been done, or where what it was done with has changed. (A changed CMakeLists.txt
# is noticed by the build itself.)
configure() {
  local preset=$1 target=native stamp key
  [[ $preset == wasm ]] && target=wasm
  key=$("$root/scripts/setup/xgboost" "$target")
  key+=" $(cat "$root/CMakePresets.json" "$root/wasm/toolchain.cmake" | short_hash)"
  [[ $target == native ]] || "$root/scripts/setup/sources" imgui-bundle > /dev/null
  stamp=$build/$preset/configured
  if [[ -f $stamp && $(< "$stamp") == "$key" ]]; then return; fi
  quietly "$build/$preset.configure.log" cmake --fresh --preset "$preset" -S "$root"
  printf '%s' "$key" > "$stamp"
}

# quietly LOG COMMAND...: runs it, and shows what it said only if it failed.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" < /dev/null > "$log" 2>&1; then
    tail -60 "$log" >&2
    fail "this did not succeed: $*" "All of its output: $log"
  fi
}

# ninja_progress: turns ninja's lines (with NINJA_STATUS='%f/%t ') into one count that moves, and passes all other lines on.
ninja_progress() {
  local line pending=''
  while IFS= read -r line; do
    if [[ $line =~ ^([0-9]+)/([0-9]+)\  ]]; then
      local finished=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
      if [[ -t 2 ]]; then
        printf '\r  %s of %s files compiled or linked' "$finished" "$all" >&2
        pending=yes
      elif ((finished > 0 && (finished % 25 == 0 || finished == all))); then
        say "  $finished of $all files compiled or linked"
      fi
    elif [[ $line != ninja:\ * ]]; then
      if [[ -n $pending ]]; then say ''; fi
      pending=''
      say "$line"
    fi
  done
  if [[ -n $pending ]]; then say ''; fi
}
