set logscale xy
set key off
set ylabel "normalised error" offset -0.6,0
