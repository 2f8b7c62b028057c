# The target libdeflate, from the source package in `deflate_source`. (The fuzz targets, a project of their own, build it too.)
set(libdeflate_folder "${deflate_source}/libdeflate")
add_library(libdeflate STATIC
  "${libdeflate_folder}/lib/utils.c"
  "${libdeflate_folder}/lib/crc32.c"
  "${libdeflate_folder}/lib/deflate_decompress.c"
  "${libdeflate_folder}/lib/gzip_decompress.c"
  "${libdeflate_folder}/lib/x86/cpu_features.c"
  "${libdeflate_folder}/lib/arm/cpu_features.c")
target_include_directories(libdeflate PRIVATE "${libdeflate_folder}")
target_include_directories(libdeflate SYSTEM INTERFACE "${libdeflate_folder}")
