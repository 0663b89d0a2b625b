# quartic_tests(LAYER LIBRARIES targets...)
# The sources of tests/LAYER by the end of their names:
#   *_test.cpp        one executable of fast tests                   label unit (the target unit_tests builds them all)
#   *_statistics.cpp  one executable of simulations with fixed seeds label statistical
#   *_long.cpp        one executable of tests that take minutes      label long, only with ./dev test --long
add_custom_target(unit_tests)

function(quartic_tests layer)
  cmake_parse_arguments(TESTS "" "" "LIBRARIES" ${ARGN})
  set(label_of_test unit)
  set(label_of_statistics statistical)
  set(label_of_long long)
  set(most_seconds_of_test 300)
  set(most_seconds_of_statistics 900)
  set(most_seconds_of_long 7200)
  foreach(kind test statistics long)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${layer}/*_${kind}.cpp)
    if(NOT sources)
      continue()
    endif()
    set(target ${layer}_${kind})
    add_executable(${target} ${sources})
    target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
    target_compile_definitions(${target} PRIVATE QUARTIC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE ${TESTS_LIBRARIES} quartic_options GTest::gtest_main)
    gtest_discover_tests(${target} TEST_PREFIX ${layer}. PROPERTIES LABELS "${label_of_${kind}};${layer}"
      TIMEOUT ${most_seconds_of_${kind}} DISCOVERY_TIMEOUT 60)
    if(kind STREQUAL test)
      target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)  # they compile longer than they run
      add_dependencies(unit_tests ${target})
    endif()
  endforeach()
endfunction()
