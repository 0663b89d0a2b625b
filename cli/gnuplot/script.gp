# Draws @name@.svg and @name@.png from @data@: edit, then run  gnuplot @name@.gp  in this folder.
# (quartic writes this file anew; keep your version under another name.)
set encoding utf8
set border 3 lw 1.5 lc rgb "#444444"
set tics nomirror out textcolor rgb "#222222"
set grid @grid@ lt 1 lw 1 lc rgb "#E4E4E4"
@settings@do for [format in "svg png"] {
  if (format eq "svg") { set terminal svg size @size@ dynamic fontscale 1.333 font "DejaVu Sans,16" background "white" }
  if (format eq "png") { set terminal pngcairo size @size@ font "DejaVu Sans,16" background "white" }
  set output "@name@.".format
@drawing@  unset output
}
