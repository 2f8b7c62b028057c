#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/features/encoding.hpp"
#include "core/predictor/linear.hpp"

namespace hub::predictor {

/// The members (people, genres, keywords, …) that a person's rated works have, numbered. Built once for all ratings of a person; every fit
/// on some of them uses the same numbers.
class TokenTable {
 public:
  struct Entry {
    std::uint32_t slot = 0;
    double weight = 0;
  };

  explicit TokenTable(std::span<const features::Encoded> rows);

  std::size_t slots() const { return family_.size(); }
  features::Family family_of(std::uint32_t slot) const { return family_[slot]; }
  std::span<const Entry> row(std::size_t i) const { return {entries_.data() + row_begin_[i], row_begin_[i + 1] - row_begin_[i]}; }

  /// Rows that have a member, as pairs of row and weight.
  struct Occurrence {
    std::uint32_t row = 0;
    double weight = 0;
  };
  std::span<const Occurrence> occurrences(std::uint32_t slot) const {
    return {occurrences_.data() + slot_begin_[slot], slot_begin_[slot + 1] - slot_begin_[slot]};
  }

  /// @return  the slot of a member that some rated work has, or nullptr.
  const std::uint32_t* find(std::uint64_t key) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> slot_of_;
  std::vector<features::Family> family_;
  std::vector<std::size_t> row_begin_;
  std::vector<Entry> entries_;
  std::vector<std::size_t> slot_begin_;
  std::vector<Occurrence> occurrences_;
};

/// What a prediction above the prior mean is made of.
struct RidgeParts {
  Terms terms = Terms::Zero();                         ///< weight times value of each numeric term
  std::array<double, features::family_count> taste{};  ///< by family: sum of effect times weight over the members
  double sum() const;
};

/// Bayesian linear regression on the numeric terms and on every creator, performer, genre, keyword, … at once: each member has an effect
/// with a Gaussian prior of its family's variance (ridge regression with one penalty a family; Hoerl and Kennard 1970). The effect of
/// somebody is thus the mean residual of the works they share, shrunk by how few these are, with what genres, public rating and habit
/// explain taken off.
///
/// Solved by block coordinate descent (Gauss-Seidel on the normal equations, Golub and Van Loan 2013, 11.2): the numeric terms exactly,
/// then each member in turn. A sweep costs one pass over all members of all rated works, so ten thousand ratings take a moment.
class Ridge {
 public:
  /// @param table     of all rows; must outlive the fit.
  /// @param use       which rows to learn from, one flag each.
  /// @param terms     numeric terms of all rows.
  /// @param residual  rating - m(x) of all rows, in stars; those not used are not read.
  Ridge(const TokenTable& table, std::span<const std::uint8_t> use, std::span<const Terms> terms, std::span<const double> residual);

  /// One pass of the solver. @return false when it has converged or done its last sweep.
  bool sweep();

  RidgeParts parts(std::size_t row, const TokenTable& table, std::span<const Terms> terms) const;
  RidgeParts parts(const features::Encoded& item, const Terms& terms, const TokenTable& table) const;
  double effect(std::uint32_t slot) const { return effects_[slot]; }
  const Terms& weights() const { return weights_; }

  /// Frees what only solving needs.
  void finish();

 private:
  const TokenTable* table_;
  std::vector<std::uint8_t> use_;
  std::vector<Terms> terms_;
  std::vector<double> left_;  ///< residual not yet explained
  std::vector<double> squares_;
  Eigen::Matrix<double, term_count, term_count> inverse_;
  Terms weights_ = Terms::Zero();
  std::vector<double> effects_;
  int sweeps_ = 0;
};

/// Prior variance of a family's effects, in stars², and of a rating's noise beside them.
double family_variance(features::Family family);
inline constexpr double ridge_noise = 0.42;

}  // namespace hub::predictor
