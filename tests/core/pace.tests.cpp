#include "core/engine/pace.hpp"

#include "tests/core/catch.hpp"

using hub::engine::Pace;

TEST_CASE("Progress is told at once, and again when there is more of it and some time has passed") {
  Pace pace(0.1);
  CHECK(pace.due(0, 1000));
  CHECK_FALSE(pace.due(0.5, 1001));   // too soon
  CHECK_FALSE(pace.due(0.05, 9000));  // too little
  CHECK(pace.due(0.5, 9001));
  CHECK_FALSE(pace.due(0.9, 9002));
  pace.restart();
  CHECK(pace.due(0, 9003));
}

TEST_CASE("What begins and was told then is not told again at once") {
  Pace pace(0.1);
  pace.restart(1000);
  CHECK_FALSE(pace.due(0.5, 1001));
  CHECK(pace.due(0.5, 2000));
}
