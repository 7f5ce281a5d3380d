# Reads the file that vm/bench has written, and draws how the costs grow: an SVG
# of four panels, of zero pages on the private device. All scales but that of the
# mirrors are logarithmic.

BEGIN {
	FS = "\t"
	width = 400
	height = 260
	split("stock series perf", kernels, " ")
	colour["stock"] = "#d9603b"
	colour["series"] = "#a8870f"
	colour["perf"] = "#2f86d1"
}

!/^#/ && $2 == "private" && $3 == "zero" { value[$1, $4, $5, $6] = $0 }

function log10(x) { return log(x) / log(10) }

function text(x, y, anchor, what)
{
	printf "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
	       x, y, anchor, what
}

function short(x)
{
	return x >= 1000000 ? x / 1000000 "M" : x >= 1000 ? x / 1000 "k" : x
}

function line(x1, y1, x2, y2)
{
	printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
	       x1, y1, x2, y2
}

# What field says, of so many pages and mirrors, on two CPUs; by page or in all.
function at(kernel, pages, mirrors, field, by_page,	f)
{
	if (!((kernel, pages, mirrors, 2) in value))
		return 0
	split(value[kernel, pages, mirrors, 2], f, "\t")
	return f[field] / (by_page ? pages : 1)
}

# One panel in column, row; steps: the values of the x axis; bottom, top: powers
# of ten of the y axis.
function panel(column, row, title, x_title, steps, of_mirrors, field, by_page, bottom, top,	n, step, i, k, x, y, y0, left, right, v, points)
{
	n = split(steps, step, " ")
	left = column * width + 62
	right = (column + 1) * width - 24
	y0 = row * height + 30
	text((left + right) / 2, y0 - 8, "middle", title)
	text((left + right) / 2, y0 + height - 44, "middle", x_title)
	for (i = bottom; i <= top; i++) {
		y = y0 + (height - 90) * (top - i) / (top - bottom)
		line(left, y, right, y)
		text(left - 6, y + 4, "end", short(10 ^ i))
	}
	for (i = 1; i <= n; i++) {
		x = left + (right - left) * (i - 1) / (n - 1)
		text(x, y0 + height - 66, "middle", step[i])
	}
	for (k = 1; k <= 3; k++) {
		points = ""
		for (i = 1; i <= n; i++) {
			x = left + (right - left) * (i - 1) / (n - 1)
			v = at(kernels[k], of_mirrors ? 512 : step[i],
			       of_mirrors ? step[i] : 1, field, by_page)
			if (v <= 0)
				continue
			y = y0 + (height - 90) * (top - log10(v)) / (top - bottom)
			points = points sprintf("%.1f,%.1f ", x, y)
			printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%d\" fill=\"%s\"/>\n",
			       x, y, 5 - k, colour[kernels[k]]
		}
		printf "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>\n",
		       points, colour[kernels[k]], 4 - k
	}
}

END {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#808080\" stroke-linejoin=\"round\">\n",
	       2 * width, 2 * height + 30, 2 * width, 2 * height + 30
	print "<style>line { stroke: #808080; stroke-opacity: 0.35 }</style>"
	sizes = "1 8 64 512 4096"
	panel(0, 0, "TLB shootdowns", "zero pages", sizes, 0, 7, 0, 0, 4)
	panel(1, 0, "instructions in migrate_vma_pages(), a page",
	      "zero pages", sizes, 0, 10, 1, 2, 4)
	panel(0, 1, "instructions with the bracket open, a page",
	      "zero pages", sizes, 0, 11, 1, 1, 4)
	panel(1, 1, "instructions in migrate_vma_pages()",
	      "mirrors, of 512 zero pages", "1 2 3 4", 1, 10, 0, 4, 6)
	for (k = 1; k <= 3; k++) {
		x = width - 130 + (k - 1) * 100
		printf "<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>\n",
		       x, 2 * height + 8, colour[kernels[k]]
		text(x + 10, 2 * height + 12, "start", kernels[k])
	}
	print "</svg>"
}
