#include "core/predictor/kernels.hpp"

namespace hub::predictor {

using features::Family;
using features::Group;

namespace {

// The drift over time is not in any sum from the start: a person's own past decides (drift.hpp).
constexpr std::array<KernelEntry, kernel_count> list{{
    {Kernel::constant, "constant", Group::habit, 0.20, 0.255, 0.255},
    {Kernel::community, "community", Group::community, 0.0775, 0.148, 0.148},
    {Kernel::votes, "votes", Group::popularity, 0.021, 0.081, 0.081},
    {Kernel::year, "year", Group::era, 0.003, 0.038, 0.038},
    {Kernel::length, "length", Group::length, 0.005, 0.008, 0.008},
    {Kernel::unknown_public, "unknown_public", Group::community, 0.17, 0.3, 0.3},
    {Kernel::genres, "genres", Group::genres, 0.017, 0.106, 0},
    {Kernel::creators, "creators", Group::people, 0.08, 0.1, 0},
    {Kernel::creators_outside_screen, "creators_outside_screen", Group::people, 0.074, 0, 0},
    {Kernel::cast, "cast", Group::people, 0.007, 0.05, 0},
    {Kernel::language, "language", Group::origin, 0.0095, 0.014, 0},
    {Kernel::companies, "companies", Group::companies, 0.007, 0.03, 0},
    {Kernel::keywords, "keywords", Group::story, 0.021, 0.08, 0},
    {Kernel::title_words, "title_words", Group::story, 0.12, 0.05, 0},
    {Kernel::media_type, "media_type", Group::habit, 0.014, 0.03, 0},
    {Kernel::near_year, "near_year", Group::era, 0.032, 0, 0},
    {Kernel::near_public, "near_public", Group::popularity, 0.012, 0, 0},
    {Kernel::joint, "joint", Group::alike, 0.115, 0, 0},
    {Kernel::text, "text", Group::story, 0.177, 0, 0},
    {Kernel::date, "date", Group::habit, 0, 0, 0},
    {Kernel::series, "series", Group::series, 0.08, 0.1, 0},
    {Kernel::awards, "awards", Group::awards, 0.007, 0.03, 0},
    {Kernel::poster, "poster", Group::poster, 0.08, 0, 0},
    {Kernel::agreement, "agreement", Group::agreement, 0.021, 0, 0},
}};

constexpr double gaussian_process_noise = 0.217;
constexpr double more_noise = 0.35;
constexpr double ridge_noise = 0.42;
constexpr double linear_noise = 0.725;

constexpr std::array<SetKernel, 10> sets{{{Kernel::genres, Family::genres},
                                          {Kernel::creators, Family::creators},
                                          {Kernel::creators_outside_screen, Family::creators},
                                          {Kernel::cast, Family::cast},
                                          {Kernel::language, Family::language},
                                          {Kernel::companies, Family::companies},
                                          {Kernel::keywords, Family::keywords},
                                          {Kernel::title_words, Family::title_words},
                                          {Kernel::series, Family::series},
                                          {Kernel::awards, Family::awards}}};

Weights column(double KernelEntry::*weight, double noise) {
  Weights weights;
  for (const auto& entry : list) weights.of[index_of(entry.kernel)] = entry.*weight;
  weights.noise = noise;
  return weights;
}

}  // namespace

std::span<const KernelEntry, kernel_count> kernels() {
  return list;
}

Weights gaussian_process_weights(const Reads& reads) {
  auto weights = column(&KernelEntry::gaussian_process, gaussian_process_noise);
  for (std::size_t tried = 0; tried < tried_kernels.size(); ++tried) {
    if (reads[tried]) continue;
    auto& unread = weights.of[index_of(tried_kernels[tried])];
    // The weights were found together with that of texts, and without the others.
    if (tried_kernels[tried] == Kernel::text) weights.noise += unexplained_without * unread;
    unread = 0;
  }
  return weights;
}

Weights cautious_weights(const Reads& reads) {
  auto weights = gaussian_process_weights(reads);
  weights.noise += more_noise;
  return weights;
}

Weights ridge_weights() {
  return column(&KernelEntry::ridge, ridge_noise);
}

Weights linear_weights() {
  return column(&KernelEntry::linear, linear_noise);
}

Weights habit_weights() {
  Weights weights;
  weights.of[index_of(Kernel::constant)] = linear_weights()[Kernel::constant];
  weights.noise = linear_noise;
  return weights;
}

std::span<const SetKernel> set_kernels() {
  return sets;
}

}  // namespace hub::predictor
