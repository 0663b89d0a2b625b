    "recorded.dat" using 1:2 with points pt 7 ps 1.5 lc rgb "#222222" notitle, \
    "recorded.dat" using 1:2:3 with labels left offset 0.8,0.5 font ",11" textcolor rgb "#444444" noenhanced notitle
  unset arrow; unset label
