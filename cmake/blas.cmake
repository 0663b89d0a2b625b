# The target quartic::blas: OpenBLAS, which picks its kernels by CPU at run time. The build with threads, held to one
# (models/linear/blas.cpp), because Debian's serial build is not safe to call from two threads at once: they get
# the same work buffer now and then, and wrong numbers. Installed beside
# quarticConfig.cmake, so that users of the library link what it was built with.
# A target with the property QUARTIC_OWN_BLAS takes a copy of its own, which no other library of the process sees: numpy
# keeps its OpenBLAS, and its threads.
if(NOT TARGET quartic::blas)
  find_path(QUARTIC_BLAS_INCLUDE_DIR cblas.h REQUIRED
    PATH_SUFFIXES ${CMAKE_LIBRARY_ARCHITECTURE}/openblas-pthread openblas-pthread openblas)
  find_library(QUARTIC_BLAS_LIBRARY openblas REQUIRED PATH_SUFFIXES openblas-pthread)
  mark_as_advanced(QUARTIC_BLAS_INCLUDE_DIR QUARTIC_BLAS_LIBRARY)
  add_library(quartic::blas INTERFACE IMPORTED)
  target_include_directories(quartic::blas INTERFACE ${QUARTIC_BLAS_INCLUDE_DIR})
  get_filename_component(own ${QUARTIC_BLAS_LIBRARY} DIRECTORY)
  target_link_libraries(quartic::blas INTERFACE
    $<IF:$<BOOL:$<TARGET_PROPERTY:QUARTIC_OWN_BLAS>>,${own}/libopenblas.a;gfortran;m,${QUARTIC_BLAS_LIBRARY}>)
  target_link_options(quartic::blas INTERFACE
    $<$<BOOL:$<TARGET_PROPERTY:QUARTIC_OWN_BLAS>>:LINKER:--exclude-libs,ALL>)
endif()
