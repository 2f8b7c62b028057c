# Finds the Emscripten that `emcc` on PATH belongs to and uses its own CMake platform file.
find_program(HUB_EMCC emcc REQUIRED)
file(REAL_PATH "${HUB_EMCC}" hub_emcc)
get_filename_component(hub_emscripten "${hub_emcc}" DIRECTORY)
include("${hub_emscripten}/cmake/Modules/Platform/Emscripten.cmake")

# Debian keeps the JavaScript libraries that emcc's optimiser needs where Node does not look by itself.
if(EXISTS /usr/share/nodejs AND hub_emscripten STREQUAL "/usr/share/emscripten")
  set(CMAKE_C_LINKER_LAUNCHER "${CMAKE_COMMAND};-E;env;NODE_PATH=/usr/share/nodejs")
  set(CMAKE_CXX_LINKER_LAUNCHER "${CMAKE_C_LINKER_LAUNCHER}")
endif()
