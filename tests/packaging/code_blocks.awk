# awk -v folder=FOLDER -f code_blocks.awk PAGE.md: writes every code block whose fence names a file ("```cpp main.cpp")
# to that file in FOLDER; blocks of one name follow one another, an empty line between them.
/^```/ {
  if (inside) { inside = 0; file = ""; next }
  inside = 1
  if (NF < 2) next
  file = folder "/" $2
  if (file in seen) print "" > file
  else { parent = file; sub(/\/[^\/]*$/, "", parent); system("mkdir -p '" parent "'") }
  seen[file] = 1
  next
}
file != "" { print > file }
