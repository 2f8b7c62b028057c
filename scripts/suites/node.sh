# shellcheck shell=bash
# Runs tests of Node's own test runner and ends with their counts. Sourced.

# node_run NAME FILE...: one file after the other, with what failed shown whole. The full protocol is left in .build/NAME.tap.
# NODE_PREFIX names a command that Node is run by.
node_run() {
  local name=$1 output status=0
  shift
  # shellcheck disable=SC2154  # paths.sh, which the suite has sourced, sets it
  output=$build/$name.tap
  mkdir -p "$build"
  local options=(--test --test-reporter=tap)
  # Side by side they would take each other's processor; older versions of Node do not have the switch.
  if node --test-concurrency=1 -e 0 2> /dev/null; then options+=(--test-concurrency=1); fi
  ${NODE_PREFIX:-} node "${options[@]}" "$@" > "$output" 2>&1 || status=$?
  grep -E '^ *(not )?ok ' "$output" | grep -vE '\.mjs$' || true
  [[ $status -eq 0 ]] || grep -vE '^ *(ok|duration_ms|---|\.\.\.|type|# Subtest|stack|Test\.|at )' "$output" | tail -80
  count() { sed -nE "s/^# $1 ([0-9]+)$/\1/p" "$output" | tail -1; }
  local passed failed
  passed=$(count pass) failed=$(($(count fail) + $(count cancelled)))
  printf '%s passed, %s failed\n' "${passed:-0}" "$failed"
  return "$status"
}
