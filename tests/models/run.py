"""Runs the tests beside it and ends with their counts."""
import sys
import unittest
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path[:0] = [str(here), *(str(here.parent.parent / "models" / part) for part in ("image", "clip", "text"))]


class Result(unittest.TextTestResult):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.passed = 0

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1


result = unittest.TextTestRunner(sys.stdout, resultclass=Result, verbosity=2).run(unittest.defaultTestLoader.discover(str(here)))
failed = len(result.failures) + len(result.errors)
print(f"{result.passed} passed, {failed} failed")
sys.exit(failed > 0)
