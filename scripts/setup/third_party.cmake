# Third-party code: headers from the system, XGBoost and Dear ImGui from pinned source packages.

# hub_header(NAME FOLDER): a target whose includes are FOLDER's headers, out of the system's include folder. Each is linked
# alone into a folder of its own, because the system's C headers must not get in the way of Emscripten's; in the cache, so that
# all clones compile with the same addresses and ccache recognises them.
function(hub_header name entry folder)
  find_path(HUB_${name}_FOLDER "${entry}" PATHS "${folder}" /usr/include NO_CMAKE_FIND_ROOT_PATH)
  if(NOT HUB_${name}_FOLDER)
    message(FATAL_ERROR "${entry} is not installed. scripts/setup/machine installs it.")
  endif()
  string(REGEX MATCH "^[^/]+" top "${entry}")
  file(MAKE_DIRECTORY "${HUB_CACHE}/headers/${name}")
  file(CREATE_LINK "${HUB_${name}_FOLDER}/${top}" "${HUB_CACHE}/headers/${name}/${top}" SYMBOLIC)
  add_library(${name} INTERFACE)
  target_include_directories(${name} SYSTEM INTERFACE "${HUB_CACHE}/headers/${name}")
endfunction()

hub_header(nlohmann_json nlohmann/json.hpp /usr/include)
hub_header(tl_expected tl/expected.hpp /usr/include)
hub_header(eigen Eigen/Core /usr/include/eigen3)

# hub_run(VARIABLE COMMAND...): runs a script that prints one line, telling its progress as it goes.
function(hub_run variable)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "${ARGN} did not succeed")
  endif()
  set(${variable} "${output}" PARENT_SCOPE)
endfunction()

if(EMSCRIPTEN)
  hub_run(xgboost_prefix "${PROJECT_SOURCE_DIR}/scripts/setup/xgboost" wasm)
else()
  hub_run(xgboost_prefix "${CMAKE_COMMAND}" -E env "CXX=${CMAKE_CXX_COMPILER}" "${PROJECT_SOURCE_DIR}/scripts/setup/xgboost" native)
endif()
add_library(xgboost STATIC IMPORTED)
set_target_properties(xgboost PROPERTIES
  IMPORTED_LOCATION "${xgboost_prefix}/lib/libxgboost.a"
  INTERFACE_INCLUDE_DIRECTORIES "${xgboost_prefix}/include"
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "${xgboost_prefix}/include"
  INTERFACE_LINK_LIBRARIES "${xgboost_prefix}/lib/libdmlc.a")
if(NOT EMSCRIPTEN)
  find_package(Threads REQUIRED)
  target_link_libraries(xgboost INTERFACE Threads::Threads ${CMAKE_DL_LIBS})
endif()

# libdeflate: what the entries of a zip archive and a gzip file are packed with, the unpacking half alone.
hub_run(deflate_source "${PROJECT_SOURCE_DIR}/scripts/setup/sources" deflate)
include(scripts/setup/libdeflate.cmake)

if(EMSCRIPTEN)
  hub_run(imgui_bundle "${PROJECT_SOURCE_DIR}/scripts/setup/sources" imgui-bundle)
  hub_run(xgboost_source "${PROJECT_SOURCE_DIR}/scripts/setup/sources" xgboost)
endif()
