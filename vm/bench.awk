# Reads the file that vm/bench has written, prints for each range of 512 pages
# and one mirror what it costs, as a ratio to stock, what one page costs, which
# nothing is gained for, and which goals are reached. Ends with 1 if one is not.

BEGIN { FS = "\t" }
/^#/ { next }

{
	row = $2 "." $3 "." $4 ".mirrors_" $5 ".cpus_" $6
	if (!(row in known)) {
		known[row] = 1
		order[++rows] = row
		layout[row] = $3
	}
	shootdowns[$1, row] = $7
	brackets[$1, row] = $8
	instructions[$1, row] = $10
	open[$1, row] = $11
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

END {
	if (!rows) {
		print "bench.awk: there are no rows"
		exit 2
	}
	printf "%-34s %-20s %-26s %s\n", "512 pages", "shootdowns",
	       "instructions: stock, x", "bracket open: stock, x"
	for (i = 1; i <= rows; i++) {
		row = order[i]
		if (row !~ /\.512\.mirrors_1\./)
			continue
		printf "%-34s %5d %5d %5d  %10d %6.3f %6.3f  %10d %6.3f %6.3f\n",
		       row,
		       shootdowns["stock", row], shootdowns["series", row],
		       shootdowns["perf", row],
		       instructions["stock", row],
		       ratio(instructions, "series", row),
		       ratio(instructions, "perf", row),
		       open["stock", row],
		       ratio(open, "series", row), ratio(open, "perf", row)
	}
	for (i = 1; i <= rows; i++) {
		row = order[i]
		r = ratio(instructions, "perf", row)
		if (row ~ /\.1\.mirrors_1\./)
			printf "%s: instructions %.3f\n", row, r
		else if (layout[row] == "none" || layout[row] == "page") {
			if (r > worst[layout[row]]) {
				worst[layout[row]] = r
				where[layout[row]] = row
			}
		}
		if (row !~ /\.zero\.512\.mirrors_1\.cpus_2$/)
			continue
		goal(row ": one shootdown, and on stock 512",
		     shootdowns["perf", row] == 1 &&
		     shootdowns["stock", row] == 512)
		goal(row ": one bracket", brackets["perf", row] == 1)
		goal(sprintf("%s: half of the instructions: %.3f", row, r),
		     r <= 0.5)
		r = ratio(open, "perf", row)
		goal(sprintf("%s: a tenth of the time with the bracket open: %.3f",
			     row, r), r <= 0.1)
	}
	for (l in worst)
		goal(sprintf("%s: no row but one page is more than 2 %% slower: %.3f, %s",
			     l, worst[l], where[l]), worst[l] <= 1.02)
	exit missed > 0
}
