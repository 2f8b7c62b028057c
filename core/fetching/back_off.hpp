#pragma once

namespace hub::fetching {

/// How long to wait before a request that failed is tried again: twice as long each time, and never the same for all who failed at once
/// (exponential back-off with jitter).
///
/// @param failed  how often it has failed, from 1. @param random  uniform over [0, 1).
/// @return        milliseconds.
double back_off(int failed, double random);

}  // namespace hub::fetching
