#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/library/library.hpp"

/// The writers of exports, one file each.
///
/// @param entries  of the library, each with a rating or deeds.
/// @param written  how many of them were written.
namespace hub::exports {

std::string write_letterboxd(std::span<const Entry* const> entries, std::size_t& written);
std::string write_imdb(std::span<const Entry* const> entries, std::size_t& written);
std::string write_goodreads(std::span<const Entry* const> entries, std::size_t& written);
std::string write_anime(std::span<const Entry* const> entries, std::size_t& written);
std::string write_manga(std::span<const Entry* const> entries, std::size_t& written);
std::string write_yamtrack(std::span<const Entry* const> entries, std::size_t& written);
std::string write_table(std::span<const Entry* const> entries, std::size_t& written);
std::string write_json(std::span<const Entry* const> entries, std::size_t& written);

}  // namespace hub::exports
