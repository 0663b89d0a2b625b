# Divides sources (the arguments, in their order) into groups that one translation unit can include: at most `most` (-v
# most=N), and no name of their unnamed namespaces twice. With -v apart=1 no source even mentions such a name of another,
# so that each means in the group what it means alone. Tests, each in a namespace of its own, never meet. A name that who
# includes them renames (-v renamed=NAME) keeps no two apart. Prints "GROUP FILE" for each: clang-tidy and the compiler
# read what many sources include but once.
function close_file(   group, name, word, fits) {
  if (file == "") return
  for (group = 1; group <= groups; ++group) {
    if (size[group] == most) continue
    fits = 1
    if (apart) {
      for (name in names) if ((group, home, name) in used) { fits = 0; break }
      for (word in words) if ((group, home, word) in taken) { fits = 0; break }
    } else for (name in names) if ((group, home, name) in taken) { fits = 0; break }
    if (fits) break
  }
  if (group > groups) groups = group
  ++size[group]
  for (name in names) taken[group, home, name] = 1
  for (word in words) used[group, home, word] = 1
  print group, file
}
FNR == 1 { close_file(); file = FILENAME; inside = unfinished = 0; home = ""; delete names; delete words }
apart {
  code = $0
  sub(/\/\/.*/, "", code)
  gsub(/"([^"\\]|\\.)*"|(\.|->|::)[A-Za-z_0-9]+/, "", code)  # texts and members mean no name of a namespace
  count = split(code, parts, /[^A-Za-z_0-9]+/)
  for (part = 1; part <= count; ++part) words[parts[part]] = 1
}
/^namespace [a-z_:0-9]+ \{/ { home = $2; sub(/::detail$/, "", home) }  # what a library keeps to itself sees all of it
/^namespace \{/ { inside = 1; next }
/^\}  \/\/ namespace/ { inside = 0 }
!inside || /^(TEST|INSTANTIATE|TYPED_TEST|BENCHMARK)/ { next }
/^[A-Za-z_]/ || unfinished {
  unfinished = !/[;{}]$/
  rest = $0
  while (match(rest, /(struct|class|enum) [A-Za-z_0-9]+|[A-Za-z_0-9]+ *[\[({=;]/)) {
    name = substr(rest, RSTART, RLENGTH)
    rest = substr(rest, RSTART + RLENGTH)
    gsub(/^(struct|class|enum) | *[\[({=;]$/, "", name)
    if (name != renamed) names[name] = 1
    if (!unfinished && !/;$/) next
  }
}
END { close_file() }
