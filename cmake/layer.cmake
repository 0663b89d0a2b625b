# quartic_layer(NAME DEPENDS targets... [LINKS targets...] [HEADERS_OF targets...])
# One folder = one library quartic::NAME built from every .cpp in it, with the include prefix "NAME/".
#   DEPENDS     what its headers use: passed on to its users
#   LINKS       what its sources link: users of the installed library need it at link time only
#   HEADERS_OF  libraries of which its sources use headers alone: nothing is linked, and users need nothing of them
include(GNUInstallDirs)

function(quartic_layer name)
  cmake_parse_arguments(LAYER "" "" "DEPENDS;LINKS;HEADERS_OF" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${name}/*.cpp)
  add_library(quartic_${name} STATIC ${sources})
  add_library(quartic::${name} ALIAS quartic_${name})
  set_target_properties(quartic_${name} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON)
  target_compile_features(quartic_${name} PUBLIC cxx_std_20)
  target_include_directories(quartic_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/quartic>)
  target_link_libraries(quartic_${name} PUBLIC ${LAYER_DEPENDS} PRIVATE ${LAYER_LINKS})
  target_link_libraries(quartic_${name} PRIVATE $<BUILD_INTERFACE:quartic_options>)
  foreach(library IN LISTS LAYER_HEADERS_OF)
    target_include_directories(quartic_${name} SYSTEM PRIVATE
      $<TARGET_PROPERTY:${library},INTERFACE_INCLUDE_DIRECTORIES>)
  endforeach()

  install(TARGETS quartic_${name} EXPORT quarticTargets COMPONENT library)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${name} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/quartic COMPONENT library
    FILES_MATCHING PATTERN "*.hpp" PATTERN studies EXCLUDE)
endfunction()
