# quartic_build_info(TARGET) adds the source behind experiments/platform/build_info.hpp to TARGET. The git revision is read
# at every build; the source is rewritten, and so recompiled, only when it changed.
# The same file is the script that writes the source (cmake -P) and the function that asks for it.
if(CMAKE_SCRIPT_MODE_FILE)
  function(git result)
    execute_process(COMMAND git -c safe.directory=${SOURCE_DIR} -C ${SOURCE_DIR} ${ARGN}
      OUTPUT_VARIABLE output OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(failed)
      set(output "unknown")
    endif()
    set(${result} "${output}" PARENT_SCOPE)
  endfunction()
  set(GIT_REVISION "unknown")
  if(EXISTS ${SOURCE_DIR}/.git)
    git(GIT_REVISION rev-parse --short=12 HEAD)
    git(changes status --porcelain --untracked-files=no)
    if(changes AND NOT GIT_REVISION STREQUAL "unknown")
      string(APPEND GIT_REVISION "+changes")
    endif()
  endif()
  configure_file(${CMAKE_CURRENT_LIST_DIR}/build_info.cpp.in ${OUTPUT} @ONLY)
  return()
endif()

function(quartic_build_info target)
  set(output ${PROJECT_BINARY_DIR}/generated/build_info.cpp)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  get_target_property(options quartic_options INTERFACE_COMPILE_OPTIONS)
  list(FILTER options EXCLUDE REGEX "-W")
  string(JOIN " " flags ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}} ${options})
  add_custom_target(${target}_build_info BYPRODUCTS ${output} VERBATIM COMMENT ""
    COMMAND ${CMAKE_COMMAND} -DSOURCE_DIR=${PROJECT_SOURCE_DIR} -DOUTPUT=${output} -DVERSION=${PROJECT_VERSION}
      "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}" "-DCOMPILER_FLAGS=${flags}"
      -P ${PROJECT_SOURCE_DIR}/cmake/build_info.cmake)
  add_dependencies(${target} ${target}_build_info)
  target_sources(${target} PRIVATE ${output})
endfunction()
