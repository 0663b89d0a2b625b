set xtics rotate by -25 noenhanced
set ylabel "exponent q: computing grows as k^q"
set xrange [-0.6:@right@]
set yrange [0:@top@]
set style fill solid
unset key
