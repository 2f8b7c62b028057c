# shellcheck shell=bash
# Runs a program of Catch2 tests and ends with its counts. Sourced.

# catch_run COMMAND...: one count for each test case. A check that was made before may be counted in with it: more_passed, more_failed.
catch_run() {
  local output status=0 total failed
  output=$("$@" --reporter compact --use-colour no 2>&1) || status=$?
  printf '%s\n' "$output" | grep -v ': passed: ' || true
  total=$("$@" --list-test-names-only 2> /dev/null | grep -c . || true)
  failed=0
  if [[ $status -ne 0 || $total -eq 0 ]]; then
    # "Failed 2 test cases, …", "Failed all 3 test cases …", "Failed both test cases …"; without any of these, it ended in the middle.
    failed=$(printf '%s\n' "$output" | sed -nE 's/^Failed both test cases.*/2/p; s/^Failed (all )?([0-9]+) test cases?.*/\2/p' | tail -1)
    [[ -n $failed ]] || failed=1
  fi
  [[ $total -ge $failed ]] || total=$failed
  printf '%s passed, %s failed\n' "$((total - failed + ${more_passed:-0}))" "$((failed + ${more_failed:-0}))"
  [[ $((failed + ${more_failed:-0})) -eq 0 ]]
}
