# Reads a file of C in the kernel's style and prints it with each of the functions that
# are named in functions many times: once as it was, and once for each classic edit of
# it. In its old place is one that calls that of them which the object says: the string
# EDIT0000, which the object has once, calls those that were not edited, EDIT0042 edit 42.
# Edits are numbered from 1 on; the number of each and its name, FUNCTION-EDIT-N, go to
# the file names. Those that are named in the file without are left out:
#	negate	the condition of an if or while
#	logic	&& for ||, and back
#	off	by one: < for <=, > for >=, and back; + for -, and back; 1 for 0
#	drop	a statement
#	swap	two arguments that stand side by side
#	lock	both ends of a lock

function edit(kind, text,	name)
{
	name = func "-" kind "-" ++count[func, kind]
	print ++number, name >> names
	if (name in omitted)
		return
	copy(number, name, text)
	calls = calls "\tcase " number ":\n\t\treturn " func "__" number "(" arguments ");\n"
}

# What the compiler says about the copy names the edit.
function copy(n, name, text,	head)
{
	head = signature
	sub(func "\\(", func "__" n "(", head)
	printf "#line 1 \"%s\"\nnoinline %s{\n%s}\n\n", name, head, text
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

# The names of the parameters of a function that begins like that.
function parameters(head,	i, n, part, out)
{
	gsub(/^[^(]*\(|\)[^)]*$/, "", head)
	n = split(head, part, ",")
	for (i = 1; i <= n; i++) {
		match(part[i], /[A-Za-z_0-9]+[ \t\n]*$/)
		out = out (i > 1 ? ", " : "") substr(part[i], RSTART)
	}
	return out
}

function print_all_of_it()
{
	arguments = parameters(signature)
	code = blank(body)
	calls = ""
	copy(0, func, body)
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
	printf "%s{\n\tswitch (edit_number()) {\n%s\tdefault:\n\t\treturn %s__0(%s);\n\t}\n}\n",
	       signature, calls, func, arguments
}

BEGIN {
	while ((getline name < without) > 0)
		omitted[name]
	print "static const volatile char edit_text[] = \"EDIT0000\";"
	print "static inline int edit_number(void)"
	print "{"
	print "\treturn (edit_text[4] - '0') * 1000 + (edit_text[5] - '0') * 100 +"
	print "\t       (edit_text[6] - '0') * 10 + edit_text[7] - '0';"
	print "}"
}

/^[a-z]/ && /\(/ && !/;$/ {
	func = $0
	sub(/\(.*/, "", func)
	sub(/.*[ *]/, "", func)
	if ((" " functions " ") ~ (" " func " "))
		signature = body = ""
	else
		func = ""
}
!func { print; next }
/^{$/ { inside = 1; next }
!inside && /;$/ { print signature $0; func = ""; next }
!inside { signature = signature $0 "\n"; next }
/^}$/ { print_all_of_it(); func = ""; inside = 0; next }
{ body = body $0 "\n" }
