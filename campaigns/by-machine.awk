# Reads a file of C in the kernel's style and writes one edited copy of it to
# dir/FUNCTION-EDIT-N for each classic edit of the functions that are named in
# functions:
#	negate	the condition of an if or while
#	logic	&& for ||, and back
#	off	by one: < for <=, > for >=, and back; + for -, and back; 1 for 0
#	drop	a statement
#	swap	two arguments that stand side by side
#	lock	both ends of a lock

function edit(kind, text,	name)
{
	name = dir "/" func "-" kind "-" ++count[func, kind]
	printf "%s%s%s", before, text, rest > name
	close(name)
}

# The text with what is from FROM to TO replaced.
function put(from, to, new)
{
	return substr(body, 1, from - 1) new substr(body, to + 1)
}

# Where the bracket that opens at FROM closes; the commas between its arguments
# are in comma[].
function closing(from,	i, c, depth)
{
	commas = 0
	for (i = from; i <= length(code); i++) {
		c = substr(code, i, 1)
		if (c ~ /[([{]/)
			depth++
		else if (c ~ /[])}]/ && !--depth)
			return i
		else if (c == "," && depth == 1)
			comma[++commas] = i
	}
	return 0
}

# Each place where the code matches: from at[i], for len[i].
function find(pattern,	from)
{
	places = 0
	for (from = 1; match(substr(code, from), pattern); from += RSTART + RLENGTH - 1) {
		at[++places] = from + RSTART - 1
		len[places] = RLENGTH
	}
	return places
}

function replace_each(kind, pattern, old, new,	i, text)
{
	find(pattern)
	for (i = 1; i <= places; i++) {
		text = substr(body, at[i], len[i])
		sub(old, new, text)
		edit(kind, put(at[i], at[i] + len[i] - 1, text))
	}
}

function negate(	i, open, end)
{
	find("(if|while) \\(")
	for (i = 1; i <= places; i++) {
		open = at[i] + len[i] - 1
		end = closing(open)
		edit("negate", put(open, end, "(!" substr(body, open, end - open + 1) ")"))
	}
}

function drop(	i, from, end, last)
{
	find("\n\t+(\\*?[a-z_][A-Za-z0-9_.>-]*(\\[[^]]*\\])?(->[a-z_]+)? [-+|&]?= |[a-z_0-9]+\\(|[a-z_]+(\\+\\+|--);|(continue|break|goto [a-z_]+);)")
	for (i = 1; i <= places; i++) {
		last = substr(code, 1, at[i] - 1)
		sub(/[ \t\n]+$/, "", last)
		if (last !~ /([;{}:)]|else|do)$/)
			continue
		from = at[i]
		while (substr(code, from, 1) ~ /[\n\t]/)
			from++
		end = from + match(substr(code, from), /[;{]/) - 1
		if (substr(code, end, 1) == ";")
			edit("drop", put(from, end, ";"))
	}
}

function swap(	i, k, n, open, end, edge)
{
	n = find("[A-Za-z_0-9]+\\(")
	for (i = 1; i <= n; i++) {
		open = at[i] + len[i] - 1
		end = closing(open)
		edge[0] = open
		for (k = 1; k <= commas; k++)
			edge[k] = comma[k]
		edge[commas + 1] = end
		for (k = 1; k <= commas; k++)
			edit("swap", put(edge[k - 1] + 1, edge[k + 1] - 1, \
				substr(body, edge[k] + 1, edge[k + 1] - edge[k] - 1) "," \
				substr(body, edge[k - 1] + 1, edge[k] - edge[k - 1] - 1)))
	}
}

function lock_pair(lock, without_lock, unlock, without_unlock,	text, taken)
{
	text = body
	taken = gsub(lock, without_lock, text)
	if (taken && gsub(unlock, without_unlock, text))
		edit("lock", text)
}

function lock(	text)
{
	lock_pair("mutex_lock\\([^;]*;", ";", "mutex_unlock\\([^;]*;", ";")
	lock_pair("mmap_read_lock\\([^;]*;", ";", "mmap_read_unlock\\([^;]*;", ";")
	lock_pair("down_read\\([^;]*;", ";", "up_read\\([^;]*;", ";")
	lock_pair("spin_lock\\([^;]*;", ";", "spin_unlock\\([^;]*;", ";")
	lock_pair("= pmd_lock\\([^;]*;", "= NULL;", "spin_unlock\\([^;]*;", ";")
	text = body
	gsub(/pte_unmap_unlock\(ptep, ptl\)/, "pte_unmap(ptep)", text)
	gsub(/, &ptl\)/, ")", text)
	if (gsub(/pte_offset_map_lock\(mm, /, "pte_offset_map(", text))
		edit("lock", text)
}

# The text with comments and strings blank.
function blank(text,	out, part)
{
	while (match(text, /\/\*([^*]|\*+[^*\/])*\*+\/|"([^"\\]|\\.)*"/)) {
		part = substr(text, RSTART, RLENGTH)
		gsub(/[^\n]/, " ", part)
		out = out substr(text, 1, RSTART - 1) part
		text = substr(text, RSTART + RLENGTH)
	}
	return out text
}

{ line[NR] = $0 }

END {
	for (i = 1; i <= NR; i++)
		all = all line[i] "\n"
	for (i = 1; i <= NR; i++) {
		offset += length(line[i]) + 1
		if (line[i] ~ /^[a-z]/ && line[i] ~ /\(/ && line[i] !~ /;$/) {
			func = line[i]
			sub(/\(.*/, "", func)
			sub(/.*[ *]/, "", func)
		}
		if (line[i] == "{" && func)
			begin = offset
		if (line[i] != "}" || !func)
			continue
		if ((" " functions " ") ~ (" " func " ")) {
			end = offset - 2
			before = substr(all, 1, begin - 1)
			body = substr(all, begin, end - begin)
			rest = substr(all, end)
			code = blank(body)
			negate()
			replace_each("logic", "&&", "&&", "||")
			replace_each("logic", "\\|\\|", "\\|\\|", "\\&\\&")
			replace_each("off", " [<>] ", "[<>]", "&=")
			replace_each("off", " [<>]= ", "=", "")
			replace_each("off", " \\+ ", "\\+", "-")
			replace_each("off", " - ", "-", "+")
			replace_each("off", "= 0;", "0", "1")
			drop()
			swap()
			lock()
		}
		func = ""
	}
}
