#define CATCH_CONFIG_MAIN
#include "tests/core/catch.hpp"
