# Most of a unit's compile time goes to headers and to what it instantiates of them. Where CMAKE_UNITY_BUILD is on (the
# presets for users and for sanitizers), up to 24 sources of one library are compiled together: half the time of the
# whole. Tests have a namespace each, so that no names keep them apart.
# quartic_unity(TARGET) groups the target's sources; those with options of their own stay alone, and so do all of core,
# sim and models, whose loops were tuned as units of their own, but under sanitizers. Every model and world has an
# option_table, which gets another name in each.
function(quartic_unity target)
  if(NOT CMAKE_UNITY_BUILD)
    return()
  endif()
  if(target MATCHES "^quartic_(core|sim|models)$" AND NOT QUARTIC_SANITIZERS)
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP UNITY_BUILD_UNIQUE_ID option_table)
  # To g++ a unit's own types look like a header's there.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  get_target_property(sources ${target} SOURCES)
  set(written)
  foreach(source IN LISTS sources)
    string(FIND "${source}" "${PROJECT_BINARY_DIR}/" at)
    if(NOT at EQUAL 0)
      list(APPEND written ${source})
    endif()
  endforeach()
  if(NOT written)
    return()
  endif()
  execute_process(COMMAND awk -v most=24 -v apart=1 -v renamed=option_table -f ${PROJECT_SOURCE_DIR}/cmake/source_groups.awk ${written}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
  string(REGEX MATCHALL "[^\n]+" groups "${groups}")
  foreach(line IN LISTS groups)
    string(REGEX MATCH "^([0-9]+) (.*)$" line "${line}")
    set_source_files_properties(${CMAKE_MATCH_2} PROPERTIES UNITY_GROUP ${target}_${CMAKE_MATCH_1})
  endforeach()
endfunction()
