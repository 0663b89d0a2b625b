# threads_test: the tests of the engine for the thread sanitizer, with no more of the layer than the engine needs, because
# all of it is compiled once more. (A function missing at the link stands in a file to be added here.)
if(NOT QUARTIC_THREAD_SANITIZER)
  return()
endif()
file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/experiments/*.cpp)
list(FILTER sources INCLUDE REGEX
  "/(engine|arm|overlay|cells|cube|records|record_key|expression|memory|study_options|study_document|study_text|checkpoint|digest|store_file)[^/]*$")
# oneTBB's loops are not instrumented: see experiments/engine_parallel.hpp.
set_source_files_properties(${PROJECT_SOURCE_DIR}/experiments/engine_parallel.cpp
  PROPERTIES COMPILE_OPTIONS "-fno-sanitize=thread")

file(GLOB tests CONFIGURE_DEPENDS experiments/engine*_test.cpp)
list(FILTER tests EXCLUDE REGEX "engine_stream_test")  # reads studies from text, with half the layer
add_executable(threads_test ${tests} ${sources} ${PROJECT_BINARY_DIR}/generated/build_info.cpp)
set_source_files_properties(${PROJECT_BINARY_DIR}/generated/build_info.cpp PROPERTIES GENERATED TRUE)
add_dependencies(threads_test quartic_experiments_build_info)
target_include_directories(threads_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_include_directories(threads_test SYSTEM PRIVATE $<TARGET_PROPERTY:xtensor,INTERFACE_INCLUDE_DIRECTORIES>)
target_link_libraries(threads_test PRIVATE quartic::sim quartic::models quartic::laws quartic_options
  TBB::tbb fmt::fmt nlohmann_json::nlohmann_json OpenSSL::Crypto GTest::gtest_main)
# The sanitizer of g++ 12 finds no room where the kernel spreads addresses wide; setarch -R is not allowed everywhere.
execute_process(COMMAND setarch -R true RESULT_VARIABLE refused OUTPUT_QUIET ERROR_QUIET)
if(NOT refused)
  set_target_properties(threads_test PROPERTIES CROSSCOMPILING_EMULATOR "setarch;-R")
endif()
gtest_discover_tests(threads_test TEST_PREFIX threads. PROPERTIES LABELS threads DISCOVERY_TIMEOUT 60)
