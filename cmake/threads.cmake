# threads_test: the tests of the engine for the thread sanitizer, of which no more is compiled than the
# libraries below it.
set(engine_tests engine_test.cpp archive_test.cpp memory_budget_test.cpp plan_test.cpp)
if(NOT QUARTIC_THREAD_SANITIZER)
  return()
endif()
list(TRANSFORM engine_tests PREPEND experiments/engine/)
add_executable(threads_test ${engine_tests})
quartic_unity(threads_test)
target_include_directories(threads_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(threads_test PRIVATE quartic::engine test_places quartic_options GTest::gtest_main)
quartic_instrument(threads_test)  # their threads meet too
# The sanitizer of g++ 12 finds no room where the kernel spreads addresses wide; setarch -R is not allowed everywhere.
execute_process(COMMAND setarch -R true RESULT_VARIABLE refused OUTPUT_QUIET ERROR_QUIET)
if(NOT refused)
  set_target_properties(threads_test PROPERTIES CROSSCOMPILING_EMULATOR "setarch;-R")
endif()
gtest_discover_tests(threads_test TEST_PREFIX threads. DISCOVERY_TIMEOUT 60 TEST_LIST threads_test_found)
quartic_test_properties(threads_test threads experiments 900)
