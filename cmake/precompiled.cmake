# What most sources begin with is compiled once: a third of a library's compile time, and half of the tests'. Only
# headers from outside the project, so that editing one of ours compiles what includes it and no more. Sources with
# options of their own say SKIP_PRECOMPILE_HEADERS. (CMAKE_DISABLE_PRECOMPILE_HEADERS=ON builds without.)
set(QUARTIC_PRECOMPILED <algorithm> <array> <cassert> <charconv> <cmath> <cstdint> <functional>
  <limits> <map> <memory> <numbers> <numeric> <optional> <set> <span> <sstream> <string> <string_view> <utility>
  <vector> <Eigen/Core>)

# ccache asks g++ for -fpch-preprocess: it names the precompiled header in the text of a unit.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT CMAKE_DISABLE_PRECOMPILE_HEADERS)
  # (Where a header is precompiled, g++ 12 reports the false overlaps of cmake/options.cmake under these names too.)
  set(options_of_precompiled -fpch-preprocess -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()

# quartic_precompile(TARGET) for a library: core compiles the header, those above it use it and share its options.
function(quartic_precompile target)
  if(CMAKE_DISABLE_PRECOMPILE_HEADERS)
    return()
  endif()
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_options(${target} PRIVATE ${options_of_precompiled})
  if(target STREQUAL quartic_core)
    target_precompile_headers(quartic_core PRIVATE ${QUARTIC_PRECOMPILED})
  else()
    target_precompile_headers(${target} REUSE_FROM quartic_core)
  endif()
endfunction()
