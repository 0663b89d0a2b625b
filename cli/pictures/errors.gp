set logscale xy
set key off
set format y "%g"
set format x "@x_format@"
set xlabel "@x_label@" offset 0,-0.4
set ylabel "normalised error" offset -0.6,0
