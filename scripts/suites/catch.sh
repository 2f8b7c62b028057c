# shellcheck shell=bash
# Runs a program of Catch2 tests and ends with its counts. Sourced.

# catch_run COMMAND...
catch_run() {
  local output status=0 total failed
  output=$("$@" --reporter compact 2>&1) || status=$?
  printf '%s\n' "$output" | grep -v ': passed: ' || true
  total=$("$@" --list-test-names-only 2> /dev/null | grep -c . || true)
  failed=0
  if [[ $status -ne 0 ]]; then
    # "Failed 2 test cases, …" or, for one of many, "… 3 of 40 test cases"; without either, it ended in the middle.
    failed=$(printf '%s\n' "$output" | sed -nE 's/^Failed (both )?([0-9]+)? ?test cases?.*/\2/p; s/^.*[Ff]ailed ([0-9]+) test cases?.*/\1/p' | tail -1)
    [[ -n $failed ]] || failed=1
  fi
  printf '%s passed, %s failed\n' "$((total - failed))" "$failed"
  return "$status"
}
