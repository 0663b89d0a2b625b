# Compiler options shared by every target of the project (never exported to users of the library).
# Options are aggregates with defaults, of which a caller names some: no warning about the others.
add_library(quartic_options INTERFACE)
target_compile_features(quartic_options INTERFACE cxx_std_20)
target_compile_options(quartic_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -ffp-contract=off -fno-math-errno
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651)
target_compile_definitions(quartic_options INTERFACE EIGEN_DONT_PARALLELIZE)

# Everything is linked with the sanitizers, but only the libraries, the program and threads_test are compiled with them
# (quartic_instrument). The command line that compiles a test is so the same with and without: ccache compiles it once.
set(QUARTIC_SANITIZERS "" CACHE STRING "Sanitizers, with commas: address,undefined or thread")
set(QUARTIC_INSTRUMENTATION)
if(QUARTIC_SANITIZERS)
  add_link_options(-fsanitize=${QUARTIC_SANITIZERS})
  set(QUARTIC_INSTRUMENTATION -O1 -g1 -UNDEBUG -D_GLIBCXX_ASSERTIONS -fsanitize=${QUARTIC_SANITIZERS}
    -fno-sanitize-recover=all -Wno-maybe-uninitialized)
endif()
if(QUARTIC_SANITIZERS MATCHES "undefined")
  list(APPEND QUARTIC_INSTRUMENTATION -fno-sanitize=null,alignment,object-size,pointer-overflow)
elseif(QUARTIC_SANITIZERS MATCHES "thread")
  set(QUARTIC_THREAD_SANITIZER ON)
endif()
function(quartic_instrument target)
  target_compile_options(${target} PRIVATE ${QUARTIC_INSTRUMENTATION})
endfunction()
