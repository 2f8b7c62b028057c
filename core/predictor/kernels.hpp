#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "core/features/feature.hpp"
#include "core/features/tokens.hpp"
#include "core/features/work_vectors.hpp"

namespace hub::predictor {

/// What can make two works alike. Each is a positive semidefinite function of two works, so that a sum with weights of zero or more is the
/// covariance of a Gaussian process (Rasmussen and Williams 2006, 4.2.4), and a prediction splits into one part for each.
enum class Kernel {
  constant,                 ///< 1: what all of a person's ratings share
  community,                ///< 2c · 2c', c the public's rating above its source's mean
  votes,                    ///< v v', z-scores of log votes
  year,                     ///< in units of 20 years from 2000
  length,                   ///< z-scores of ln(length)
  unknown_public,           ///< 1 where neither has a public rating
  genres,                   ///< cosine of the sets, as the following
  creators,                 ///< by name: the same person is the same in every role and in every medium
  creators_outside_screen,  ///< the same where neither is a film or show: an author or band says more than a director
  cast,
  language,
  companies,
  keywords,     ///< weighed by inverse document frequency, as the next
  title_words,  ///< mostly: the same series
  media_type,   ///< 1 where the same
  near_year,    ///< exp(-Δyear² / 0.5)
  near_public,  ///< exp(-(2Δc)² / 2 - Δv² / 2)
  joint,        ///< exp(-(1 - cosine of genres) / 0.5 - Δyear² / 2 - Δv² / 4 - (2Δc)² / 4): the same kind of work altogether
  text,         ///< exp((cosine - 1) / 0.4) of what is written about the works
  date,         ///< exp(-|Δt| / 180 days) of the days of rating: how strictly somebody rates drifts
  series,       ///< cosine of the sets, as the next
  awards,
  poster,    ///< as text, of what the posters look like
  agreement  ///< z-scores of how well posters fit texts, as votes; 0 where that of either is not known
};
inline constexpr std::size_t kernel_count = 24;
constexpr std::size_t index_of(Kernel kernel) {
  return static_cast<std::size_t>(kernel);
}

/// The weights of one estimator: prior variances in stars². A kernel of weight 0 is not in its sum.
struct Weights {
  std::array<double, kernel_count> of{};
  double noise = 0;  ///< variance of a rating around what a person would say on average

  double operator[](Kernel kernel) const { return of[index_of(kernel)]; }
};

/// One line of the list of kernels.
struct KernelEntry {
  Kernel kernel;
  std::string_view name;
  features::Group group;    ///< what a part of a prediction by this kernel is about
  double gaussian_process;  ///< weights in the three estimators
  double ridge;
  double linear;
};

/// All kernels, in the order of the enumeration. The weights were found once by marginal likelihood pooled over people and media; halving
/// or doubling most of them hardly moves a prediction, so there is nothing to search for a single person. Some were not fitted, as the
/// works that weights are found on hardly tell these facts: a series has the weight of a creator, an award that of a company, and how well
/// a poster fits its text that of how well known a work is.
std::span<const KernelEntry, kernel_count> kernels();

/// The kernel of an embedding, by features::Embedding.
inline constexpr std::array<Kernel, features::embedding_count> embedding_kernels{Kernel::text, Kernel::poster};
/// Of what the kernel of an embedding explains so much is noise where there is none.
inline constexpr double unexplained_without = 0.7;

/// What counts for a person only where their own ratings say that it helps (EmbeddingTrial): each embedding, by features::Embedding, and
/// behind them how well poster and text agree.
inline constexpr std::array<Kernel, features::embedding_count + 1> tried_kernels{Kernel::text, Kernel::poster, Kernel::agreement};

/// Whether it counts for a person, by place in tried_kernels.
using Reads = std::array<bool, tried_kernels.size()>;

/// @param reads  what works have embeddings of, and agreements; of others the text would explain what is noise then.
Weights gaussian_process_weights(const Reads& reads);
/// The same with more noise: for people whose ratings say less.
Weights cautious_weights(const Reads& reads);
Weights ridge_weights();
Weights linear_weights();
/// Those of the constant alone.
Weights habit_weights();

/// The kernels that are the cosine of two sets, each with its family.
struct SetKernel {
  Kernel kernel;
  features::Family family;
};
std::span<const SetKernel> set_kernels();

}  // namespace hub::predictor
