set logscale xy
set key top right
set format x "10^{%T}"
set ytics (0.01,0.02,0.05,0.1,0.2,0.5,1)
set xlabel "floating-point operations of training (processors x peak rate x time)" offset 0,-0.4
set ylabel "error" offset -0.6,0
set samples 400
set xrange [10**@left@:10**@right@]
set yrange [10**@bottom@:10**@top@]
