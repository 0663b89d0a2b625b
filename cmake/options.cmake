# Compiler options shared by every target of the project (never exported to users of the library).
# Options are aggregates with defaults, of which a caller names some: no warning about the others.
add_library(quartic_options INTERFACE)
target_compile_features(quartic_options INTERFACE cxx_std_20)
target_compile_options(quartic_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -ffp-contract=off -fno-math-errno
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651)
target_compile_definitions(quartic_options INTERFACE EIGEN_DONT_PARALLELIZE)
if(CMAKE_CXX_FLAGS_DEBUG MATCHES "sanitize=thread")
  set(QUARTIC_THREAD_SANITIZER ON)
  # g++ 12 instruments the functions that choose among target_clones; they run before the sanitizer is loaded.
  target_compile_options(quartic_options INTERFACE "-Dtarget_clones(...)=unused")
endif()
