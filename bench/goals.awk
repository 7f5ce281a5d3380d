# Reads the file that bench/run has written, prints what each range of 512 pages
# costs, as a ratio to stock, and what one page costs, which nothing is gained
# for, and says which goals are reached. Ends with 1 if one is not.

BEGIN { FS = "\t" }
/^#/ { next }

{
	row = $2 "." $3 "." $4 ".cpus_" $5
	if (!(row in layout)) {
		order[++rows] = row
		layout[row] = $3
		pages[row] = $4
		cpus[row] = $5
	}
	shootdowns[$1, row] = $6
	instructions[$1, row] = $7
	open[$1, row] = $8
}

function ratio(what, kernel, row)
{
	return what["stock", row] ? what[kernel, row] / what["stock", row] : 1
}

function goal(text, reached)
{
	printf "%s %s\n", reached ? "ok" : "not ok", text
	missed += !reached
}

# No row of this layout, but for one page, is slower than limit x stock.
function no_slower(kernel, kind, limit,    i, r, worst, where)
{
	for (i = 1; i <= rows; i++) {
		if (layout[order[i]] != kind || pages[order[i]] == 1)
			continue
		r = ratio(instructions, kernel, order[i])
		if (r > worst) {
			worst = r
			where = order[i]
		}
	}
	goal(sprintf("%s, %s: at most x %.3f from 8 pages on: %.4f, %s", kernel,
		     kind, limit, worst, where), worst <= limit)
}

END {
	if (!rows) {
		print "goals.awk: there are no rows"
		exit 2
	}
	printf "%-28s %-17s %-27s %s\n", "stock, series, fast", "shootdowns",
	       "instructions: stock, x", "invalidation open: stock, x"
	for (i = 1; i <= rows; i++) {
		row = order[i]
		if (pages[row] != 512 && pages[row] != 1)
			continue
		printf "%-28s %5d %5d %5d  %10d %7.4f %7.4f  %10d %6.3f %6.3f\n",
		       row,
		       shootdowns["stock", row], shootdowns["series", row],
		       shootdowns["fast", row],
		       instructions["stock", row],
		       ratio(instructions, "series", row),
		       ratio(instructions, "fast", row),
		       open["stock", row],
		       ratio(open, "series", row), ratio(open, "fast", row)
	}
	for (i = 1; i <= rows; i++) {
		row = order[i]
		if (layout[row] != "zero" || pages[row] != 512 || cpus[row] != 2)
			continue
		goal(row ": one shootdown, and on stock 512",
		     shootdowns["fast", row] == 1 &&
		     shootdowns["stock", row] == 512)
		r = ratio(instructions, "fast", row)
		goal(sprintf("%s: half of the instructions: %.3f", row, r),
		     r <= 0.5)
		r = ratio(open, "fast", row)
		goal(sprintf("%s: a quarter of the time with the invalidation open: %.3f",
			     row, r), r <= 0.25)
	}
	no_slower("series", "page", 1.005)
	no_slower("fast", "page", 1.005)
	no_slower("fast", "none", 1.02)
	exit missed > 0
}
