#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "core/library/error.hpp"
#include "core/predictor/parameter_search.hpp"
#include "core/predictor/splits.hpp"

namespace hub::predictor {

/// What is tuned: parameters with their usual values, and how good a choice is.
struct TuningTask {
  std::vector<Parameter> parameters;
  Point usual;              ///< within the parameters' ranges
  std::size_t ratings = 0;  ///< how many there are to learn from

  /// The loss of each test rating (such as its squared error in stars²) after learning from the training ratings with these parameters, as
  /// many numbers as there are in `split.test`. It must depend on its arguments alone. Nothing means that it is not done yet and wants to
  /// be asked again, with the same arguments. An error ends the job.
  std::function<Expected<std::optional<std::vector<double>>>(const Point& point, const Split& split)> losses;
};

struct TuningBudget {
  std::size_t trials = 60;                                   ///< in each of the searches
  double seconds = std::numeric_limits<double>::infinity();  ///< for all; with a limit in time the result depends on the machine
  std::function<double()> clock;                             ///< seconds since any moment; needed where `seconds` is finite
};

struct TuningResult {
  Point usual;
  Point found;                 ///< the best of the search over all ratings
  bool kept = false;           ///< whether `found` is to be used: it gains more than its standard error
  double usual_loss = 0;       ///< mean over ratings that neither the search nor the training had seen
  double found_loss = 0;       ///< of what a search found without them
  double gain = 0;             ///< usual_loss - found_loss
  double standard_error = 0;   ///< of `gain`, over ratings
  std::size_t trials = 0;      ///< in all searches
  std::vector<Trial> history;  ///< of the search over all ratings: mean losses by inner cross-validation
  const Point& chosen() const { return kept ? found : usual; }
};

/// Search for better parameters by nested cross-validation (Varma and Simon 2006): of each outer fold's ratings nothing is known to the
/// search that is judged on them. One step asks for losses once, so a worker stays responsive if they come in slices; a job that is dropped
/// has changed nothing.
class TuningJob {
 public:
  static constexpr std::size_t outer_folds = 3;
  static constexpr std::size_t inner_folds = 3;

  /// @return  Error "too_few" below 12 ratings, "bad_parameters" where a range or a usual value makes no sense.
  static Expected<TuningJob> start(TuningTask task, TuningBudget budget, std::uint64_t seed);

  /// The next fit, or a part of it. @return  false when finished; the error of TuningTask::losses, or "bad_losses" where their number is
  /// not that of the test ratings.
  Expected<bool> step();

  /// All trials so far, in all searches.
  std::size_t trials() const { return trials_; }

  double progress() const;  ///< 0 … 1, by trials or by time, whichever is further

  /// The least mean loss of the search that is under way and the point it belongs to, for a page to show.
  std::optional<Trial> best_so_far() const;

  TuningResult finish() const;  ///< once step has returned false

 private:
  TuningJob() = default;
  void begin_search();
  Expected<bool> take_losses(const Point& point, const Split& split, std::vector<double>& into);
  bool search_is_over() const;

  TuningTask task_;
  TuningBudget budget_;
  std::uint64_t seed_ = 1;
  std::vector<Split> outer_;
  double began_ = 0;

  std::size_t stage_ = 0;  ///< which outer fold; the last search is over all ratings
  bool searching_ = true;  ///< within a stage: first the search, then its judgement
  bool usual_judged_ = false;
  std::optional<Search> search_;
  std::vector<Split> inner_;
  Point point_;           ///< under trial
  std::size_t fold_ = 0;  ///< of `inner_`
  std::vector<double> trial_losses_;

  std::vector<double> usual_losses_;
  std::vector<double> found_losses_;
  std::size_t trials_ = 0;
};

}  // namespace hub::predictor
