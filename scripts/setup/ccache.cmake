# What has been compiled once, in any clone, is not compiled again. Only speed: without ccache everything builds all the same.
find_program(HUB_CCACHE ccache NO_CMAKE_FIND_ROOT_PATH)
if(HUB_CCACHE)
  set(launcher "${CMAKE_COMMAND}" -E env
    "CCACHE_DIR=${HUB_CACHE}/ccache" CCACHE_MAXSIZE=2G
    # Clones lie in different folders.
    "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" CCACHE_NOHASHDIR=1
    # em++ is a script that starts the compiler: its version says more than its date.
    "CCACHE_COMPILERCHECK=string:${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${EMSCRIPTEN_VERSION}"
    "${HUB_CCACHE}")
  if(EMSCRIPTEN)
    list(INSERT launcher 3 CCACHE_COMPILERTYPE=clang)
  endif()
  set(CMAKE_C_COMPILER_LAUNCHER "${launcher}")
  set(CMAKE_CXX_COMPILER_LAUNCHER "${launcher}")
endif()
