#pragma once
// Catch2 2.13 as one header: the system's, or the same file from a pinned package where the system has only version 3.

#include <catch2/catch.hpp>
