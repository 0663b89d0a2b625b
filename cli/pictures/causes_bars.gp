  set title "From the true exponent to the published one, cause by cause (mean over all orders)"
  plot "causes.dat" using 1:(($2+$3)/2):($1-0.38):($1+0.38):2:3:($2 == 0 ? 0x444444 : $3 > $2 ? 0xD55E00 : 0x0072B2):xtic(6) with boxxyerror lc rgb variable, \
    "causes.dat" using 1:3:4:5 with yerrorbars pt 7 ps 0 lw 2.5 lc rgb "#111111", \
    "causes.dat" using ($1+0.12):($5 > $3 ? $5 : $3):($2 == 0 ? sprintf("%.1f", $3) : sprintf("%+.1f", $3-$2)) with labels offset 0,0.8 textcolor rgb "#222222"
