#include "core/imports/record.hpp"

#include <algorithm>

#include "core/imports/words.hpp"

namespace hub::imports {

bool Record::empty() const {
  return std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); });
}

void Record::clear() {
  for (std::string& value : values) value.clear();
  problem.clear();
  within = {};
}

void Record::put(std::span<const Name> names, std::string_view name, std::string_view value) {
  for (const Name& known : names)
    if (known.name == name) {
      std::string& field = (*this)[known.field];
      if (field.empty()) field = trimmed(value);
    }
}

}  // namespace hub::imports
