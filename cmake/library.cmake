# quartic_library(NAME PUBLIC headers... [DEPENDS targets...] [LINKS targets...] [HEADERS_OF targets...])
# The folder of the calling CMakeLists.txt = one library quartic::NAME built from every .cpp beneath it; its include
# prefix is the folder's path.
#   PUBLIC      the headers that other libraries and users may include: these are installed. The others are private:
#               tests/architecture fails on an include of another library's private header
#   DEPENDS     what its headers use: passed on to its users
#   LINKS       what its sources link: users of the installed library need it at link time only
#   HEADERS_OF  libraries of which its sources use headers alone: nothing is linked, and users need nothing of them
#   NATIVE, NATIVE_LINKS  sources, and libraries that sources link, which a browser's build leaves out
# A source FOLDER/browser/x.cpp stands for FOLDER/x.cpp in a browser's build, and nowhere else.
# quartic_libraries_table(FILE) writes what every library depends on and lists, one a line: folder|folders|headers.
include(GNUInstallDirs)

function(quartic_library name)
  cmake_parse_arguments(LIBRARY "" "" "PUBLIC;DEPENDS;LINKS;HEADERS_OF;NATIVE;NATIVE_LINKS" ${ARGN})
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(target quartic_${name})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")  # that of a program
  if(EMSCRIPTEN)
    quartic_browser_sources(sources ${LIBRARY_NATIVE})
  else()
    list(FILTER sources EXCLUDE REGEX "/browser/")
    list(APPEND LIBRARY_LINKS ${LIBRARY_NATIVE_LINKS})
  endif()
  add_library(${target} STATIC ${sources})
  add_library(quartic::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} QUARTIC_FOLDER ${folder})
  if(NOT EMSCRIPTEN)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/quartic>)
  target_link_libraries(${target} PUBLIC ${LIBRARY_DEPENDS} PRIVATE ${LIBRARY_LINKS})
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:quartic_options>)
  if(NOT EMSCRIPTEN AND name MATCHES "^(study|findings|tables|calibration|cli)$")  # they read, judge and print
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  quartic_instrument(${target})
  quartic_precompile(${target})
  quartic_unity(${target})
  foreach(library IN LISTS LIBRARY_HEADERS_OF)
    target_include_directories(${target} SYSTEM PRIVATE $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()

  set(seen)
  foreach(library IN LISTS LIBRARY_DEPENDS LIBRARY_LINKS)
    string(REPLACE "::" "_" library ${library})
    if(TARGET ${library})
      get_target_property(folder_of_library ${library} QUARTIC_FOLDER)
      if(folder_of_library)
        list(APPEND seen ${folder_of_library})
      endif()
    endif()
  endforeach()
  list(TRANSFORM LIBRARY_PUBLIC PREPEND ${folder}/ OUTPUT_VARIABLE headers)
  string(REPLACE ";" " " seen "${seen}")
  string(REPLACE ";" " " headers "${headers}")
  set_property(GLOBAL APPEND_STRING PROPERTY QUARTIC_LIBRARIES "${folder}|${seen}|${headers}\n")

  install(TARGETS ${target} EXPORT quarticTargets COMPONENT library)
  foreach(header IN LISTS LIBRARY_PUBLIC)
    get_filename_component(street ${folder}/${header} DIRECTORY)
    install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/quartic/${street} COMPONENT library)
  endforeach()
endfunction()

function(quartic_libraries_table file)
  get_property(table GLOBAL PROPERTY QUARTIC_LIBRARIES)
  file(CONFIGURE OUTPUT ${file} CONTENT "${table}" @ONLY)
endfunction()
